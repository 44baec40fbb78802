// Command ecsmock is a mock of Alibaba Cloud's ECS API for security groups.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

// release is the version of the program. make build VERSION=... sets another.
var release = "0.2.0"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the first signal stops the program, a second one kills it
	os.Exit(run(ctx, os.Args[1:], os.LookupEnv, os.Stdout, os.Stderr))
}

// env looks up a variable, as os.LookupEnv does.
type env func(name string) (string, bool)

// command is one command of the program.
type command struct {
	name, summary string
	run           func(ctx context.Context, args []string, lookup env, out, log io.Writer) error
}

func commands() []command {
	return []command{
		{"serve", "answer API calls; the default command", serve},
		{"health", "check that a running ecsmock answers", health},
		{"env", "print the environment variables that point clients at a running ecsmock", exports},
		{"version", "print the version", version},
	}
}

// usageError is a mistake in how the program was called.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

// run is the program. It logs an error as one sentence, and returns the exit code:
// 0 for success, 1 for a failure, 2 for a usage error.
func run(ctx context.Context, args []string, lookup env, out, log io.Writer) int {
	err := dispatch(ctx, args, lookup, out, log)
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return 0
	}
	fmt.Fprintln(log, "ecsmock:", err)
	if errors.As(err, new(usageError)) {
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
		return usageError{fmt.Errorf("unknown command %q; ecsmock -h lists the commands", args[0])}
	}
	return all[i].run(ctx, args[1:], lookup, out, log)
}

// help prints what the program does, and the flags of one command.
func help(out io.Writer, command string, options []option) {
	fmt.Fprint(out, "ecsmock is a mock of Alibaba Cloud's ECS API for security groups.\n\n",
		"Usage: ecsmock [command] [flags]\n\nCommands:\n")
	for _, c := range commands() {
		fmt.Fprintf(out, "  %-9s%s\n", c.name, c.summary)
	}
	if len(options) > 0 {
		fmt.Fprintf(out, "\nFlags of %s. Each can also be set by the environment variable beside it; the flag wins.\n", command)
	}
	for _, o := range options {
		fmt.Fprintf(out, "  %-23s%s\n      %s", strings.TrimSpace("-"+o.name+" "+o.value), o.variable(), o.text)
		if o.fallback != "" {
			fmt.Fprintf(out, " (default %s)", o.fallback)
		}
		fmt.Fprintln(out)
	}
	fmt.Fprint(out, "\nExit codes: 0 success, 1 failure, 2 wrong usage.\n")
}

func version(_ context.Context, args []string, lookup env, out, _ io.Writer) error {
	if err := parse("version", nil, args, lookup, out); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out, "ecsmock", release)
	return err
}
