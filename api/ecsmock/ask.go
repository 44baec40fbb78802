package ecsmock

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/ecsmock/ecsmock/internal/server"
)

// ask puts a question to a mock under /_mock/, as a client would over HTTP, but
// without a connection: it works before the first and after the last. In and out are
// JSON, nil for none. A refusal is an error that says what to do.
func (s *Server) ask(method, path string, in, out any) error {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return err
		}
	}
	a := exchange(s.mock, method, "/_mock/"+path, body)
	if a.status >= http.StatusBadRequest {
		return refusal(a)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(a.body.Bytes(), out); err != nil {
		return fmt.Errorf("%s /_mock/%s is answered in an unknown form: %w", method, path, err)
	}
	return nil
}

func refusal(a *answer) error {
	var told struct{ Error string }
	if json.Unmarshal(a.body.Bytes(), &told) != nil || told.Error == "" {
		return fmt.Errorf("status %d: %s", a.status, a.body.Bytes())
	}
	return errors.New(told.Error)
}

// answer takes down what a handler answers.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header                  { return a.header }
func (a *answer) Write(text []byte) (n int, err error) { return a.body.Write(text) }
func (a *answer) WriteHeader(status int)               { a.status = status }

// exchange is one request to a mock and what it answers.
func exchange(mock *server.Server, method, target string, body []byte) *answer {
	a := &answer{header: http.Header{}, status: http.StatusOK}
	r, err := http.NewRequest(method, "http://localhost"+target, bytes.NewReader(body))
	if err != nil {
		a.status = http.StatusBadRequest
		a.body.WriteString(err.Error())
		return a
	}
	mock.ServeHTTP(a, r)
	return a
}
