package sample

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// Pair is a parameter as it is sent: Permissions.1.IpProtocol.
type Pair struct{ Name, Value string }

// Call is what a sample does.
type Call struct {
	Action   *rpc.Description
	Params   []Pair // of the action's own, each name once
	Endpoint string // https://127.0.0.1:2014
	KeyID    string
	Secret   string
	Account  string // whose the key is
	Signed   bool   // the endpoint answers nothing that is not signed
}

// defaultRegion is where clients are that have to be somewhere, though the call is not.
const defaultRegion = "cn-hangzhou"

// get is the value of a parameter, "" for none.
func (c *Call) get(name string) string {
	for _, p := range c.Params {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// region is where a client is that has to be somewhere.
func (c *Call) region() string {
	if region := c.get("RegionId"); region != "" {
		return region
	}
	return defaultRegion
}

// check tells what is wrong with the parameters.
func (c *Call) check() error {
	for _, p := range c.Params {
		if !c.takes(p.Name) {
			return fmt.Errorf("%s has no parameter %s; GET /_mock/actions lists those that it has", c.Action.Name, p.Name)
		}
		if !utf8.ValidString(p.Value) || strings.Contains(p.Value, "\x00") {
			return fmt.Errorf("%s holds what no program can: give it as UTF-8 without zero bytes", p.Name)
		}
	}
	return nil
}

// takes tells whether the action has a parameter that can be sent by this name. The
// region is understood by every action, and a list may be sent as one JSON text.
func (c *Call) takes(name string) bool {
	return name == "RegionId" || has(c.Action.Params, name)
}

func has(docs []param.Doc, name string) bool {
	head, rest, dotted := strings.Cut(name, ".")
	for i := range docs {
		d := &docs[i]
		switch {
		case d.Name != head:
		case !dotted:
			return true
		case d.Type == "Array":
			return hasElement(d, rest)
		}
	}
	return false
}

// hasElement tells whether N, or N.Field, can be sent of a list.
func hasElement(d *param.Doc, name string) bool {
	number, field, dotted := strings.Cut(name, ".")
	if !digits(number) {
		return false
	}
	if ofTexts(d) {
		return !dotted
	}
	return dotted && has(d.Fields, field)
}

// ofTexts tells whether the elements of a list are texts and have no fields.
func ofTexts(d *param.Doc) bool { return len(d.Fields) == 1 && d.Fields[0].Name == "" }

func digits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// regional is the call without its region, for SDKs whose client has it. They add it
// to every request, unless it is there, if only to be blank.
func (c *Call) regional() *Call {
	r := *c
	r.Params = nil
	for _, p := range c.Params {
		if p.Name != "RegionId" {
			r.Params = append(r.Params, p)
		}
	}
	if c.get("RegionId") == "" && c.Action.Takes("RegionId") {
		r.Params = append(r.Params, Pair{"RegionId", ""})
	}
	return &r
}
