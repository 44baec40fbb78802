package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
)

// env looks up a variable, as os.LookupEnv does.
type env func(name string) (string, bool)

// command is one thing that the program does.
type command struct {
	name, summary string
	run           func(ctx context.Context, args []string, lookup env, out, log io.Writer) error
}

func commands() []command {
	return []command{
		{"serve", "answer API calls (what is done where no command is named)", serve},
		{"health", "ask a running ecsmock whether it is up; exit 0 or 1", health},
		{"version", "print the version", version},
	}
}

// usage is a mistake in how the program was called; it ends the program with 2.
type usage struct{ error }

// run is the program: it picks a command and turns its error into an exit code.
func run(ctx context.Context, args []string, lookup env, out, log io.Writer) int {
	err := dispatch(ctx, args, lookup, out, log)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.As(err, new(usage)):
		fmt.Fprintln(log, "ecsmock:", err)
		return 2
	}
	fmt.Fprintln(log, "ecsmock:", err)
	return 1
}

func dispatch(ctx context.Context, args []string, lookup env, out, log io.Writer) error {
	if len(args) == 0 || args[0] != "" && args[0][0] == '-' {
		return serve(ctx, args, lookup, out, log)
	}
	all := commands()
	i := slices.IndexFunc(all, func(c command) bool { return c.name == args[0] })
	if i < 0 {
		return usage{fmt.Errorf("there is no command %q; there are serve, health and version", args[0])}
	}
	return all[i].run(ctx, args[1:], lookup, out, log)
}
