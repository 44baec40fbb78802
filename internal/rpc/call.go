// Package rpc is RPC-style HTTP as Alibaba Cloud's gateway speaks it: a call is a
// set of parameters in the query and the body, an action is found by its name,
// and answers and errors come in the gateway's envelope. It knows no ECS.
package rpc

import (
	"sync/atomic"
	"time"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// Call is one request, read but not yet understood.
type Call struct {
	Method string
	Host   string
	Query  string // as it was sent
	Body   string // as it was sent
	Header map[string][]string

	RequestID string
	Received  time.Time
	Params    []param.Param
	Action    string
	Version   string
	Format    wire.Format
	ACS3      bool // signed with ACS3-HMAC-SHA256: the action is in a header
	AccessKey string
	Notes     []string      // what the mock wants to tell beside the answer
	Number    *atomic.Int64 // where the journal is to put the number of the call, nil if nobody asks
	Detail    string        // what is too long to tell beside the answer, for the journal

	err    error        // what is wrong with the request as such, if anything
	format error        // what is wrong with the format that it asks for
	reader *Description // the action that has read its parameters

	// What a call needs on its way is made together with it: many small things
	// cost more than one large one.
	buf    [24]param.Param
	set    param.Set
	writer wire.Writer
}

// Err is what is wrong with the request as such: its method, its encoding, its
// size, or that it names no action.
func (c *Call) Err() error { return c.err }

// Envelope is what is wrong with the version and the format that a known action
// is called with. Strict wants the version to be given.
func (c *Call) Envelope(strict bool) error {
	switch {
	case c.Version == "" && strict:
		return Named(param.ErrMissing, "Version")
	case c.Version != "" && c.Version != Version:
		return ErrVersion
	}
	return c.format
}

// Bearer tells whether the call carries a token in place of a signature.
func (c *Call) Bearer() bool {
	return c.Get("SignatureType") == "BEARERTOKEN" && (c.Get("BearerToken") != "" || len(c.Header["X-Acs-Bearer-Token"]) > 0)
}

// Note tells something beside the answer.
func (c *Call) Note(sentence string) { c.Notes = append(c.Notes, sentence) }

// Get is the value of a parameter of the request, "" for none. Of two with one
// name the last counts.
func (c *Call) Get(name string) string {
	for i := len(c.Params) - 1; i >= 0; i-- {
		if c.Params[i].Name == name {
			return c.Params[i].Value
		}
	}
	return ""
}

func (c *Call) refuse(err error) {
	if c.err == nil {
		c.err = err
	}
}
