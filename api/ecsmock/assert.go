package ecsmock

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/secgroup"
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
	found, miss, err := s.findRule(group, rule)
	switch {
	case err != nil:
		t.Errorf("HasRule: %v", err)
	case found == "":
		t.Errorf("%s lacks the rule %s; %s\n%s", group, compact(rule), miss, s.lastCalls())
	}
	return err == nil && found != ""
}

// LacksRule asserts that a group exists and does not have a rule. It compares rules as
// HasRule does.
func (s *Server) LacksRule(t TB, group string, rule Permission) bool {
	t.Helper()
	found, _, err := s.findRule(group, rule)
	switch {
	case err != nil:
		t.Errorf("LacksRule: %v", err)
	case found != "":
		t.Errorf("%s has the rule %s\n%s", group, found, s.lastCalls())
	}
	return err == nil && found == ""
}

// findRule returns the rule of a group in the state form, or how the nearest one
// differs.
func (s *Server) findRule(group string, rule Permission) (found, miss string, err error) {
	text, err := json.Marshal(rule)
	if err != nil {
		return "", "", err
	}
	var gone *revoked
	err = s.mock.World().ViewAll(func(all []*store.Namespace) error {
		if s.bound {
			all = slices.DeleteFunc(all, func(ns *store.Namespace) bool { return ns.Account != s.AccountID })
		}
		ns, g, err := findGroup(all, group)
		if err != nil {
			return err
		}
		asked, err := ns.ReadRule(g, text)
		if err != nil {
			return fmt.Errorf("the rule %s is not valid: %w", compact(rule), err)
		}
		r := g.Find(asked.Key())
		if r == nil {
			miss, gone = g.Miss(asked.Key()).Hint(), &revoked{ns.Account, ns.Region, g.ID, asked.Key()}
			return nil
		}
		found = string(ns.WriteRule(g, r))
		if field := differs(r, &rule); field != "" {
			found, miss = "", "nearest is "+found+", which has another "+field
		}
		return nil
	})
	if gone != nil {
		miss += s.revokedBy(gone)
	}
	return found, miss, err
}

// revoked is where a rule that a group lacks may have been.
type revoked struct {
	account, region, group string
	key                    secgroup.Key
}

// errSeen ends an update that changes nothing.
var errSeen = errors.New("nothing was changed")

// revokedBy returns a clause that says which call revoked a rule, "" for none.
func (s *Server) revokedBy(r *revoked) (clause string) {
	s.mock.World().Update(r.account, r.region, func(ns *store.Namespace) error {
		g, err := ns.Group(r.group)
		if err != nil {
			return err
		}
		if id, by := ns.RevokedKey(g, r.key); by != nil {
			clause = fmt.Sprintf("; the group had it, as %s, until call %d revoked it", id, by.Number.Load())
		}
		return errSeen
	})
	return clause
}

// differs returns the name of a field that does not identify a rule, but was given and
// differs.
func differs(r *secgroup.Rule, asked *Permission) string {
	switch {
	case asked.SecurityGroupRuleId != "" && asked.SecurityGroupRuleId != r.ID:
		return "SecurityGroupRuleId"
	case asked.Description != "" && asked.Description != string(r.Description):
		return "Description"
	case !asked.CreateTime.IsZero() && !asked.CreateTime.Equal(r.Created):
		return "CreateTime"
	}
	return ""
}

// findGroup returns the group with an id, which may have its region and account before it.
func findGroup(all []*store.Namespace, name string) (*store.Namespace, *secgroup.Group, error) {
	where, id := "", name
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		where, id = name[:i], name[i+1:]
	}
	var found []*store.Namespace
	var paths []string
	for _, ns := range all {
		path := ns.Account + "/" + ns.Region
		if where != "" && path != where && ns.Region != where {
			continue
		}
		if _, err := ns.Group(id); err == nil {
			found, paths = append(found, ns), append(paths, path+"/"+id)
		}
	}
	switch len(found) {
	case 0:
		return nil, nil, fmt.Errorf("there is no group %s; %s", name, groups(all))
	case 1:
		g, err := found[0].Group(id)
		return found[0], g, err
	}
	return nil, nil, fmt.Errorf("there are %d groups %s; write %s", len(found), name, strings.Join(paths, " or "))
}

// groups returns a sentence with the first groups.
func groups(all []*store.Namespace) string {
	const most = 10
	var paths []string
	more := 0
	for _, ns := range all {
		for _, g := range slices.Backward(ns.Groups()) {
			if len(paths) < most {
				paths = append(paths, ns.Account+"/"+ns.Region+"/"+g.ID)
			} else {
				more++
			}
		}
	}
	if len(paths) == 0 {
		return "there are none at all: load a state or create one"
	}
	if more > 0 {
		paths = append(paths, fmt.Sprintf("%d more", more))
	}
	return "the groups are " + strings.Join(paths, ", ")
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
