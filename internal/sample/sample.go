// Package sample writes a call as a program for each of the clients, ready to run
// against the mock. It works from the description of an action, so a new action
// needs no change here.
package sample

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// ErrNone is the error of a call that a client cannot make.
var ErrNone = errors.New("there is no such sample")

// A Client is an SDK or a tool that makes calls. <Action> in a text stands for the name
// of the action.
type Client struct {
	Name     string // in URLs
	Title    string
	Language string
	File     string // file name of the sample
	Install  string // how to install what it needs; <package> is that of the product
	Run      string // how to run it
	Chosen   bool   `json:",omitempty"` // samples use the method and the format that are asked for, not the client's own

	// Packages are the SDK's packages, if it has one for each product. It makes calls of
	// these products; without packages, of every product.
	Packages []Package `json:",omitempty"`

	comment string // the language's mark of a comment
	trusts  string // the setting for a certificate, "" if none is needed
	write   func(*Call) string
	takes   func(*Call) error // returns why there is no sample; nil if there always is one
	early   bool              // the SDK has no classes for port range lists
}

// A Package is what an SDK has for a product, in the version that samples are written for.
type Package struct{ Product, Package string }

// clients are in the order in which they are shown.
var clients = []*Client{curl, aliyun, goV1, goV2, pythonV1, pythonV2, javaV1, javaV2, nodeV1, nodeV2, terraform}

// Clients returns all clients, in the order in which they are shown.
func Clients() []*Client { return clients }

