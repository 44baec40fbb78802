// Package rpc is RPC-style HTTP as Alibaba Cloud's gateway speaks it: a call is a set
// of parameters in the query and the body, an action is found by its name, and answers
// and errors have the gateway's envelope. It knows no product.
package rpc

import (
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// A Call is one request whose parameters are read and not yet decoded.
type Call struct {
	Method string
	Host   string
	Path   string // as sent
	Query  string // as sent
	Body   string // as sent
	Header map[string][]string

	Edition   Edition // of the answer
	RequestID string
	Received  time.Time
	Params    []param.Param
	Product   *Product
	Action    string
	Version   string
	Format    wire.Format
	ACS3      bool // signed with ACS3-HMAC-SHA256: the action is in a header
	AccessKey string
	Notes     []string      // sentences for the hint
	Number    *atomic.Int64 // where the journal stores the number of the call, or nil
	Detail    string        // for the journal: what is too long for the hint

	err    error        // the fault of the request as such
	format error        // the fault of the parameter Format
	reader *Description // the action that has read the parameters

	// The parts below are allocated together with the call: one large allocation
	// costs less than many small ones.
	buf    [24]param.Param
	set    param.Set
	writer wire.Writer
}

// Err returns the fault of the request as such, or nil: of its method, its encoding
// or its size, or that it names no action.
func (c *Call) Err() error { return c.err }

// Envelope returns the fault of the version or the format, or nil. In strict mode the
// version is required.
func (c *Call) Envelope(strict bool) error {
	switch {
	case c.Version == "" && strict:
		return Named(param.ErrMissing, "Version")
	case c.Version != "" && c.Version != c.Product.Version:
		return &wrongVersion{c.Product.Version, c.Version}
	}
	return c.format
}

// wrongVersion is the cause of a call whose version is that of no product.
type wrongVersion struct{ want, got string }

func (v *wrongVersion) Error() string {
	return "the version of the API is " + v.want + ", got " + v.got
}

func (v *wrongVersion) Is(target error) bool { return target == ErrVersion }

// Bearer reports whether the call carries a bearer token instead of a signature.
func (c *Call) Bearer() bool {
	return c.Get("SignatureType") == "BEARERTOKEN" || c.header("X-Acs-Bearer-Token") != ""
}

// ProductName returns the name of the product, "" for a call without one.
func (c *Call) ProductName() string {
	if c.Product == nil {
		return ""
	}
	return c.Product.Name
}

// FullAction returns the action's name with that of the product, as in Vpc.TagResources.
func (c *Call) FullAction() string { return fullName(c.Product, c.Action) }

// Names reports whether the name is that of the call's action, with or without its product.
func (c *Call) Names(action string) bool { return names(action, c.Product, c.Action) }

// Note adds a sentence to the hint.
func (c *Call) Note(sentence string) { c.Notes = append(c.Notes, sentence) }

// Get returns the value of a parameter of the request, or "". Of two with one name the
// last counts.
func (c *Call) Get(name string) string {
	for i := len(c.Params) - 1; i >= 0; i-- {
		if c.Params[i].Name == name {
			return c.Params[i].Value
		}
	}
	return ""
}

// Fingerprint returns the parameters of the action as one text, in the order of their
// names. Two calls ask for the same if their fingerprints are equal. Blank and unknown
// parameters, the common ones and the client token are left out.
func (c *Call) Fingerprint() string {
	var pairs []string
	for i := range c.Params {
		p := &c.Params[i]
		if p.Read && !p.Unfolded && p.Value != "" && p.Name != "ClientToken" && !isCommon(p.Name) {
			pairs = append(pairs, p.Name+"="+strconv.Quote(p.Value))
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

func (c *Call) refuse(err error) {
	if c.err == nil {
		c.err = err
	}
}
