// Package sample writes a call down as a program for each of the clients that the
// mock is made for, ready to be run against it. It takes what it is told of an
// action, so a new action needs nothing here.
package sample

import (
	"errors"
	"strings"
)

// ErrNone is that a client has no way to make a call.
var ErrNone = errors.New("there is no such sample")

// Client is one way to make calls. <Action> in a text stands for the action's name.
type Client struct {
	Name     string // in URLs
	Title    string
	Language string
	File     string // what to call the sample
	Install  string // what it needs, once
	Run      string // how to run it

	comment string // what one begins with
	trusts  string // how it is told of a certificate, "" if it does not look at any
	write   func(*Call) string
	takes   func(*Call) error // tells that there is no sample of a call, nil where there always is
}

// clients are in the order in which people are shown them.
var clients = []*Client{curl, aliyun, goV1, goV2, pythonV1, pythonV2, javaV1, javaV2, nodeV1, nodeV2, terraform}

// Clients are all there are, in the order in which to show them.
func Clients() []*Client { return clients }

// Find is the client of a name, nil for none.
func Find(name string) *Client {
	for _, c := range clients {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Sample is a complete program that makes the call. It fails on a call that no
// program could make, and with ErrNone on one that the client cannot make.
func (c *Client) Sample(call *Call) (string, error) {
	if err := call.check(); err != nil {
		return "", err
	}
	if c.takes != nil {
		if err := c.takes(call); err != nil {
			return "", err
		}
	}
	return c.trust(call) + c.write(call), nil
}

// trust tells how to make the client believe the mock's certificate, where it is asked for one.
func (c *Client) trust(call *Call) string {
	if c.trusts == "" || !strings.HasPrefix(call.Endpoint, "https:") {
		return ""
	}
	return c.comment + " Run it with " + c.trusts + "; ca.pem is " + call.Endpoint + "/_mock/ca.pem.\n\n"
}

// fill puts a call, as a language writes it, into the text of a program: {host} is
// the host as a literal, {Action} the action's bare name. More are pairs likewise.
func (c *Call) fill(text string, literal func(string) string, more ...string) string {
	scheme, host, _ := strings.Cut(c.Endpoint, "://")
	pairs := append([]string{
		"{Action}", c.Action.Name, "{endpoint}", literal(c.Endpoint), "{host}", literal(host),
		"{scheme}", literal(scheme), "{SCHEME}", literal(strings.ToUpper(scheme)),
		"{region}", literal(c.region()), "{key}", literal(c.KeyID), "{secret}", literal(c.Secret),
	}, more...)
	return strings.NewReplacer(pairs...).Replace(text)
}

// block is some lines of a program.
type block struct {
	text   strings.Builder
	indent string
	step   string // what a line within another begins with
}

func (b *block) line(parts ...string) {
	b.text.WriteString(b.indent)
	for _, part := range parts {
		b.text.WriteString(part)
	}
	b.text.WriteByte('\n')
}

// begin writes a line, and the next ones are within it until end.
func (b *block) begin(parts ...string) {
	b.line(parts...)
	b.indent += b.step
}

func (b *block) end(parts ...string) {
	b.indent = b.indent[len(b.step):]
	b.line(parts...)
}

func (b *block) String() string { return b.text.String() }
