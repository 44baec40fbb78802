package rpc

import (
	"errors"
	"strings"

	"github.com/ecsmock/ecsmock/internal/wire"
)

// Outcome is what became of a call.
type Outcome struct {
	Status  int
	Code    string // "" for a success
	Message string
	Answer  wire.Answer       // of a success, nil where it has no fields but the request's id
	Err     error             // why, also where the edition forgives it
	Headers map[string]string // beside the usual ones, by the names that are sent
	Damage  Damage            // what becomes of it on its way
}

// Damage is what becomes of an answer on its way to the client.
type Damage struct {
	Drop       bool // nothing is sent, and the connection is closed
	TruncateAt int  // so many bytes of the body are, and the connection is closed; 0 for no damage
}

// Succeed is the outcome of a call that did what it should.
func Succeed(a wire.Answer) Outcome { return Outcome{Status: 200, Answer: a} }

// hinter is an error that can explain itself.
type hinter interface{ Hint() string }

// maxHint is the length of the longest hint, in bytes: it travels in a header.
const maxHint = 1024

// Hint is what the mock tells beside the answer: why, and what it passed over.
// It is one line of ASCII.
func (c *Call) Hint(o *Outcome) string {
	unread := c.unread()
	if o.Err == nil && len(c.Notes) == 0 && len(unread) == 0 {
		return ""
	}
	var parts []string
	if o.Err != nil {
		parts = append(parts, Explain(o.Err))
	}
	parts = append(parts, c.Notes...)
	parts = append(parts, unread...)
	return line(strings.Join(parts, "; "))
}

// Explain is the hint that an error gives, or its text where it gives none.
func Explain(err error) string {
	if h := hinter(nil); errors.As(err, &h) {
		if hint := h.Hint(); hint != "" {
			return hint
		}
	}
	return err.Error()
}

// line makes a text fit for a header.
func line(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, text)
	if len(text) > maxHint {
		text = text[:maxHint-3] + "..."
	}
	return text
}

// recommend is where the service sends people who look for help on a code.
const recommend = "https://error-center.aliyun.com/status/search?Keyword="

// Render appends the answer to buf, in the format the call asked for.
func (c *Call) Render(buf []byte, o *Outcome) []byte {
	c.writer = wire.To(buf, c.Format)
	if o.Code == "" {
		return c.writer.Success(c.Action, c.RequestID, o.Answer)
	}
	return c.writer.Failure(&wire.Error{
		RequestID: c.RequestID, HostID: c.Host, Code: o.Code, Message: o.Message,
		Recommend: recommend + o.Code + "&source=PopGw",
	})
}
