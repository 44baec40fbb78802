package store

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/ecsmock/ecsmock/internal/form"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// An Access is one account in one region of a world, with what its updates changed.
type Access struct {
	World    *World
	Account  string
	Region   string
	Changes  []Change
	Revision uint64 // of the world after the last update that changed something
}

// View calls f as World.View does.
func (a *Access) View(f func(*Namespace) error) error { return a.World.View(a.Account, a.Region, f) }

// Update calls f as World.Update does, and keeps what it changed.
func (a *Access) Update(f func(*Namespace) error) error {
	return a.World.update(a.Account, a.Region, a, f)
}

// A Change is one thing of the world that an update added, changed or removed.
type Change struct {
	Kind    string // group, rule, instance, and so on
	ID      string
	Group   string // of a rule, else ""
	Account string
	Region  string

	was, is         []byte         // in the state form
	wasRule, isRule *secgroup.Rule // of a rule, instead: most are never read
}

// Was returns what the thing was before, in the state form, or nil if it was added. A group
// that was removed has its rules with it, one that was changed does not.
func (c *Change) Was() []byte { return text(c.was, c.wasRule) }

// Is returns what the thing was afterwards, or nil if it was removed.
func (c *Change) Is() []byte { return text(c.is, c.isRule) }

func text(kept []byte, rule *secgroup.Rule) []byte {
	if rule == nil {
		return kept
	}
	return form.WriteRow(func(f *form.Object) { fields(f, rule) })
}

// ruleSize is about what a rule takes, in bytes.
const ruleSize = 512

// Size returns about how many bytes the change takes.
func (c *Change) Size() int {
	n := len(c.was) + len(c.is)
	for _, r := range [...]*secgroup.Rule{c.wasRule, c.isRule} {
		if r != nil {
			n += ruleSize
		}
	}
	return n
}

// Edit must be called before something of the namespace is changed in place, other than by
// a method of the namespace, so that the changes of the update have it.
func (ns *Namespace) Edit(id string) { ns.touch(id, false) }

// touch keeps what a thing was before the update changes it; nothing if the update adds it.
func (ns *Namespace) touch(id string, whole bool) {
	if ns.by == nil || slices.ContainsFunc(ns.by.Changes, func(c Change) bool { return c.ID == id && c.Kind != ruleKind }) {
		return
	}
	c := Change{ID: id, Account: ns.Account, Region: ns.Region}
	c.Kind, c.was = ns.print(id, whole)
	ns.by.Changes = append(ns.by.Changes, c)
}

const ruleKind = "rule"

// touchRule keeps a rule before and after a change. One of them may be nil.
func (ns *Namespace) touchRule(g *secgroup.Group, was, is *secgroup.Rule) {
	if ns.by == nil {
		return
	}
	ns.by.Changes = append(ns.by.Changes, Change{
		Kind: ruleKind, ID: cmp.Or(is, was).ID, Group: g.ID, Account: ns.Account, Region: ns.Region,
		wasRule: bare(was, g), isRule: bare(is, g),
	})
}

// bare returns a copy of a rule as the state form has it.
func bare(r *secgroup.Rule, g *secgroup.Group) *secgroup.Rule {
	if r == nil {
		return nil
	}
	b := withoutDefaults(r, g)
	return &b
}

// record completes the changes of an update from the first one on, and removes those of
// things that are as they were.
func (ns *Namespace) record(first int) {
	changes := ns.by.Changes[:first]
	for _, c := range ns.by.Changes[first:] {
		if c.Kind != ruleKind {
			kind, is := ns.print(c.ID, c.was == nil)
			c.Kind, c.is = cmp.Or(kind, c.Kind), is
		} else if c.wasRule == nil || c.isRule == nil {
			changes = append(changes, c) // without a look at its text
			continue
		}
		if !bytes.Equal(c.Was(), c.Is()) {
			changes = append(changes, c)
		}
	}
	ns.by.Changes = changes
}

// print returns a thing of the namespace in the state form, in one line, and its kind; nil
// if there is none with the id. A group has its rules if it is whole.
func (ns *Namespace) print(id string, whole bool) (kind string, text []byte) {
	s := &state{contents: ns.all}
	declare := func(*form.Object) {}
	if g, ok := ns.groups[id]; ok {
		kind, declare = "group", func(f *form.Object) { s.attributes(f, g) }
		if whole {
			declare = func(f *form.Object) { s.group(f, g) }
		}
	} else if i, ok := ns.instances.get(id); ok {
		kind, declare = "instance", func(f *form.Object) { s.instance(f, i) }
	} else if e, ok := ns.interfaces.get(id); ok {
		kind, declare = "interface", func(f *form.Object) { s.networkInterface(f, e) }
	} else if p, ok := ns.prefixLists.get(id); ok {
		kind, declare = "prefix-list", func(f *form.Object) { s.prefixList(f, p) }
	} else if p, ok := ns.portLists.get(id); ok {
		kind, declare = "port-range-list", func(f *form.Object) { s.portRangeList(f, p) }
	} else if v, ok := ns.vpcs.get(id); ok {
		kind, declare = "vpc", func(f *form.Object) { s.vpc(f, v) }
	} else if v, ok := ns.vswitches.get(id); ok {
		kind, declare = "vswitch", func(f *form.Object) { s.vswitch(f, v) }
	} else if g, ok := ns.all.resourceGroups[ns.Account].get(id); ok {
		kind, declare = "resource-group", func(f *form.Object) { s.resourceGroup(f, g) }
	}
	if kind == "" {
		return "", nil
	}
	return kind, form.WriteRow(declare)
}
