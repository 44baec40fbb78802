package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
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
		{"serve", "answer API calls; this is done where no command is named", serve},
		{"health", "ask a running ecsmock whether it is up", health},
		{"env", "print the exports that point clients at a running ecsmock", exports},
		{"version", "print the version", version},
	}
}

// usage is a mistake in how the program was called.
type usage struct{ error }

func (u usage) Unwrap() error { return u.error }

// run is the program. It tells what went wrong in one sentence, and answers with
// the exit code: 0 for done, 1 for failed, 2 for called wrongly.
func run(ctx context.Context, args []string, lookup env, out, log io.Writer) int {
	err := dispatch(ctx, args, lookup, out, log)
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return 0
	}
	fmt.Fprintln(log, "ecsmock:", err)
	if errors.As(err, new(usage)) {
		return 2
	}
	return 1
}

func dispatch(ctx context.Context, args []string, lookup env, out, log io.Writer) error {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return serve(ctx, args, lookup, out, log)
	}
	all := commands()
	i := slices.IndexFunc(all, func(c command) bool { return c.name == args[0] })
	if i < 0 {
		return usage{fmt.Errorf("there is no command %q; run ecsmock -h to see those there are", args[0])}
	}
	return all[i].run(ctx, args[1:], lookup, out, log)
}
