// Command ecsmock is a mock of Alibaba Cloud's ECS API for security groups.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"github.com/ecsmock/ecsmock/internal/param"
)

// release is the version of the program. make build VERSION=... sets another.
var release = "0.2.0"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), stopSignals()...)
	context.AfterFunc(ctx, stop) // the first signal stops the program, a second one kills it
	os.Exit(run(ctx, os.Args[1:], environment(), os.Stdout, os.Stderr))
}

// stopSignals returns the signals that stop the program. SIGHUP is one unless it was
// ignored at the start, as nohup does.
func stopSignals() []os.Signal {
	stop := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		stop = append(stop, syscall.SIGHUP)
	}
	return stop
}

// env are variables by their names.
type env map[string]string

// environment returns the variables of the process.
func environment() env {
	all := env{}
	for _, pair := range os.Environ() {
		name, text, _ := strings.Cut(pair, "=")
		if runtime.GOOS == "windows" { // where case does not matter
			name = strings.ToUpper(name)
		}
		all[name] = text
	}
	return all
}

// command is one command of the program.
type command struct {
	name, words string // words is what the help calls the arguments that are not flags
	summary     string
	run         func(ctx context.Context, args []string, environ env, out, log io.Writer) error
	options     func() []option // nil for none
	choices     func() []string // what the words may be, for completion; nil if that is anything
}

func commands() []command {
	return []command{
		{"serve", "", "answer API calls; the default command", serve, new(settings).options, nil},
		{"health", "", "check that a running ecsmock answers", health, func() []option { return []option{addrOption(new([]string))} }, nil},
		{"call", "Action [Name=value ...]", "send a call to a running ecsmock and print the answer", callOf, new(caller).options, actionNames},
		{"env", "", "print the environment variables that point clients at a running ecsmock", exports, func() []option { return new(exporter).options(nil) }, nil},
		{"seed", "check file", "say what a state file has, or what is wrong with it", checkSeed, nil, func() []string { return []string{"check", demo} }},
		{"import", "", "read an account of the real service and print it as a state file", importState, new(importer).options, nil},
		{"completion", "shell", "print the completion script for bash, zsh or fish", completion, nil, completable},
		{"version", "", "print the version, the commit, and the Go it was built with", version, nil, nil},
		{"help", "[command]", "print this, or the flags of another command: ecsmock help env", helpOf, nil, commandNames},
	}
}

func commandNames() []string {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	return names
}

// listed returns what a function of a command returns, nothing if there is none.
func listed[T any](list func() []T) []T {
	if list == nil {
		return nil
	}
	return list()
}

// usageError is a mistake in how the program was called.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

// jsonError is the error of a command that logs in JSON.
type jsonError struct{ error }

func (j jsonError) Unwrap() error { return j.error }

// differError is the error of -shadow-fail.
type differError struct{ error }

// run is the program. It logs an error as one sentence, and returns the exit code:
// 0 for success, 1 for a failure, 2 for a usage error, 3 for -shadow-fail.
func run(ctx context.Context, args []string, environ env, out, log io.Writer) int {
	err := dispatch(ctx, args, environ, out, log)
	switch {
	case err == nil || errors.Is(err, errHelp):
		return 0
	case errors.As(err, new(jsonError)):
		logger("json", log).Error(err.Error())
	default:
		fmt.Fprintln(log, "ecsmock:", err)
	}
	switch {
	case errors.As(err, new(usageError)):
		return 2
	case errors.As(err, new(differError)):
		return 3
	}
	return 1
}

func dispatch(ctx context.Context, args []string, environ env, out, log io.Writer) error {
	name := "serve"
	switch {
	case len(args) == 0:
	case args[0] == "-version" || args[0] == "--version":
		name, args = "version", args[1:]
	case !strings.HasPrefix(args[0], "-"):
		name, args = args[0], args[1:]
	}
	for _, c := range commands() {
		if c.name == name {
			return c.run(ctx, args, environ, out, log)
		}
	}
	return usageError{fmt.Errorf("unknown command %q; %s", name, param.DidYouMean(name, commandNames(), "ecsmock -h lists the commands"))}
}

// helpOf prints the help of the command that the arguments name, by default of serve.
func helpOf(ctx context.Context, args []string, environ env, out, log io.Writer) error {
	if len(args) == 0 {
		args = []string{"serve"}
	}
	return dispatch(ctx, []string{args[0], "-h"}, environ, out, log)
}

// help prints what the program does, and the flags of one command.
func help(out io.Writer, command string, options []option) {
	usage := "[command] [flags]"
	var list strings.Builder
	for _, c := range commands() {
		fmt.Fprintf(&list, "  %-12s%s\n", c.name, c.summary)
		if c.name == command && c.words != "" {
			usage = c.name + " " + c.words
			if c.options != nil {
				usage += " [flags]"
			}
		}
	}
	fmt.Fprint(out, "ecsmock is a mock of Alibaba Cloud's ECS API for security groups.\n\n",
		"Usage: ecsmock "+usage+"\n\nCommands:\n"+list.String())
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
	fmt.Fprint(out, "\nA running mock has a page for browsers, and all that is beside the API, at http://"+defaultAddr+"/_mock/\n",
		"\nExit codes: 0 success, 1 failure, 2 wrong usage, 3 -shadow-fail.\n")
}
