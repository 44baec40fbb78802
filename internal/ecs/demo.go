package ecs

import _ "embed"

// Demo is a world in which the document's sample request succeeds word for word,
// and each Try of the error tables does what it says.
//
//go:embed demo.json
var Demo []byte
