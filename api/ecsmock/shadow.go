package ecsmock

import (
	"fmt"
	"os"
	"strings"

	"github.com/ecsmock/ecsmock/internal/shadow"
)

// Shadow makes the real service, or another mock, answer each call: https://host, or
// http://host:port for a mock. The mock carries out the same call, and Differences has where
// the two answers differ. Calls signed with ACS3 are signed anew with the credentials in
// ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and
// ALIBABA_CLOUD_SECURITY_TOKEN. Faults are refused, for the service does not know them.
func Shadow(url string) Option {
	return func(c *config) (err error) {
		if c.Options.Shadow, err = shadow.New(url); err != nil {
			return fmt.Errorf("Shadow: %w, got %q", err, url)
		}
		c.Options.Shadow.Keys = shadow.KeysOf(os.Getenv)
		return nil
	}
}

// Differences is what was found in the shadow of a service.
type Differences struct {
	Service     string    // its host
	Edition     int       // of the mock
	Calls       int       // that the service answered
	Equal       int       // that both answered in the same way
	Apart       []Refusal // calls that the service refused for reasons of the account or its own
	Unanswered  int       // calls that the service did not answer
	Dropped     int       // differences for which there was no room
	Diverged    int64     // number of the first call that the service carried out and the mock refused, 0 for none; its effect may be missing
	Differences []Difference
}

// A Refusal is calls that the service refused for a reason that a mock cannot know.
type Refusal struct {
	Refusal string // the status and the code: 403 Forbidden.RAM
	Count   int
}

// A Difference is one thing in which the mock answers otherwise than the service.
type Difference struct {
	Id      int
	Product string
	Action  string
	Edition int
	Kind    string // status, code, text, form, missing field, extra field, type, value or order
	Path    string // of a field, such as Permissions.Permission[].Priority
	Service string // what the service has, in the first call
	Mock    string // what the mock has
	Count   int    // how many calls had it
	Call    int64  // number of the first of them in the journal
}

// Differences returns where the mock differs from the service of Shadow.
func (s *Server) Differences() Differences {
	var d Differences
	if err := s.ask("GET", "differences", nil, &d); err != nil {
		s.tb.Helper()
		s.fatal("Differences", err)
	}
	return d
}

// ClearDifferences forgets the differences.
func (s *Server) ClearDifferences() {
	if err := s.ask("DELETE", "differences", nil, nil); err != nil {
		s.tb.Helper()
		s.fatal("ClearDifferences", err)
	}
}

// AgreesWithService asserts that the service of Shadow and the mock answered each call in the
// same way. A failure prints the differences.
func (s *Server) AgreesWithService(t TB) bool {
	t.Helper()
	found := s.Differences()
	if len(found.Differences) == 0 {
		return true
	}
	var b strings.Builder
	for _, d := range found.Differences {
		fmt.Fprintf(&b, "\n%d x %s %s: %s: the service has %q, the mock %q (call %d)", d.Count, d.Action, d.Path, d.Kind, d.Service, d.Mock, d.Call)
	}
	t.Errorf("the mock of edition %d differs from %s in %d ways:%s", found.Edition, found.Service, len(found.Differences), b.String())
	return false
}
