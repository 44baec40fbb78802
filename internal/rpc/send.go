package rpc

import (
	"net/http"
	"strconv"
)

// Send writes an answer. It is the only place that does.
func (c *Call) Send(w http.ResponseWriter, o *Outcome, hint string, body []byte) {
	values := [...]string{c.Format.ContentType(), strconv.Itoa(len(body)), c.RequestID, hint}
	h := w.Header() // set as it is, for Set makes a slice of each value
	h["Content-Type"], h["Content-Length"], h["X-Acs-Request-Id"] = values[0:1:1], values[1:2:2], values[2:3:3]
	if hint != "" {
		h["X-Ecsmock-Hint"] = values[3:4:4]
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
