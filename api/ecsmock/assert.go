package ecsmock

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// HasRule asserts that a group has a rule: one that a revoke of just this rule would
// find. So absent fields have the API's defaults (Priority is 1), the case of
// IpProtocol does not matter, and 10.0.0.1 is 10.0.0.1/32. An id, a description and a
// time are compared where they are given. Where the group's id occurs in several
// accounts or regions, write it as region/id or account/region/id.
//
// A failure prints the nearest rule, in which field it differs, and the last calls.
func (s *Server) HasRule(t TB, group string, rule Permission) bool {
	t.Helper()
	found, miss, err := s.seek(group, rule)
	switch {
	case err != nil:
		t.Errorf("HasRule: %v", err)
	case found == nil:
		t.Errorf("%s lacks the rule %s; %s\n%s", group, compact(rule), miss, s.lastCalls())
	}
	return err == nil && found != nil
}

// LacksRule asserts that a group, which there must be, does not have a rule. What is
// the same rule, HasRule tells.
func (s *Server) LacksRule(t TB, group string, rule Permission) bool {
	t.Helper()
	found, _, err := s.seek(group, rule)
	switch {
	case err != nil:
		t.Errorf("LacksRule: %v", err)
	case found != nil:
		t.Errorf("%s has the rule %s\n%s", group, compact(*found), s.lastCalls())
	}
	return err == nil && found == nil
}

// WasCalled asserts that an action was called with some parameters, each as it was
// sent and written Name=value:
//
//	srv.WasCalled(t, "RevokeSecurityGroup", "SecurityGroupId=sg-web", "Priority=1")
//
// It does not matter whether the call succeeded.
func (s *Server) WasCalled(t TB, action string, params ...string) bool {
	t.Helper()
	for _, p := range params {
		if !strings.Contains(p, "=") {
			t.Errorf("WasCalled: %q is no parameter; write it as Name=value", p)
			return false
		}
	}
	calls := s.Calls(action)
	if slices.ContainsFunc(calls, func(c Call) bool { return c.has(params) }) {
		return true
	}
	t.Errorf("%s was not called%s\n%s", action, s.otherwise(calls, params), s.lastCalls())
	return false
}

func (c *Call) has(params []string) bool {
	return len(c.lacks(params)) == 0
}

// lacks are the parameters that a call has not, or has with another value.
func (c *Call) lacks(params []string) (lacking []string) {
	for _, p := range params {
		name, value, _ := strings.Cut(p, "=")
		if sent, ok := c.Params[name]; !ok {
			lacking = append(lacking, name+" was not sent")
		} else if sent != value {
			lacking = append(lacking, fmt.Sprintf("%s was %q, asked %q", name, sent, value))
		}
	}
	return lacking
}

// otherwise tells which call came nearest to some parameters.
func (s *Server) otherwise(calls []Call, params []string) string {
	if len(calls) == 0 {
		return ""
	}
	nearest := slices.MinFunc(calls, func(a, b Call) int { return len(a.lacks(params)) - len(b.lacks(params)) })
	return fmt.Sprintf(" with %s; nearest is call %d: %s", strings.Join(params, ", "), nearest.Number, strings.Join(nearest.lacks(params), ", "))
}

// compact is a rule in a line of the state form.
func compact(p Permission) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(p) // texts and times: a year that JSON cannot write leaves it blank
	return strings.TrimSpace(b.String())
}
