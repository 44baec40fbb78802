package rpc

import (
	"net/http"
	"strconv"
)

// Send writes an answer. It is the only place that does.
func (c *Call) Send(w http.ResponseWriter, o *Outcome, hint string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", c.Format.ContentType())
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("X-Acs-Request-Id", c.RequestID)
	if hint != "" {
		h.Set("X-Ecsmock-Hint", hint)
	}
	for name, value := range o.Headers {
		h[name] = []string{value} // not Set: some clients compare the letters' case
	}
	if o.Damage.Drop {
		panic(http.ErrAbortHandler) // net/http closes the connection, and says nothing
	}
	w.WriteHeader(o.Status)
	if at := o.Damage.TruncateAt; at > 0 && at < len(body) {
		w.Write(body[:at])
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	w.Write(body) // who has left needs no answer
}