// Find returns the client with a name, or nil.
func Find(name string) *Client {
	for _, c := range clients {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Sample returns a complete program that makes the call. The error is ErrNone if the
// client cannot make the call, another if no client can.
func (c *Client) Sample(call *Call) (string, error) {
	if err := call.check(); err != nil {
		return "", err
	}
	if !c.Makes(call.Action) {
		return "", fmt.Errorf("%w: this client makes no calls of %s; choose another client", ErrNone, call.Action.Product.Title)
	}
	if !c.Has(call.Action.Name) {
		return "", fmt.Errorf("%w: this SDK is older than %s; choose another client", ErrNone, call.Action.Name)
	}
	if c.takes != nil {
		if err := c.takes(call); err != nil {
			return "", err
		}
	}
	return c.trust(call) + c.write(call), nil
}

// Makes reports whether the client makes calls of the action's product.
func (c *Client) Makes(a *rpc.Description) bool {
	return c.Packages == nil || slices.ContainsFunc(c.Packages, func(p Package) bool { return p.Product == a.Product.Name })
}

// Has reports whether the client's SDK is not older than an action.
func (c *Client) Has(action string) bool {
	return !c.early || !strings.Contains(action, "PortRangeList")
}

// trust returns a comment that says how to make the client trust the mock's certificate.
func (c *Client) trust(call *Call) string {
	if c.trusts == "" || !strings.HasPrefix(call.Endpoint, "https:") {
		return ""
	}
	return c.comment + " Run it with " + c.trusts + "; ca.pem is " + call.Endpoint + "/_mock/ca.pem.\n\n"
}

// fill returns the text of a program with a call filled in: {host} is the host as a
// literal of the language, {Action} the action's name, {product} the product's in lower
// case, {version} that of the API, {date} the same without hyphens, {pack} both. More are further
// pairs.
func (c *Call) fill(text string, literal func(string) string, more ...string) string {
	scheme, host, _ := strings.Cut(c.Endpoint, "://")
	pairs := append([]string{
		"{Action}", c.Action.Name, "{product}", c.product(), "{version}", c.Action.Product.Version, "{date}", c.date(),
		"{pack}", c.pack(), "{endpoint}", literal(c.Endpoint), "{host}", literal(host),
		"{scheme}", literal(scheme), "{SCHEME}", literal(strings.ToUpper(scheme)),
		"{region}", literal(c.region()), "{key}", literal(c.KeyID), "{secret}", literal(c.Secret),
	}, more...)
	return strings.NewReplacer(pairs...).Replace(text)
}

// product returns the name of the product in lower case.
func (c *Call) product() string { return strings.ToLower(c.Action.Product.Name) }

// date returns the version of the API without hyphens.
func (c *Call) date() string { return strings.ReplaceAll(c.Action.Product.Version, "-", "") }

// pack returns what the packages of an API in newer SDKs have in their names: ecs20140526.
func (c *Call) pack() string { return c.product() + c.date() }

// requests reports whether newer SDKs have a class for the action's request. They have
// none if it has no parameters.
func (c *Call) requests() bool { return len(c.Action.Params) > 0 }

// call returns a call of a method of newer SDKs, or of the one with options if there are
// parameters that the request does not have.
func (c *Call) call(method, options string, rest []Pair) string {
	var arguments []string
	if c.requests() {
		arguments = append(arguments, "request")
	}
	if len(rest) > 0 {
		method, arguments = method+options, append(arguments, "options")
	}
	return method + "(" + strings.Join(arguments, ", ") + ")"
}

// A block is some lines of a program.
type block struct {
	text   strings.Builder
	indent string
	step   string // more indent of a nested line
}

func (b *block) line(parts ...string) {
	b.text.WriteString(b.indent)
	for _, part := range parts {
		b.text.WriteString(part)
	}
	b.text.WriteByte('\n')
}

// begin writes a line; the lines until end are nested in it.
func (b *block) begin(parts ...string) {
	b.line(parts...)
	b.indent += b.step
}

func (b *block) end(parts ...string) {
	b.indent = b.indent[len(b.step):]
	b.line(parts...)
}

func (b *block) String() string { return b.text.String() }

// A Pair is a parameter as it is sent, such as Permissions.1.IpProtocol.
type Pair struct{ Name, Value string }

// A Call is the call that a sample makes.
type Call struct {
	Action   *rpc.Description
	Params   []Pair // each name once
	Method   string // GET or POST; "" is GET
	Format   string // JSON or XML; "" is JSON
	Endpoint string // such as https://127.0.0.1:2014
	KeyID    string
	Secret   string
	Account  string // the account of the key
	Signed   bool   // the endpoint requires signatures
}

// defaultRegion is the region of clients that need one, if the call has none.
const defaultRegion = "cn-hangzhou"

// get returns the value of a parameter, "" for none.
func (c *Call) get(name string) string {
	for _, p := range c.Params {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// region returns the region of a client that needs one.
func (c *Call) region() string {
	if region := c.get("RegionId"); region != "" {
		return region
	}
	return defaultRegion
}

// check returns an error if no client can send the parameters.
func (c *Call) check() error {
	for _, p := range c.Params {
		if !c.takes(p.Name) {
			return fmt.Errorf("%s has no parameter %s; GET /_mock/actions lists its parameters", c.Action.Name, p.Name)
		}
		if !utf8.ValidString(p.Value) || strings.Contains(p.Value, "\x00") {
			return fmt.Errorf("%s is UTF-8 text without zero bytes, got something else", p.Name)
		}
	}
	return nil
}

// takes reports whether the action has a parameter with this name. Every action takes
// RegionId, and a list can be sent as one JSON text.
func (c *Call) takes(name string) bool {
	return name == "RegionId" || has(c.Action.Params, name)
}

func has(docs []param.Doc, name string) bool {
	head, rest, dotted := strings.Cut(name, ".")
	for i := range docs {
		d := &docs[i]
		switch {
		case d.Name == name:
			return true
		case d.Name != head:
		case !dotted:
			return true
		case d.Type == "Array":
			return hasElement(d, rest)
		}
	}
	return false
}

// hasElement reports whether a list takes N or N.Field.
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

// ofTexts reports whether the elements of a list are texts, without fields.
func ofTexts(d *param.Doc) bool { return len(d.Fields) == 1 && d.Fields[0].Name == "" }

func digits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// regional returns the call without its region, for SDKs whose client has the region.
// They add it to every request that does not have it; so a call without a region gets
// a blank one.
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
