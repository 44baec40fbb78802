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
	w.WriteHeader(o.Status)
	w.Write(body) // who has left needs no answer
}
