package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// option is a flag with its twin in the environment.
type option struct {
	name  string
	value string // what the help calls the value, "" for a switch
	usual string // the value where nobody gives one, "" for none
	text  string
	set   func(text string) error // its error goes on from the value: "is no …; give …"
}

// twin is the option's name in the environment: random-seed is ECSMOCK_RANDOM_SEED.
func (o *option) twin() string {
	return "ECSMOCK_" + strings.ToUpper(strings.ReplaceAll(o.name, "-", "_"))
}

// parse settles the options of a command: each by its flag, else by its twin, else
// by what is usual.
func parse(command string, options []option, args []string, lookup env, out io.Writer) error {
	given, err := flags(command, options, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		help(out, command, options)
		return err
	case err != nil:
		return usage{fmt.Errorf("%w; run ecsmock %s -h to see the flags", err, command)}
	}
	for i := range options {
		if err := options[i].settle(given, lookup); err != nil {
			return usage{err}
		}
	}
	return nil
}

// flags are the values that the arguments give, by the name of the flag.
func flags(command string, options []option, args []string) (map[string]string, error) {
	given := map[string]string{}
	fs := flag.NewFlagSet(command, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	for _, o := range options {
		take := func(text string) error { given[o.name] = text; return nil }
		if o.value == "" {
			fs.BoolFunc(o.name, o.text, take)
		} else {
			fs.Func(o.name, o.text, take)
		}
	}
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	if fs.NArg() > 0 {
		return nil, fmt.Errorf("%q is no flag", fs.Arg(0))
	}
	return given, nil
}

// settle sets the option once. A twin that is blank is taken as not given, since
// that is how containers are told nothing.
func (o *option) settle(given map[string]string, lookup env) error {
	if text, ok := given[o.name]; ok {
		return o.try("-"+o.name, text)
	}
	if text, _ := lookup(o.twin()); text != "" {
		return o.try(o.twin(), text)
	}
	if o.usual == "" {
		return nil
	}
	return o.set(o.usual)
}

func (o *option) try(source, text string) error {
	err := o.set(text)
	switch {
	case err == nil:
		return nil
	case errors.As(err, new(hushed)):
		return fmt.Errorf("%s: %w", source, err)
	}
	return fmt.Errorf("%s %q %w", source, text, err)
}

// hushed is what is wrong with a value that is not to be shown.
type hushed struct{ error }
