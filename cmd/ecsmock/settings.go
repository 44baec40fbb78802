package main

import (
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
	"github.com/ecsmock/ecsmock/internal/shadow"
)

// settings are the values of serve's flags.
type settings struct {
	addrs      []string
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
	vpcs       server.VPCs
	settle     time.Duration
	shadow     *shadow.Service
	shadowCA   string
	shadowFail bool
	log        string
	untilEOF   bool
}

const defaultAddr = "127.0.0.1:2014"

// options returns the flags of serve: one row is one flag, its environment variable
// and its line of help.
func (s *settings) options() []option {
	return []option{
		{"addr", "addresses", defaultAddr, "address to listen on, as host:port; several are separated by commas; port 0 picks a free port and prints it", setAddrs(&s.addrs)},
		{"seed", "file", "", "state file to start with, or demo for the built-in demo world; the default is an empty world", setText(&s.seed)},
		{"state", "file", "", "file that keeps the world between runs; if it exists, it is loaded instead of -seed", setText(&s.state)},
		{"edition", "year", "2019", "the service as it behaved in that year: " + rpc.EditionNames(""), s.setEdition},
		{"regions", "ids", "", "more regions, separated by commas; a region that a state names exists, too", s.setRegions},
		{"strict", "", "", "refuse requests that the documentation forbids but the service accepts", setSwitch(&s.strict)},
		{"signatures", "mode", "off", "off, warn (verify, but answer and say in a header what is wrong) or require", s.setSignatures},
		{"credentials", "keys", server.DefaultCredentials, "access keys for -signatures, as id:secret[:account] or STS.id:secret:account:token, separated by commas", setKeys(&s.keys)},
		{"tls-host", "names", "", "more host names, separated by commas, for the generated certificates and for /_mock/", s.setTLSHosts},
		{"tls-cert", "file", "", "certificate in PEM to use instead of the generated ones", setText(&s.tlsCert)},
		{"tls-key", "file", "", "private key of -tls-cert", setText(&s.tlsKey)},
		{"vpcs", "which", "", "any (what looks like the id of a VPC, vSwitch or resource group is taken to exist) or known (it must exist); the default is any, in edition 2025 known where the account has some", s.setVPCs},
		{"settle", "duration", "0", "how long states such as Pending, Starting and Stopping last, by the mock's clock: 2s", s.setSettle},
		{"shadow", "address", "", "real endpoint, or http://host:port of another mock, that answers every call; the mock carries out the same call and reports what differs", s.setShadow},
		{"shadow-ca", "file", "", "certificates in PEM that -shadow trusts instead of the system's authorities", setText(&s.shadowCA)},
		{"shadow-fail", "", "", "exit with 3 if the mock differed from -shadow", setSwitch(&s.shadowFail)},
		{"random-seed", "number", "", "make all generated IDs the same in every run; the default is random IDs", s.setRandomSeed},
		{"log", "format", "text", "format of the log, one line a call on standard error: text, json or off", s.setLog},
		{"until-eof", "", "", "stop at the end of standard input, which comes with the end of the program that started the mock", setSwitch(&s.untilEOF)},
	}
}

// wanted is the error of a value that is not what the text asks for.
type wanted struct {
	text string
	near []string // what may have been meant
}

func (w wanted) Error() string { return w.text }

// wants returns the error of a value that is not what the text asks for, with what may
// have been meant.
func wants(text string, near ...string) error { return wanted{text, near} }

// oneOf returns an error unless text is one of the names.
func oneOf(text string, names ...string) error {
	if slices.Contains(names, text) {
		return nil
	}
	last := len(names) - 1
	return wants(strings.Join(names[:last], ", ")+" or "+names[last], param.Nearest(text, names)...)
}

func setText(to *string) func(string) error {
	return func(text string) error { *to = text; return nil }
}

func setSwitch(on *bool) func(string) error {
	return func(text string) (err error) {
		if *on, err = strconv.ParseBool(text); err != nil {
			return oneOf(text, "true", "false")
		}
		return nil
	}
}

func setAddrs(addrs *[]string) func(string) error {
	return func(text string) (err error) {
		*addrs, err = parseAddrs(text)
		return err
	}
}

func parseAddrs(text string) ([]string, error) {
	addrs := strings.Split(text, ",")
	for i, addr := range addrs {
		addrs[i] = strings.TrimSpace(addr)
		if !isAddr(addrs[i]) {
			return nil, wants("host:port, such as "+defaultAddr, nearAddr(addrs[i])...)
		}
	}
	return addrs, nil
}

func isAddr(text string) bool {
	_, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	return err == nil
}

// nearAddr returns the address that a URL, a port or a host may stand for, if any.
func nearAddr(text string) []string {
	_, rest, found := strings.Cut(text, "://")
	if found {
		text = strings.TrimSuffix(rest, "/")
	}
	host, port, _ := net.SplitHostPort(defaultAddr)
	for _, near := range []string{text, host + ":" + text, text + ":" + port} {
		if text != "" && isAddr(near) {
			return []string{near}
		}
	}
	return nil
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

func (s *settings) setSignatures(text string) error {
	s.signatures = server.SignaturesOff
	switch text {
	case "warn":
		s.signatures = server.SignaturesWarn
	case "require":
		s.signatures = server.SignaturesRequire
	}
	return oneOf(text, "off", "warn", "require")
}

func (s *settings) setTLSHosts(text string) error {
	s.tlsHosts = strings.Split(text, ",")
	return nil
}

func (s *settings) setShadow(text string) (err error) {
	if s.shadow, err = shadow.New(text); err != nil {
		return sentence{err}
	}
	return nil
}

func (s *settings) setVPCs(text string) error { return s.vpcs.Set(text) }

func (s *settings) setSettle(text string) (err error) {
	if s.settle, err = time.ParseDuration(text); err == nil && s.settle >= 0 {
		return nil
	}
	if _, err := strconv.ParseUint(text, 10, 32); err == nil {
		return wants("a duration such as 500ms or 2s", text+"s")
	}
	return wants("a duration such as 500ms or 2s")
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
	if err := oneOf(text, "text", "json", "off"); err != nil {
		return err
	}
	s.log = text
	return nil
}
