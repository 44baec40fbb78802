package store

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Found is the answer to whether a group has a rule.
type Found struct {
	Rule []byte // the rule, in the state form; nil if the group lacks it
	Why  string // which rule comes nearest, and which call revoked the one that was asked for
}

// FindRule looks for a rule, given in the state form, in a group. Rules are compared as
// the API compares them when it revokes one; an id, a description and a time only if they
// are given. If several accounts or regions have a group with the id, it is written as
// region/id or account/region/id. An account that is not blank is the only one searched.
func (w *World) FindRule(account, group string, rule []byte) (found Found, err error) {
	w.mu.Lock() // RevokedKey may index what was revoked
	defer w.mu.Unlock()
	ns, g, err := w.contents.findGroup(account, group)
	if err != nil {
		return found, err
	}
	asked, err := ns.ReadRule(g, rule)
	if err != nil {
		return found, fmt.Errorf("the rule %s is not valid: %w", rule, err)
	}
	key := asked.Key()
	if r := g.Find(key); r != nil {
		text := ns.WriteRule(g, r)
		if field := differs(r, asked); field != "" {
			return Found{Why: "nearest is " + string(text) + ", which has another " + field}, nil
		}
		return Found{Rule: text}, nil
	}
	found.Why = g.Miss(key).Hint()
	if id, by := ns.RevokedKey(g, key); by != nil {
		found.Why += "; the group had it, as " + id + ", until call " + strconv.FormatInt(by.Number.Load(), 10) + " revoked it"
	}
	return found, nil
}

// differs returns the name of a field that does not identify a rule, but was given and
// differs.
func differs(r, asked *secgroup.Rule) string {
	switch {
	case asked.ID != "" && asked.ID != r.ID:
		return "SecurityGroupRuleId"
	case asked.Description != "" && asked.Description != r.Description:
		return "Description"
	case !asked.Created.IsZero() && !asked.Created.Equal(r.Created):
		return "CreateTime"
	}
	return ""
}

var errNoGroup = errors.New("the group is missing; name it, as in group=sg-web")

// mostShown is how many groups an error names.
const mostShown = 10

// findGroup returns the group with a name, as FindRule describes it.
func (c *contents) findGroup(account, name string) (in *Namespace, g *secgroup.Group, err error) {
	if name == "" {
		return nil, nil, errNoGroup
	}
	where, id := "", name
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		where, id = name[:i], name[i+1:]
	}
	var paths, all []string
	more := 0
	for _, ns := range c.namespaces() {
		if account != "" && ns.Account != account {
			continue
		}
		path := ns.Account + "/" + ns.Region
		if ns.groups[id] != nil && (where == "" || where == path || where == ns.Region) {
			in, paths = ns, append(paths, path+"/"+id)
		}
		shown := ns.sorted[max(0, len(ns.sorted)-mostShown+len(all)):]
		more += len(ns.sorted) - len(shown)
		for i := len(shown) - 1; i >= 0; i-- {
			all = append(all, path+"/"+shown[i].ID)
		}
	}
	why := "there are none at all: load a state or create one"
	switch {
	case len(paths) == 1:
		return in, in.groups[id], nil
	case len(paths) > 1:
		return nil, nil, errors.New("there are " + strconv.Itoa(len(paths)) + " groups " + name + "; write " + strings.Join(paths, " or "))
	case more > 0:
		all = append(all, strconv.Itoa(more)+" more")
		fallthrough
	case len(all) > 0:
		why = "the groups are " + strings.Join(all, ", ")
	}
	return nil, nil, errors.New("there is no group " + name + "; " + why)
}
