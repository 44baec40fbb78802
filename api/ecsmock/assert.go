package ecsmock

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/store"
)

// HasRule asserts that a group has a rule, and reports whether it does. Rules are
// compared as the API compares them when it revokes one: absent fields have the API's
// defaults, the case of IpProtocol does not matter, and 10.0.0.1 equals 10.0.0.1/32. An
// id, a description and a time are compared only if they are given. If several accounts
// or regions have a group with the id, write it as region/id or account/region/id.
//
// A failure prints the nearest rule, the fields in which it differs, and the last calls.
func (s *Server) HasRule(t TB, group string, rule Permission) bool {
	t.Helper()
	found, err := s.findRule(group, rule)
	switch {
	case err != nil:
		t.Errorf("HasRule: %v", err)
	case found.Rule == nil:
		t.Errorf("%s lacks the rule %s; %s\n%s", group, compact(rule), found.Why, s.lastCalls())
	}
	return err == nil && found.Rule != nil
}

// LacksRule asserts that a group exists and does not have a rule. It compares rules as
// HasRule does.
func (s *Server) LacksRule(t TB, group string, rule Permission) bool {
	t.Helper()
	found, err := s.findRule(group, rule)
	switch {
	case err != nil:
		t.Errorf("LacksRule: %v", err)
	case found.Rule != nil:
		t.Errorf("%s has the rule %s\n%s", group, found.Rule, s.lastCalls())
	}
	return err == nil && found.Rule == nil
}

// findRule looks for a rule in the groups that the server sees, as POST /_mock/rule does.
func (s *Server) findRule(group string, rule Permission) (store.Found, error) {
	account := ""
	if s.bound {
		account = s.AccountID
	}
	return s.mock.World().FindRule(account, group, []byte(compact(rule)))
}

// WasCalled asserts that an action was called with some parameters, each written as
// Name=value with the value that was sent:
//
//	srv.WasCalled(t, "RevokeSecurityGroup", "SecurityGroupId=sg-web", "Priority=1")
//
// The call need not have succeeded.
func (s *Server) WasCalled(t TB, action string, params ...string) bool {
	t.Helper()
	calls, err := s.calls(CallFilter{Action: action})
	if err == nil {
		err = checkParams(params)
	}
	switch {
	case err != nil:
		t.Errorf("WasCalled: %v", err)
		return false
	case slices.ContainsFunc(calls, func(c Call) bool { return c.has(params) }):
		return true
	}
	t.Errorf("%s was not called%s\n%s", action, nearestCall(calls, params), s.lastCalls())
	return false
}

// WasNotCalled asserts that an action was not called with some parameters, which are
// written as for WasCalled; without parameters, that it was not called at all.
func (s *Server) WasNotCalled(t TB, action string, params ...string) bool {
	t.Helper()
	calls, err := s.calls(CallFilter{Action: action})
	if err == nil {
		err = checkParams(params)
	}
	if err != nil {
		t.Errorf("WasNotCalled: %v", err)
		return false
	}
	calls = slices.DeleteFunc(calls, func(c Call) bool { return !c.has(params) })
	for _, c := range calls[:min(len(calls), mostCalls)] {
		t.Errorf("%s was called: %s", action, c)
	}
	return len(calls) == 0
}

// checkParams returns an error unless each parameter is written as Name=value.
func checkParams(params []string) error {
	for _, p := range params {
		if !strings.Contains(p, "=") {
			return fmt.Errorf("a parameter is Name=value, got %q", p)
		}
	}
	return nil
}

func (c *Call) has(params []string) bool {
	return len(c.lacks(params)) == 0
}

// lacks returns the parameters that a call does not have, or has with another value.
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

// nearestCall returns how the call differs that is nearest to some parameters.
func nearestCall(calls []Call, params []string) string {
	if len(calls) == 0 {
		return ""
	}
	nearest := slices.MinFunc(calls, func(a, b Call) int { return len(a.lacks(params)) - len(b.lacks(params)) })
	return fmt.Sprintf(" with %s; nearest is call %d: %s", strings.Join(params, ", "), nearest.Number, strings.Join(nearest.lacks(params), ", "))
}

// compact returns a rule in the state form, in one line.
func compact(p Permission) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(p) // fails only for a year beyond 9999
	return strings.TrimSpace(b.String())
}
