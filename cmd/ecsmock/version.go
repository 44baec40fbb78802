package main

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
)

// release is set by the linker when a release is built.
var release string

func buildVersion() string {
	if release != "" {
		return release
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

func version(_ context.Context, _ []string, _ env, out, _ io.Writer) error {
	_, err := fmt.Fprintln(out, "ecsmock", buildVersion())
	return err
}
