package journal

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
)

// What is kept of the newest calls beside their parameters.
const (
	maxKept       = 300     // calls
	maxKeptBytes  = 1 << 20 // of all of them
	maxKeptHeader = 8 << 10 // of the headers of one request
	maxKeptBody   = 8 << 10 // of one answer
)

// A Result is what a call made: its answer, and its effect on the world.
type Result struct {
	Body     []byte // of the answer
	Changes  []store.Change
	Revision uint64 // of the world, 0 if the call changed nothing
}

// kept is what is kept of a new call. The zero value is that of a call of which it is not.
type kept struct {
	number  int64             // of the call, 0 for none
	text    string            // the headers of the request, a line each, then the body of the answer
	headers int               // length of the headers in text
	full    int               // length of the whole body
	content string            // type of the answer
	added   map[string]string // headers of the answer that a fault added
	dropped bool              // the connection was closed instead of an answer

	first   store.Change // of the changes
	changes []store.Change
}

// newKept returns what is kept of a call.
func newKept(c *rpc.Call, o *rpc.Outcome, r *Result) kept {
	sent := r.Body[:min(maxKeptBody, len(r.Body))]
	if at := o.Damage.TruncateAt; at > 0 {
		sent = sent[:min(at, len(sent))]
	}
	var b strings.Builder
	b.Grow(headerSize(c.Header) + len(sent))
	for name, values := range c.Header {
		for _, value := range values {
			if b.Len()+len(name)+len(value) < maxKeptHeader {
				b.WriteString(name)
				b.WriteString(": ")
				b.WriteString(value)
				b.WriteByte('\n')
			}
		}
	}
	k := kept{headers: b.Len(), full: len(r.Body), content: c.Format.ContentType(), added: o.Headers, dropped: o.Damage.Drop}
	b.Write(sent)
	k.text = b.String()
	switch len(r.Changes) {
	case 0:
	case 1: // most calls change one thing
		k.first = r.Changes[0]
	default:
		k.changes = slices.Clone(r.Changes)
	}
	return k
}

// headerSize returns how many bytes of headers are kept, or a little more.
func headerSize(h map[string][]string) int {
	n := 0
	for name, values := range h {
		for _, value := range values {
			n += len(name) + len(value) + len(": \n")
		}
	}
	return min(n, maxKeptHeader)
}

func (k *kept) size() int {
	n := len(k.text) + k.first.Size()
	for i := range k.changes {
		n += k.changes[i].Size()
	}
	return n
}

// all returns the changes.
func (k *kept) all() []store.Change {
	if k.first.Kind != "" {
		return []store.Change{k.first}
	}
	return k.changes
}

// change is the form of a change in the journal.
type change struct {
	Kind            string
	Id              string
	SecurityGroupId string `json:",omitempty"`
	AccountId       string
	RegionId        string
	Was             json.RawMessage `json:",omitempty"`
	Is              json.RawMessage `json:",omitempty"`
}

func (k *kept) changesForm() *[]change {
	if k == nil || k.number == 0 {
		return nil
	}
	list := []change{}
	for _, c := range k.all() {
		list = append(list, change{c.Kind, c.ID, c.Group, c.Account, c.Region, c.Was(), c.Is()})
	}
	return &list
}

// message is the form of a request or an answer in the journal.
type message struct {
	Target  string `json:",omitempty"` // of a request
	Headers [][2]string
	Body    string
	Cut     bool `json:",omitempty"` // the body was longer
	Dropped bool `json:",omitempty"` // the connection was closed instead of an answer
}

// header returns the headers of the request as they were sent, secrets included.
func (k *kept) header() http.Header {
	h := http.Header{}
	for line := range strings.Lines(k.text[:k.headers]) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		h[name] = append(h[name], value)
	}
	return h
}

// Request returns the request of a call as it was sent, to be sent again. It reports whether
// the request is kept.
func (j *Journal) Request(number int64) (r *http.Request, ok bool) {
	found := j.Select(Filter{Call: number})
	if len(found) == 0 || found[0].kept.number == 0 {
		return nil, false
	}
	e := &found[0]
	return &http.Request{
		Method: e.Method, Host: e.Host, URL: &url.URL{Path: e.Path, RawQuery: e.Query}, Header: e.kept.header(),
		Body: io.NopCloser(strings.NewReader(e.Body)), ContentLength: int64(len(e.Body)),
	}, true
}

// request returns the request of a call, with redacted secrets.
func (k *kept) request(e *Entry) *message {
	m := &message{Target: e.Path, Body: redactPairs(e.Body), Headers: [][2]string{}}
	if e.Query != "" {
		m.Target += "?" + redactPairs(e.Query)
	}
	for name, values := range k.header() {
		for _, value := range values {
			m.Headers = append(m.Headers, [2]string{name, redactHeader(name, value)})
		}
	}
	m.Headers = append(m.Headers, [2]string{"Host", e.Host})
	slices.SortStableFunc(m.Headers, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return m
}

// answer returns the answer of a call as it was sent.
func (k *kept) answer(e *Entry) *message {
	if k.dropped {
		return &message{Headers: [][2]string{}, Dropped: true}
	}
	m := &message{Body: k.text[k.headers:], Headers: [][2]string{
		{"Content-Length", strconv.Itoa(k.full)}, {"Content-Type", k.content}, {"X-Acs-Request-Id", e.RequestID},
	}}
	m.Cut = len(m.Body) < k.full
	if e.Hint != "" {
		m.Headers = append(m.Headers, [2]string{"X-Ecsmock-Hint", e.Hint})
	}
	for name, value := range k.added {
		m.Headers = append(m.Headers, [2]string{name, value})
	}
	slices.SortFunc(m.Headers, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return m
}

// redactPairs returns a query or a body without secrets, otherwise as it was sent.
func redactPairs(text string) string {
	var pairs []string
	for _, pair := range strings.Split(text, "&") {
		name, _, ok := strings.Cut(pair, "=")
		if decoded := rpc.Pairs(pair); ok && len(decoded) == 1 && secret(decoded[0].Name) {
			pair = name + "=" + hidden
		}
		pairs = append(pairs, pair)
	}
	return strings.Join(pairs, "&")
}

// redactHeader returns the value of a header without secrets.
func redactHeader(name, value string) string {
	switch http.CanonicalHeaderKey(name) {
	case "Authorization":
		if head, _, ok := strings.Cut(value, "Signature="); ok {
			return head + "Signature=" + hidden
		}
		return hidden
	case "X-Acs-Security-Token", "X-Acs-Bearer-Token", "X-Acs-Signature", "Cookie", "Proxy-Authorization":
		return hidden
	}
	return value
}
