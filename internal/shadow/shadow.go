package shadow

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/sign"
)

// A Shadow sends the calls of a program to the service, one at a time, and compares its
// answers with those of the mock.
type Shadow struct {
	Service *Service
	Report  Report

	turn  chan struct{} // holds an element while a call is under way
	twins twins         // guarded by turn
}

// Of returns the shadow of a service for a mock of an edition.
func Of(s *Service, edition rpc.Edition) *Shadow {
	return &Shadow{Service: s, Report: Report{Host: s.Host, Edition: int(edition)}, turn: make(chan struct{}, 1)}
}

// Begin waits until no other call is under way, or the context ends. Each call that has begun
// must End.
func (s *Shadow) Begin(ctx context.Context) error {
	select {
	case s.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// End ends a call.
func (s *Shadow) End() { <-s.turn }

// A Call is one that the service has answered.
type Call struct {
	Answer  *Answer
	Account string // of the caller, as the mock knows it

	shadow  *Shadow
	call    *rpc.Call
	outcome *outcome
	given   []string // values of the request
	key     string   // with which the service was asked
}

// Ask sends a call to the service. Then it puts the mock's names of things in place of the
// service's in the parameters, so that the mock can carry the call out.
func (s *Shadow) Ask(ctx context.Context, c *rpc.Call) (*Call, error) {
	answer, err := s.Service.Send(ctx, s.request(c))
	if err != nil {
		s.Report.lose()
		return nil, err
	}
	asked := &Call{Answer: answer, shadow: s, call: c, outcome: outcomeOf(answer.Status, answer.Body)}
	for i := range c.Params {
		p := &c.Params[i]
		asked.give(p.Value)
		p.Value = s.twins.inMock(p.Value)
		asked.give(p.Value)
	}
	c.AccessKey = s.twins.inMock(c.AccessKey)
	asked.key = c.AccessKey
	if s.signsAnew(c) {
		asked.key = s.Service.Keys.ID
	}
	return asked, nil
}

// Forget forgets what the service and the mock call the same things, for the mock has another
// world now.
func (s *Shadow) Forget() { s.twins.forget() }

// give notes a value of the request, and its words: it may be a list in JSON.
func (c *Call) give(value string) {
	c.given = append(c.given, value)
	words(value, func(word string) string {
		if word != value && classOf(word) != plain {
			c.given = append(c.given, word)
		}
		return word
	})
}

// hop are the headers that are those of one connection, those by which a browser tells of
// other pages, and what would make the answer other bytes than those of the API.
var hop = []string{
	"Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "Te", "Trailer", "Transfer-Encoding", "Upgrade",
	"Cookie", "Origin", "Referer", "Accept-Encoding", "Expect", "Content-Length",
}

// request returns a call as it is sent to the service: a signature of version 1.0 as it is,
// for it covers neither host nor headers, one of ACS3 made anew, for it covers the host.
func (s *Shadow) request(c *rpc.Call) *http.Request {
	path, _ := url.PathUnescape(c.Path) // it was escaped by net/url
	r := &http.Request{
		Method: c.Method, Host: s.hostOf(c), URL: &url.URL{Path: path, RawPath: c.Path, RawQuery: c.Query}, Header: http.Header{},
		ContentLength: int64(len(c.Body)),
	}
	for name, values := range c.Header {
		if !slices.Contains(hop, name) {
			r.Header[name] = slices.Clone(values)
		}
	}
	if r.Header["User-Agent"] == nil {
		r.Header["User-Agent"] = []string{""} // else net/http adds its own
	}
	if c.Body != "" {
		r.Body = io.NopCloser(strings.NewReader(c.Body))
	}
	if s.signsAnew(c) {
		s.Service.Sign(r, query(c), c.Body)
	}
	return r
}

// signsAnew reports whether a call is signed anew: ACS3 covers the host, and the service has
// another one than the mock.
func (s *Shadow) signsAnew(c *rpc.Call) bool {
	return c.ACS3 && s.Service.Keys.ID != "" && s.hostOf(c) != c.Host
}

// hostOf returns the host that a call is for. A call that names one of the product, as through
// the mock as a proxy, is for that.
func (s *Shadow) hostOf(c *rpc.Call) string {
	if c.Product != nil && c.Product.Has(c.Host) {
		host, _, _ := strings.Cut(strings.ToLower(c.Host), ":")
		return host
	}
	return s.Service.HostOf(c.Product)
}

// query returns the parameters in the query of a call.
func query(c *rpc.Call) []sign.Pair {
	var pairs []sign.Pair
	for i := range c.Params {
		if p := &c.Params[i]; !p.Derived && !p.InBody {
			pairs = append(pairs, sign.Pair{Name: p.Name, Value: p.Value})
		}
	}
	return pairs
}

// AccessKey returns the access key that the service knows the caller by.
func (c *Call) AccessKey() string { return c.key }

// Given returns the values of the request, by the mock's names, among others.
func (c *Call) Given() []string { return c.given }

// Reads reports whether the call changes nothing, as its name says.
func (c *Call) Reads() bool {
	for _, verb := range [...]string{"Describe", "List", "Get", "Query"} {
		if strings.HasPrefix(c.call.Action, verb) {
			return true
		}
	}
	return false
}

// Refused reports whether the service refused the call, or never saw it: what is no answer of
// the API comes from something before it.
func (c *Call) Refused() bool { return c.outcome.status >= 400 || c.outcome.body == nil }

// Outcome returns the answer as the journal has it.
func (c *Call) Outcome() rpc.Outcome {
	return rpc.Outcome{Status: c.outcome.status, Code: c.outcome.code, Message: c.outcome.message}
}

// Redacted returns the body of the answer without the secrets of keys that the service made.
func (c *Call) Redacted() []byte {
	body := c.Answer.Body
	for _, secret := range c.secrets() {
		body = bytes.ReplaceAll(body, []byte(secret), []byte("***"))
	}
	return body
}

// secrets returns the secrets in the answer.
func (c *Call) secrets() []string {
	if c.outcome.body == nil {
		return nil
	}
	made := c.outcome.body.member("Credentials")
	if made == nil {
		return nil
	}
	return slices.DeleteFunc([]string{made.field("AccessKeySecret"), made.field("SecurityToken")}, func(s string) bool { return s == "" })
}

// RequestID returns the service's id of the request, or "".
func (c *Call) RequestID() string {
	if c.outcome.body == nil {
		return ""
	}
	return c.outcome.body.field("RequestId")
}

// Made returns the ids that the service may have made for the call, in the order of its
// answer.
func (c *Call) Made() []string {
	var made []string
	if c.outcome.body == nil || c.Refused() {
		return nil
	}
	c.outcome.body.leaves(func(value string) {
		if _, known := c.shadow.twins.mock[value]; !known && classOf(value) == anID && !slices.Contains(c.given, value) {
			made = append(made, value)
		}
	})
	return made
}

// Compare compares the answer of the mock with that of the service, and returns what differs.
// The number is that of the call in the journal, and before gives the things with some ids as
// they were before the call, in the state form.
func (c *Call) Compare(status int, body []byte, number int64, before func(ids []string) []byte) []*Difference {
	mock := outcomeOf(status, body)
	report := &c.shadow.Report
	if c.outcome.isApart(mock) {
		report.setApart(c.outcome.String())
		return nil
	}
	compared := comparison{twins: &c.shadow.twins, given: c.given, host: c.call.Host, head: c.call.Method == http.MethodHead}
	compared.compare(c.outcome, mock)
	if !c.Refused() && status >= 400 && !c.Reads() {
		report.diverge(number)
	}
	return report.add(c, mock, number, before, compared.found)
}
