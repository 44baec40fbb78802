package ecs

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed upstream.txt
var upstreamText string

// Upstream is the names of all actions that ECS has, mocked or not, sorted, as the
// vendor's public metadata has them.
var Upstream = sync.OnceValue(func() []string { return strings.Fields(upstreamText) })
