package rpc

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/wire"
)

const (
	maxBody   = 1 << 20
	maxParams = 10_000
	maxAhead  = 1 << 16 // bytes of memory for a body before any of it is read
)

// Read reads a request for one of the products, the first unless it says which. It never
// fails: the fault of a request is Err of the call.
func Read(r *http.Request, requestID string, products ...*Product) *Call {
	c := &Call{}
	c.Read(r, requestID, products)
	return c
}

// Read reads a request into a call that is part of another value.
func (c *Call) Read(r *http.Request, requestID string, products []*Product) {
	c.Method, c.Host, c.Path, c.Query, c.Header, c.RequestID = r.Method, r.Host, r.URL.EscapedPath(), r.URL.RawQuery, r.Header, requestID
	c.Params = c.buf[:0]
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		c.refuse(ErrMethod)
	}
	if c.header("Sec-Fetch-Site") == "cross-site" {
		c.refuse(ErrCrossSite)
	}
	c.readParams(r)
	c.readHeaders()
	c.readCommon()
	c.chooseProduct(products)
	c.chooseFormat()
}

// header returns the first value of a header whose name is in canonical form, or "".
// Header.Get would compute that form for each call.
func (c *Call) header(name string) string {
	if values := c.Header[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

func (c *Call) readParams(r *http.Request) {
	c.parse(c.Query, false)
	if r.Body == nil || r.Body == http.NoBody {
		return
	}
	var body bytes.Buffer
	body.Grow(bytes.MinRead + min(maxAhead, max(0, int(r.ContentLength))))
	_, err := body.ReadFrom(io.LimitReader(r.Body, maxBody+1))
	switch {
	case err != nil:
		c.refuse(fmt.Errorf("%w; the body cannot be read: %w", ErrEncoding, err))
		return
	case body.Len() > maxBody:
		c.refuse(ErrTooLarge)
		return
	}
	c.Body = body.String()
	c.parse(c.Body, true)
}

// parse reads the pairs of a query or a URL-encoded body. Unlike url.ParseQuery it
// keeps their order, and takes a semicolon as any other character.
func (c *Call) parse(text string, inBody bool) {
	c.Params = slices.Grow(c.Params, min(maxParams, 1+strings.Count(text, "&")))
	for text != "" {
		var pair string
		pair, text, _ = strings.Cut(text, "&")
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		var err, err2 error
		if strings.IndexByte(pair, '%') >= 0 || strings.IndexByte(pair, '+') >= 0 { // most pairs have nothing to decode
			name, err = url.QueryUnescape(name)
			value, err2 = url.QueryUnescape(value)
		}
		switch {
		case err != nil || err2 != nil:
			c.refuse(ErrEncoding)
		case len(c.Params) == maxParams:
			c.refuse(ErrTooLarge)
			return
		default:
			c.Params = append(c.Params, param.Param{Name: name, Value: value, InBody: inBody})
		}
	}
}

// Pairs returns the parameters of a query or a URL-encoded body, without those that
// are not well encoded.
func Pairs(text string) []param.Param {
	c := Call{}
	c.parse(text, false)
	return c.Params
}

// readHeaders reads what ACS3 puts into headers. Clients of the older signature send
// x-acs-action too, so a parameter Action comes first.
func (c *Call) readHeaders() {
	c.Action, c.Version = c.header("X-Acs-Action"), c.header("X-Acs-Version")
	authorization := c.header("Authorization")
	if !strings.HasPrefix(authorization, "ACS3-") {
		return
	}
	c.ACS3 = true
	if _, credential, ok := strings.Cut(authorization, "Credential="); ok {
		credential, _, _ = strings.Cut(credential, ",")
		c.AccessKey = strings.TrimSpace(credential)
	}
}

// readCommon reads the parameters that belong to every action. The access key of a
// call that is signed with ACS3 is in its header.
func (c *Call) readCommon() {
	var action, version string
	for i := range c.Params {
		p := &c.Params[i]
		switch p.Name {
		case "Action":
			action = p.Value
		case "Version":
			version = p.Value
		case "AccessKeyId":
			if !c.ACS3 {
				c.AccessKey = p.Value
			}
		}
		p.Read = isCommon(p.Name)
	}
	c.Action, c.Version = cmp.Or(action, c.Action), cmp.Or(version, c.Version)
	if c.Action == "" {
		c.refuse(ErrNoAction)
	}
}

// isCommon reports whether a parameter belongs to every action. But for the region,
// such a parameter does not change what the action does.
func isCommon(name string) bool {
	switch name {
	case "Action", "Version", "Format", "AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion",
		"SignatureNonce", "SignatureType", "Timestamp", "SecurityToken", "BearerToken", "RegionId", "OwnerId",
		"OwnerAccount", "ResourceOwnerId", "ResourceOwnerAccount", "SourceIp", "SecureTransport", "ServiceCode":
		return true
	}
	return false
}

// chooseFormat sets the format of the answer: that of the parameter Format; else JSON
// for ACS3, whose clients read nothing else, and for a client that accepts JSON and not
// XML; else XML.
func (c *Call) chooseFormat() {
	accept := strings.ToLower(strings.Join(c.Header["Accept"], ","))
	if c.ACS3 || strings.Contains(accept, "json") && !strings.Contains(accept, "xml") {
		c.Format = wire.JSON
	}
	switch format := c.Get("Format"); {
	case format == "":
	case strings.EqualFold(format, "JSON"):
		c.Format = wire.JSON
	case strings.EqualFold(format, "XML"):
		c.Format = wire.XML
	default:
		c.format = fmt.Errorf("%w, got %s", ErrFormat, format)
	}
}
