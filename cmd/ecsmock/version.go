package main

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
)

// release is set by the linker when a release is built.
var release string

func version(_ context.Context, args []string, lookup env, out, _ io.Writer) error {
	if err := parse("version", nil, args, lookup, out); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out, "ecsmock", buildVersion())
	return err
}

func buildVersion() string {
	if release != "" {
		return release
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
