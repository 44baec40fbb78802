package journal

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// An Entry is one finished call. What was sent is kept as it came; secrets are
// redacted when an entry is read.
type Entry struct {
	Number    int64
	Time      time.Time // of the mock's clock
	Account   string
	Region    string
	Product   string
	Action    string
	Method    string
	Host      string
	Path      string
	Query     string
	Body      string
	Status    int
	Code      string
	Message   string
	RequestID string
	Hint      string
	Detail    string
	Took      time.Duration
	Revision  uint64 // of the world, 0 if the call changed nothing

	kept *kept // of a copy that the journal gives out, else nil
}

// named reports whether a name is that of the action, with or without its product.
func (e *Entry) named(name string) bool {
	product, action, qualified := strings.Cut(name, ".")
	return name == e.Action || qualified && product == e.Product && action == e.Action
}

// size returns the length of the texts that the client chose.
func (e *Entry) size() int {
	return len(e.Method) + len(e.Host) + len(e.Path) + len(e.Action) + len(e.Region) + len(e.Query) + len(e.Body) + len(e.Message) + len(e.Hint) + len(e.Detail)
}

// hidden replaces a secret.
const hidden = "***"

// secret reports whether the value of a parameter is redacted.
func secret(name string) bool {
	switch name {
	case "Signature", "SecurityToken", "BearerToken", "AccessKeySecret":
		return true
	}
	return false
}

// Params returns the parameters as they were sent, decoded and redacted. Of two with
// one name the last counts.
func (e *Entry) Params() map[string]string {
	params := map[string]string{}
	for _, text := range []string{e.Query, e.Body} {
		for _, p := range rpc.Pairs(text) {
			if secret(p.Name) {
				p.Value = hidden
			}
			params[p.Name] = p.Value
		}
	}
	return params
}

// MarshalJSON returns the form of /_mock/journal.
func (e Entry) MarshalJSON() ([]byte, error) { return e.json(nil, nil) }

// A Whole is an entry with its request and its answer, if they are kept.
type Whole struct{ Entry }

// MarshalJSON returns the form of /_mock/journal?call=.
func (w Whole) MarshalJSON() ([]byte, error) {
	if w.kept == nil || w.kept.number == 0 {
		return w.json(nil, nil)
	}
	return w.json(w.kept.request(&w.Entry), w.kept.answer(&w.Entry))
}

func (e *Entry) json(request, answer *message) ([]byte, error) {
	var out bytes.Buffer
	w := json.NewEncoder(&out)
	w.SetEscapeHTML(false) // strings to sign are full of ampersands
	err := w.Encode(struct {
		Number       int64
		Time         string
		AccountId    string
		RegionId     string
		Product      string
		Action       string
		Method       string
		Host         string
		Params       map[string]string
		Status       int
		Code         string
		Message      string
		RequestId    string
		Hint         string
		Detail       string `json:",omitempty"`
		Microseconds int64
		Revision     uint64    `json:",omitempty"`
		Changes      *[]change `json:",omitempty"`
		Request      *message  `json:",omitempty"`
		Answer       *message  `json:",omitempty"`
	}{e.Number, e.Time.Format(time.RFC3339Nano), e.Account, e.Region, e.Product, e.Action, e.Method, e.Host, e.Params(),
		e.Status, e.Code, e.Message, e.RequestID, e.Hint, e.Detail, e.Took.Microseconds(),
		e.Revision, e.kept.changesForm(), request, answer})
	return out.Bytes(), err
}

// redact replaces the security tokens in a text with strings to sign and canonical
// requests: they have the token as a parameter or as a header.
func redact(text string) string {
	for _, mark := range [...]struct{ before, after string }{
		{"SecurityToken%3D", "%26"}, {"SecurityToken=", "&"}, {"x-acs-security-token:", "\n"},
	} {
		if strings.Contains(text, mark.before) {
			text = redactAfter(text, mark.before, mark.after)
		}
	}
	return text
}

func redactAfter(text, before, after string) string {
	var b strings.Builder
	for {
		head, rest, found := strings.Cut(text, before)
		b.WriteString(head)
		if !found {
			return b.String()
		}
		b.WriteString(before + hidden)
		end := strings.Index(rest, after)
		if line := strings.IndexByte(rest, '\n'); line >= 0 && (end < 0 || line < end) {
			end = line
		}
		if end < 0 {
			return b.String()
		}
		text = rest[end:]
	}
}
