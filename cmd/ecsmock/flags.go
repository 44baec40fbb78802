package main

import (
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// settings is what the flags of serve say, each with its twin in the environment.
type settings struct {
	addr       string
	seed       string
	edition    rpc.Editions
	strict     bool
	randomSeed *uint64
	log        string
}

const defaultAddr = "127.0.0.1:2014"

func (s *settings) flags() *flag.FlagSet {
	fs := flag.NewFlagSet("ecsmock serve", flag.ContinueOnError)
	s.addr, s.edition, s.log = defaultAddr, rpc.In2019, "text"
	fs.StringVar(&s.addr, "addr", s.addr, "listen `address`; port 0 picks one, which is printed")
	fs.StringVar(&s.seed, "seed", "", "state `file` to begin with, or demo for the document's own sample; none is an empty world")
	fs.Func("edition", "`year` the service is imitated as of: 2019, 2020 or 2024 (default 2019)", s.setEdition)
	fs.BoolVar(&s.strict, "strict", false, "refuse what the document forbids though the service lets it pass")
	fs.Func("random-seed", "`number` that fixes every generated id (default random)", s.setRandomSeed)
	fs.Func("log", "`form` of the log, one line a call: text, json or off (default text)", s.setLog)
	return fs
}

func (s *settings) setEdition(text string) error {
	year, _ := strconv.Atoi(text)
	edition, ok := rpc.EditionOf(year)
	if !ok {
		return fmt.Errorf("the editions are 2019, 2020 and 2024")
	}
	s.edition = edition
	return nil
}

func (s *settings) setRandomSeed(text string) error {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return fmt.Errorf("a random seed is a number from 0 to 18446744073709551615")
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
	return fmt.Errorf("a log is text, json or off")
}

// twin is the environment's name of a flag: random-seed is ECSMOCK_RANDOM_SEED.
func twin(name string) string {
	return "ECSMOCK_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// parse reads the environment, then the arguments: a flag beats its twin.
func parse(fs *flag.FlagSet, args []string, lookup env, out io.Writer) error {
	var err error
	fs.VisitAll(func(f *flag.Flag) {
		text, ok := lookup(twin(f.Name))
		if !ok || text == "" || err != nil {
			return
		}
		if e := fs.Set(f.Name, text); e != nil {
			err = usage{fmt.Errorf("%s=%q: %w", twin(f.Name), text, e)}
		}
	})
	if err != nil {
		return err
	}
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	switch err := fs.Parse(args); {
	case err == flag.ErrHelp:
		help(fs, out)
		return err
	case err != nil:
		return usage{err}
	case fs.NArg() > 0:
		return usage{fmt.Errorf("%q is not a flag; run ecsmock -h", fs.Arg(0))}
	}
	return nil
}

func help(fs *flag.FlagSet, out io.Writer) {
	fmt.Fprintf(out, "ecsmock is a mock of Alibaba Cloud's ECS API for security groups.\n\nUsage:\n\n")
	for _, c := range commands() {
		fmt.Fprintf(out, "  ecsmock %-9s%s\n", c.name, c.summary)
	}
	fmt.Fprintf(out, "\nFlags of %s, each with a twin in the environment that it beats:\n\n", fs.Name())
	fs.VisitAll(func(f *flag.Flag) {
		value, text := flag.UnquoteUsage(f)
		if f.DefValue != "" && f.DefValue != "false" {
			text += " (default " + f.DefValue + ")"
		}
		fmt.Fprintf(out, "  -%s\n      %s [%s]\n", strings.TrimSpace(f.Name+" "+value), text, twin(f.Name))
	})
}
