package main

import (
	"regexp"
	"runtime"
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestVersion(t *testing.T) {
	for _, arg := range []string{"version", "-version", "--version"} {
		code, out, log := call(noEnv, arg)
		assert.Zero(t, code)
		assert.Regexp(t, `^ecsmock `+regexp.QuoteMeta(release)+` \(((commit|module) .*, )?`+runtime.Version()+`, `+runtime.GOOS+`/`+runtime.GOARCH+`\)\n$`, out)
		assert.Empty(t, log)
	}
}

// The names of the settings are those that package debug documents.
func TestSource(t *testing.T) {
	commit := debug.BuildSetting{Key: "vcs.revision", Value: "4c8e83f1"}
	for _, c := range []struct {
		module   string
		settings []debug.BuildSetting
		want     string
	}{
		{"", nil, ""},
		{"(devel)", nil, ""},
		{"v0.2.0", nil, "module v0.2.0, "}, // go install with a version
		{"v0.2.0", []debug.BuildSetting{commit, {Key: "vcs.modified", Value: "false"}}, "commit 4c8e83f1, "},
		{"v0.2.0+dirty", []debug.BuildSetting{commit, {Key: "vcs.modified", Value: "true"}}, "commit 4c8e83f1 with changes, "},
	} {
		info := debug.BuildInfo{Main: debug.Module{Version: c.module}, Settings: c.settings}
		assert.Equal(t, c.want, source(&info), c.module)
	}
}
