package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
)

func version(_ context.Context, args []string, environ env, out, _ io.Writer) error {
	if err := parse("version", nil, args, environ, out); err != nil {
		return err
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = new(debug.BuildInfo)
	}
	_, err := fmt.Fprintf(out, "ecsmock %s (%s%s, %s/%s)\n", release, source(info), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// source returns what a program was built from, with a comma after it: a commit, if it was
// built in a clone, or else a version of the module. It is empty if neither is known, as
// with -buildvcs=false.
func source(info *debug.BuildInfo) string {
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	commit, from := set["vcs.revision"], info.Main.Version
	switch {
	case commit != "" && set["vcs.modified"] == "true":
		return "commit " + commit + " with changes, "
	case commit != "":
		return "commit " + commit + ", "
	case from != "" && from != "(devel)":
		return "module " + from + ", "
	}
	return ""
}
