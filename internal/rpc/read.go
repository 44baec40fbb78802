package rpc

import (
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/wire"
)

const (
	maxBody   = 1 << 20
	maxParams = 10_000
	// Version is the only version of the API.
	Version = "2014-05-26"
)

// Read reads a request. It never fails: what is wrong with the request is what
// the call's Err tells.
func Read(r *http.Request, requestID string) *Call {
	c := &Call{Method: r.Method, Host: r.Host, Query: r.URL.RawQuery, Header: r.Header, RequestID: requestID}
	c.Params = c.buf[:0]
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		c.refuse(ErrMethod)
	}
	if r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		c.refuse(ErrCrossSite)
	}
	c.readParams(r)
	c.readHeaders(r.Header)
	c.takeCommon()
	c.takeRegion()
	c.chooseFormat(r.Header)
	return c
}

func (c *Call) readParams(r *http.Request) {
	c.parse(c.Query, false)
	if r.Body == nil || r.Body == http.NoBody {
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	switch {
	case err != nil:
		c.refuse(fmt.Errorf("%w; the body cannot be read: %w", ErrEncoding, err))
		return
	case len(body) > maxBody:
		c.refuse(ErrTooLarge)
		return
	}
	c.Body = string(body)
	c.parse(c.Body, true)
}

// parse reads the pairs of a query or a URL-encoded body.
func (c *Call) parse(text string, inBody bool) {
	u := unescaper{size: len(text)}
	for text != "" {
		var pair string
		pair, text, _ = strings.Cut(text, "&")
		if pair == "" {
			continue
		}
		p, ok := u.pair(pair)
		switch {
		case !ok:
			c.refuse(ErrEncoding)
		case len(c.Params) == maxParams:
			c.refuse(ErrTooLarge)
			return
		default:
			p.InBody = inBody
			c.Params = append(c.Params, p)
		}
	}
}

// pair reads name=value. Without an equals sign it is a blank parameter.
func (u *unescaper) pair(text string) (param.Param, bool) {
	name, value, _ := strings.Cut(text, "=")
	name, ok := u.unescape(name)
	value, ok2 := u.unescape(value)
	return param.Param{Name: name, Value: value}, ok && ok2
}

// Pairs are the parameters in a query or a URL-encoded body; what is not encoded
// well is left out.
func Pairs(text string) []param.Param {
	c := Call{}
	c.parse(text, false)
	return c.Params
}

// readHeaders takes what ACS3 puts into headers. Clients of the older signature
// send x-acs-action too, so a parameter Action comes first.
func (c *Call) readHeaders(h http.Header) {
	c.Action, c.Version = h.Get("X-Acs-Action"), h.Get("X-Acs-Version")
	authorization := h.Get("Authorization")
	if !strings.HasPrefix(authorization, "ACS3-") {
		return
	}
	c.ACS3 = true
	if _, credential, ok := strings.Cut(authorization, "Credential="); ok {
		credential, _, _ = strings.Cut(credential, ",")
		c.AccessKey = strings.TrimSpace(credential)
	}
}

// takeCommon reads the parameters that belong to every action. Whose call it is
// tells the header where it is the header that is signed.
func (c *Call) takeCommon() {
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
		p.Read = common(p.Name)
	}
	c.Action, c.Version = orElse(action, c.Action), orElse(version, c.Version)
	if c.Action == "" {
		c.refuse(ErrNoAction)
	}
}

// common tells whether a parameter is known to every action and says nothing of
// what the action should do, but for the region.
func common(name string) bool {
	switch name {
	case "Action", "Version", "Format", "AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion",
		"SignatureNonce", "SignatureType", "Timestamp", "SecurityToken", "BearerToken", "RegionId", "OwnerId",
		"OwnerAccount", "ResourceOwnerId", "ResourceOwnerAccount", "SourceIp", "SecureTransport":
		return true
	}
	return false
}

func orElse(value, other string) string {
	if value == "" {
		return other
	}
	return value
}

// chooseFormat: what is asked for; else JSON for ACS3, whose clients read nothing
// else, and for those who accept JSON and not XML; else XML.
func (c *Call) chooseFormat(h http.Header) {
	accept := strings.ToLower(strings.Join(h["Accept"], ","))
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
		c.format = ErrFormat
	}
}

// takeRegion finds the region in the host where no parameter tells it, as the
// service does: ecs.cn-beijing.aliyuncs.com, and ecs.aliyuncs.com is cn-hangzhou.
func (c *Call) takeRegion() {
	if c.Get("RegionId") != "" {
		return
	}
	host, _, _ := strings.Cut(c.Host, ":")
	name, ok := strings.CutSuffix(strings.ToLower(host), ".aliyuncs.com")
	if !ok {
		return
	}
	product, region, ok := strings.Cut(name, ".")
	switch {
	case product != "ecs":
		return
	case !ok:
		region = "cn-hangzhou"
	}
	c.Params = append(c.Params, param.Param{Name: "RegionId", Value: region, Read: true, Derived: true})
}
