package main

import (
	"errors"
	"net"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// settings is what serve is told.
type settings struct {
	addr       string
	seed       string
	state      string
	edition    rpc.Edition
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

// options is the table of them: one more row is one more flag, twin and line of help.
func (s *settings) options() []option {
	return []option{
		{"addr", "host:port", defaultAddr, "where to listen; port 0 picks a free one, which is printed", setAddr(&s.addr)},
		{"seed", "file", "", "the state to begin with, or demo, the document's own sample; without it the world is empty", s.setSeed},
		{"state", "file", "", "a file that keeps the world from one start to the next; what is in it beats -seed, which a new file begins with and reset goes back to", setText(&s.state)},
		{"edition", "year", "2019", "the service as it behaved in 2019, 2020 or 2024", s.setEdition},
		{"strict", "", "", "refuse what the document forbids though the service lets it pass", s.setStrict},
		{"signatures", "mode", "off", "what to do about the signatures of calls: off, warn (verify, answer anyway, say so in a header) or require", s.setSignatures},
		{"credentials", "keys", server.DefaultCredentials, "access keys that warn and require know, as id:secret[:account], separated by commas", setKeys(&s.keys)},
		{"tls-host", "names", "", "names, separated by commas, that certificates are made for and /_mock/ answers to, beside the usual", s.setTLSHosts},
		{"tls-cert", "file", "", "a certificate of your own in PEM, in place of those that are made", setText(&s.tlsCert)},
		{"tls-key", "file", "", "the key of that certificate", setText(&s.tlsKey)},
		{"random-seed", "number", "", "fix every generated id; without it ids are random", s.setRandomSeed},
		{"log", "form", "text", "one line a call on standard error: text, json or off", s.setLog},
	}
}

func setAddr(addr *string) func(string) error {
	return func(text string) error {
		_, port, err := net.SplitHostPort(text)
		if err == nil {
			_, err = strconv.ParseUint(port, 10, 16)
		}
		if err != nil {
			return errors.New("is no address; give host:port, such as " + defaultAddr)
		}
		*addr = text
		return nil
	}
}

func (s *settings) setSeed(text string) error {
	s.seed = text
	return nil
}

func (s *settings) setEdition(text string) error {
	edition, err := rpc.ParseEdition(text)
	if err != nil {
		return errors.New("is no edition; give 2019, 2020 or 2024")
	}
	s.edition = edition
	return nil
}

func (s *settings) setStrict(text string) (err error) {
	if s.strict, err = strconv.ParseBool(text); err != nil {
		return errors.New("is neither on nor off; give true or false")
	}
	return nil
}

func setText(to *string) func(string) error {
	return func(text string) error { *to = text; return nil }
}

func (s *settings) setSignatures(text string) error {
	modes := map[string]server.Signatures{"off": server.SignaturesOff, "warn": server.SignaturesWarn, "require": server.SignaturesRequire}
	mode, ok := modes[text]
	if !ok {
		return errors.New("is no mode; give off, warn or require")
	}
	s.signatures = mode
	return nil
}

func setKeys(keys *[]server.Credential) func(string) error {
	return func(text string) (err error) {
		if *keys, err = server.ParseCredentials(text); err != nil {
			return hushed{err} // the text holds secrets
		}
		return nil
	}
}

func (s *settings) setTLSHosts(text string) error {
	s.tlsHosts = strings.Split(text, ",")
	return nil
}

func (s *settings) setRandomSeed(text string) error {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return errors.New("is no seed; give a number from 0 to 18446744073709551615")
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
	return errors.New("is no form of log; give text, json or off")
}
