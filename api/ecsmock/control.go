package ecsmock

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/ecsmock/ecsmock/internal/server"
)

// at returns the path of a resource, that of the account if For made the server.
func (s *Server) at(path string) string {
	if !s.bound {
		return path
	}
	return path + "?account=" + s.AccountID
}

// fatal ends the test.
func (s *Server) fatal(what string, err error) {
	s.tb.Helper()
	s.tb.Fatalf("%s: %v", what, err)
}

// clock is the JSON form of the mock's clock.
type clock struct {
	Now     *time.Time `json:",omitempty"`
	Frozen  *bool      `json:",omitempty"`
	Advance string     `json:",omitempty"`
}

// Now returns the mock's time, in UTC.
func (s *Server) Now() time.Time {
	var c clock
	if err := s.ask("GET", "clock", nil, &c); err != nil {
		s.tb.Helper()
		s.fatal("Now", err)
	}
	if c.Now == nil {
		return time.Time{}
	}
	return *c.Now
}

// SetTime sets the mock's clock, which runs on from t. It ends a Freeze. The year is
// 1970 to 2199.
func (s *Server) SetTime(t time.Time) {
	frozen := false
	if err := s.ask("PUT", "clock", clock{Now: &t, Frozen: &frozen}, nil); err != nil {
		s.tb.Helper()
		s.fatal("SetTime", err)
	}
}

// Freeze stops the mock's clock at t, until Advance moves it or SetTime starts it again.
func (s *Server) Freeze(t time.Time) {
	frozen := true
	if err := s.ask("PUT", "clock", clock{Now: &t, Frozen: &frozen}, nil); err != nil {
		s.tb.Helper()
		s.fatal("Freeze", err)
	}
}

// Advance moves the mock's clock by d, backwards if d is negative, frozen or not. What
// has expired is gone at once, such as client tokens after 24 hours.
func (s *Server) Advance(d time.Duration) {
	if err := s.ask("PUT", "clock", clock{Advance: d.String()}, nil); err != nil {
		s.tb.Helper()
		s.fatal("Advance", err)
	}
}

// Health is whether a mock is up, and how it answers.
type Health struct {
	Status         string // ok
	Version        string // of the mock
	SecurityGroups int    // of all accounts and regions
	Edition        int    // the year
	Strict         bool
	Signatures     string // off, warn or require
	Shadow         string // host of the service that answers the calls, "" for none
}

// Health returns how the mock answers.
func (s *Server) Health() Health {
	var h Health
	if err := s.ask("GET", "health", nil, &h); err != nil {
		s.tb.Helper()
		s.fatal("Health", err)
	}
	return h
}

// Actions returns the contract, in JSON: the products with their actions, parameters,
// answers and errors.
func (s *Server) Actions() []byte {
	var text json.RawMessage
	if err := s.ask("GET", "actions", nil, &text); err != nil {
		s.tb.Helper()
		s.fatal("Actions", err)
	}
	return text
}

// Sample returns a call, such as Action=DescribeRegions, as a program for a client, such
// as curl or python-v2.
func (s *Server) Sample(client, call string) string {
	a := exchange(s.mock, "GET", "/_mock/samples/"+url.PathEscape(client)+"?"+call, nil)
	if a.status != http.StatusOK {
		if err := refusal(a); err != nil {
			s.tb.Helper()
			s.fatal("Sample", err)
		}
	}
	return a.body.String()
}

// Clients returns the names of the clients that Sample knows.
func (s *Server) Clients() []string {
	var list struct{ Clients []struct{ Name string } }
	if err := s.ask("GET", "samples", nil, &list); err != nil {
		s.tb.Helper()
		s.fatal("Clients", err)
	}
	var names []string
	for _, c := range list.Clients {
		names = append(names, c.Name)
	}
	return names
}

// ask makes a request under /_mock/, without a connection, so that it also works after
// Close. In and out are JSON, nil for none.
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
		return fmt.Errorf("the answer of %s /_mock/%s: %w", method, path, err)
	}
	return nil
}

// refusal returns the error of an answer.
func refusal(a *answer) error {
	var message struct{ Error string }
	if json.Unmarshal(a.body.Bytes(), &message) != nil || message.Error == "" {
		return fmt.Errorf("status %d: %s", a.status, a.body.Bytes())
	}
	return errors.New(message.Error)
}

// An answer is an http.ResponseWriter that keeps the answer.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header                  { return a.header }
func (a *answer) Write(text []byte) (n int, err error) { return a.body.Write(text) }
func (a *answer) WriteHeader(status int)               { a.status = status }

// exchange makes one request to a mock and returns the answer.
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
