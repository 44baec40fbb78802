package ecsmock

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/server"
)

// seek finds a rule of a group, or tells what it misses. Which rules are the same,
// and which is the nearest, is for the mock alone to say: it is asked to revoke the
// rule from a copy of the group.
func (s *Server) seek(group string, rule Permission) (found *Permission, miss string, err error) {
	state := s.State()
	g, err := state.find(group)
	if err != nil {
		return nil, "", err
	}
	const key = "seeker"
	seed, err := json.Marshal(state.only(g))
	if err != nil {
		return nil, "", err
	}
	double, err := server.New(server.Options{Seed: seed, Keys: []server.Credential{{ID: key, Secret: key, Account: g.account()}}})
	if err != nil {
		return nil, "", err
	}
	params, err := revoke(g, rule)
	if err != nil {
		return nil, "", err
	}
	params.Set("AccessKeyId", key)
	a := exchange(double, "GET", "/?"+params.Encode(), nil)
	if a.status != http.StatusOK {
		miss, err = missed(a, rule)
		return nil, miss, err
	}
	var after State
	if err := json.Unmarshal(exchange(double, "GET", "/_mock/state", nil).body.Bytes(), &after); err != nil {
		return nil, "", err
	}
	left, err := after.find(g.path())
	if err != nil {
		return nil, "", err
	}
	for _, p := range g.Permissions {
		same := func(other Permission) bool { return other.SecurityGroupRuleId == p.SecurityGroupRuleId }
		if !slices.ContainsFunc(left.Permissions, same) {
			found = &p
		}
	}
	if found == nil {
		return nil, "a revoke deleted nothing", nil
	}
	if field := found.differs(rule); field != "" {
		return nil, "nearest is " + compact(*found) + ", which has another " + field, nil
	}
	return found, "", nil
}

// differs names a field, not of a rule's identity, in which the rule is not as asked.
func (p *Permission) differs(asked Permission) string {
	switch {
	case asked.SecurityGroupRuleId != "" && asked.SecurityGroupRuleId != p.SecurityGroupRuleId:
		return "SecurityGroupRuleId"
	case asked.Description != "" && asked.Description != p.Description:
		return "Description"
	case !asked.CreateTime.IsZero() && !asked.CreateTime.Equal(p.CreateTime):
		return "CreateTime"
	}
	return ""
}

// find is the group that an id means, which may have its region and account before it.
func (s *State) find(id string) (*SecurityGroup, error) {
	var found []*SecurityGroup
	var paths []string
	for i := range s.SecurityGroups {
		g := &s.SecurityGroups[i]
		if strings.HasSuffix("/"+g.path(), "/"+id) {
			found, paths = append(found, g), append(paths, g.path())
		}
	}
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("there is no group %s; %s", id, s.groups())
	case 1:
		return found[0], nil
	}
	return nil, fmt.Errorf("the group %s is there %d times; write which one: %s", id, len(found), strings.Join(paths, " or "))
}

// groups tells which groups there are, if they are not too many to read.
func (s *State) groups() string {
	const most = 10
	if len(s.SecurityGroups) == 0 {
		return "there are none: load a state, or create one"
	}
	var paths []string
	for i := range s.SecurityGroups[:min(most, len(s.SecurityGroups))] {
		paths = append(paths, s.SecurityGroups[i].path())
	}
	if more := len(s.SecurityGroups) - most; more > 0 {
		paths = append(paths, fmt.Sprintf("%d more", more))
	}
	return "there are " + strings.Join(paths, ", ")
}

// only is a state in which just one group has rules, and may be changed.
func (s *State) only(g *SecurityGroup) State {
	bare := State{Accounts: s.Accounts, PrefixLists: s.PrefixLists}
	for i := range s.SecurityGroups {
		other := s.SecurityGroups[i]
		other.ServiceManaged = false
		if &s.SecurityGroups[i] != g {
			other.Permissions = nil
		}
		bare.SecurityGroups = append(bare.SecurityGroups, other)
	}
	return bare
}

// defaultAccount is whose everything is that does not tell.
const defaultAccount = "1234567890123456"

func (g *SecurityGroup) account() string {
	if g.AccountId == "" {
		return defaultAccount
	}
	return g.AccountId
}

func (g *SecurityGroup) path() string {
	return g.account() + "/" + g.RegionId + "/" + g.SecurityGroupId
}

// revoke is a call that revokes a rule of a group.
func revoke(g *SecurityGroup, rule Permission) (url.Values, error) {
	action := "RevokeSecurityGroup"
	if strings.EqualFold(rule.Direction, "egress") {
		action += "Egress"
	}
	rule.Direction, rule.SecurityGroupRuleId, rule.Description, rule.CreateTime = "", "", "", time.Time{}
	text, err := json.Marshal(rule)
	if err != nil {
		return nil, err
	}
	var fields map[string]any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&fields); err != nil {
		return nil, err
	}
	params := url.Values{"Action": {action}, "Format": {"JSON"}, "RegionId": {g.RegionId}, "SecurityGroupId": {g.SecurityGroupId}}
	for name, value := range fields {
		params.Set(name, fmt.Sprint(value))
	}
	return params, nil
}

// missed tells why a revoke found nothing. An error is that there can be no such rule.
func missed(a *answer, rule Permission) (miss string, err error) {
	var told struct{ Code, Message string }
	if err := json.Unmarshal(a.body.Bytes(), &told); err != nil {
		return "", err
	}
	hint := a.header.Get("X-Ecsmock-Hint")
	switch told.Code {
	case "InvalidGroupAuthItem.NotFound", "InvalidNicType.Mismatch":
		return hint, nil
	}
	return "", fmt.Errorf("there can be no rule %s: %s: %s (%s)", compact(rule), told.Code, told.Message, hint)
}
