package rpc

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/wire"
)

// An Outcome is the result of a call.
type Outcome struct {
	Status  int
	Code    string // "" for a success
	Message string
	Answer  wire.Answer       // of a success, nil where RequestId is its only field
	Err     error             // the cause, also where the edition forgives it
	Headers map[string]string // additional headers, sent in this spelling
	Damage  Damage
}

// Damage is what a fault does to an answer that is sent.
type Damage struct {
	Drop       bool // the connection is closed before any byte is sent
	TruncateAt int  // the connection is closed after this many bytes of the body, 0 for none
}

// Succeed returns the outcome of a call that succeeded.
func Succeed(a wire.Answer) Outcome { return Outcome{Status: 200, Answer: a} }

// hinter is an error that explains itself.
type hinter interface{ Hint() string }

// maxHint is the length of the longest hint in bytes. A hint is sent in a header.
const maxHint = 1024

// Hint returns one line of ASCII for the header X-Ecsmock-Hint: the cause of the
// outcome, the notes of the call, and the parameters that were ignored.
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
	return HeaderLine(strings.Join(parts, "; "))
}

// Explain returns the hint of an error, or its text where it has no hint.
func Explain(err error) string {
	if h := hinter(nil); errors.As(err, &h) {
		if hint := h.Hint(); hint != "" {
			return hint
		}
	}
	return err.Error()
}

// HeaderLine returns the text with ? for every character that a header cannot hold,
// cut to maxHint.
func HeaderLine(text string) string {
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

// recommend returns the address where the service explains an error code, which it
// gives in newer editions only.
func (c *Call) recommend(code string) string {
	if c.Edition < Edition2025 {
		return ""
	}
	return "https://api.aliyun.com/troubleshoot?q=" + code + "&product=" + c.ProductName() + "&requestId=" + c.RequestID
}

// Render appends the answer to buf, in the format that the call asks for.
func (c *Call) Render(buf []byte, o *Outcome) []byte {
	c.writer = wire.To(buf, c.Format)
	if o.Code == "" {
		return c.writer.Success(c.Action, c.RequestID, o.Answer)
	}
	return c.writer.Failure(&wire.Error{
		RequestID: c.RequestID, HostID: c.Host, Code: o.Code, Message: o.Message,
		Recommend: c.recommend(o.Code),
	})
}

// Send writes an answer. Nothing else does.
func (c *Call) Send(w http.ResponseWriter, o *Outcome, hint string, body []byte) {
	values := [...]string{c.Format.ContentType(), strconv.Itoa(len(body)), c.RequestID, hint}
	h := w.Header() // assigned directly: Set allocates a slice for each value
	h["Content-Type"], h["Content-Length"], h["X-Acs-Request-Id"] = values[0:1:1], values[1:2:2], values[2:3:3]
	if hint != "" {
		h["X-Ecsmock-Hint"] = values[3:4:4]
	}
	for name, value := range o.Headers {
		h[name] = []string{value} // not Set: some clients compare the letters' case
	}
	if o.Damage.Drop {
		panic(http.ErrAbortHandler) // net/http closes the connection and logs nothing
	}
	w.WriteHeader(o.Status)
	if at := o.Damage.TruncateAt; at > 0 && at < len(body) {
		w.Write(body[:at])
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	w.Write(body) // an error means that the client has gone
}
