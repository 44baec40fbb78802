package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// settings are the values of serve's flags.
type settings struct {
	addr       string
	seed       string
	state      string
	edition    rpc.Edition
	regions    []server.Region
	strict     bool
	signatures server.Signatures
	keys       []server.Credential
	tlsHosts   []string
	tlsCert    string
	tlsKey     string
	randomSeed *uint64
	log        string
}

const defaultAddr = "127.0.0.1:2014"

// options returns the flags of serve: one row is one flag, its environment variable
// and its line of help.
func (s *settings) options() []option {
	return []option{
		{"addr", "host:port", defaultAddr, "address to listen on; port 0 picks a free port and prints it", setAddr(&s.addr)},
		{"seed", "file", "", "state file to start with, or demo for the built-in demo world; the default is an empty world", setText(&s.seed)},
		{"state", "file", "", "file that keeps the world between runs; if it exists, it is loaded instead of -seed", setText(&s.state)},
		{"edition", "year", "2019", "the service as it behaved in that year: " + rpc.EditionNames(""), s.setEdition},
		{"regions", "ids", "", "more regions, separated by commas; a region that a state names exists, too", s.setRegions},
		{"strict", "", "", "refuse requests that the documentation forbids but the service accepts", s.setStrict},
		{"signatures", "mode", "off", "off, warn (verify, but answer and say in a header what is wrong) or require", s.setSignatures},
		{"credentials", "keys", server.DefaultCredentials, "access keys for -signatures, as id:secret[:account] or STS.id:secret:account:token, separated by commas", setKeys(&s.keys)},
		{"tls-host", "names", "", "more host names, separated by commas, for the generated certificates and for /_mock/", s.setTLSHosts},
		{"tls-cert", "file", "", "certificate in PEM to use instead of the generated ones", setText(&s.tlsCert)},
		{"tls-key", "file", "", "private key of -tls-cert", setText(&s.tlsKey)},
		{"random-seed", "number", "", "make all generated IDs the same in every run; the default is random IDs", s.setRandomSeed},
		{"log", "format", "text", "format of the log, one line a call on standard error: text, json or off", s.setLog},
	}
}

// wants returns the error of a value that is not what the text asks for.
func wants(text string) error { return errors.New(text) }

func setText(to *string) func(string) error {
	return func(text string) error { *to = text; return nil }
}

func setAddr(addr *string) func(string) error {
	return func(text string) error {
		_, port, err := net.SplitHostPort(text)
		if err == nil {
			_, err = strconv.ParseUint(port, 10, 16)
		}
		if err != nil {
			return wants("host:port, such as " + defaultAddr)
		}
		*addr = text
		return nil
	}
}

func setKeys(keys *[]server.Credential) func(string) error {
	return func(text string) (err error) {
		if *keys, err = server.ParseCredentials(text); err != nil {
			return sentence{err}
		}
		return nil
	}
}

func (s *settings) setEdition(text string) (err error) {
	if s.edition, err = rpc.ParseEdition(text); err != nil {
		return wants(rpc.EditionNames(text))
	}
	return nil
}

func (s *settings) setRegions(text string) (err error) {
	if s.regions, err = server.ParseRegions(text); err != nil {
		return sentence{err}
	}
	return nil
}

func (s *settings) setStrict(text string) (err error) {
	if s.strict, err = strconv.ParseBool(text); err != nil {
		return wants("true or false")
	}
	return nil
}

func (s *settings) setSignatures(text string) error {
	modes := map[string]server.Signatures{"off": server.SignaturesOff, "warn": server.SignaturesWarn, "require": server.SignaturesRequire}
	mode, ok := modes[text]
	if !ok {
		return wants("off, warn or require")
	}
	s.signatures = mode
	return nil
}

func (s *settings) setTLSHosts(text string) error {
	s.tlsHosts = strings.Split(text, ",")
	return nil
}

func (s *settings) setRandomSeed(text string) error {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return wants("a number from 0 to 18446744073709551615")
	}
	s.randomSeed = &n
	return nil
}

func (s *settings) setLog(text string) error {
	switch text {
	case "text", "json", "off":
		s.log = text
		return nil
	}
	return wants("text, json or off")
}

// option is a flag and its environment variable.
type option struct {
	name     string
	value    string // what the help calls the value, "" for a switch
	fallback string // the default, "" for none
	text     string
	set      func(text string) error // its error says what the value must be
}

// variable returns the option's name in the environment: random-seed is
// ECSMOCK_RANDOM_SEED.
func (o *option) variable() string {
	return "ECSMOCK_" + strings.ToUpper(strings.ReplaceAll(o.name, "-", "_"))
}

// parse sets each option of a command from its flag, else from its environment
// variable, else to its default.
func parse(command string, options []option, args []string, lookup env, out io.Writer) error {
	given, err := flags(command, options, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		help(out, command, options)
		return err
	case err != nil:
		return usageError{fmt.Errorf("%w; ecsmock %s -h lists the flags", err, command)}
	}
	for _, o := range options {
		if err := o.setFrom(given, lookup); err != nil {
			return usageError{err}
		}
	}
	return nil
}

// flags returns the values that the arguments give, by the name of the flag.
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
		return nil, fmt.Errorf("unexpected argument %q", fs.Arg(0))
	}
	return given, nil
}

// setFrom sets the option. A blank environment variable counts as unset, since
// that is how a compose file leaves one out.
func (o *option) setFrom(given map[string]string, lookup env) error {
	if text, ok := given[o.name]; ok {
		return o.try("-"+o.name, text)
	}
	if text, _ := lookup(o.variable()); text != "" {
		return o.try(o.variable(), text)
	}
	if o.fallback == "" {
		return nil
	}
	return o.set(o.fallback)
}

func (o *option) try(source, text string) error {
	err := o.set(text)
	switch {
	case err == nil:
		return nil
	case errors.As(err, new(sentence)):
		return fmt.Errorf("%s: %w", source, err)
	}
	return fmt.Errorf("%s is %w, got %q", source, err, text)
}

// sentence is an error that needs nothing after it, such as the value, which may be secret.
type sentence struct{ error }
