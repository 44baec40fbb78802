// Command bench measures what the mock costs, and writes api/BENCH.md. It builds the
// program, calls it over loopback from another process, in turn with a server that
// does nothing, and runs the benchmarks of the packages.
//
// It is run at the top of the module: go run ./internal/bench
package main

import (
	"fmt"
	"os"
	"time"
)

const reportFile = "api/BENCH.md"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures, or is one of the two processes that measuring needs beside the mock.
func run(args []string) error {
	switch {
	case len(args) == 0:
		return measure()
	case args[0] == "floor":
		return serveFloor()
	case args[0] == "load":
		return generate(args[1:])
	}
	return fmt.Errorf("there is no %q; bench takes no arguments", args[0])
}

func measure() error {
	began := time.Now()
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	p, err := build(dir)
	if err != nil {
		return err
	}
	var all []section
	for _, part := range []func(*program) (section, error){loopback, started, inProcess} {
		s, err := part(p)
		if err != nil {
			return err
		}
		all = append(all, s)
	}
	out, err := os.Create(reportFile)
	if err != nil {
		return err
	}
	writeReport(out, began, all)
	return out.Close()
}
