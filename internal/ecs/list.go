package ecs

import (
	"errors"
	"fmt"
	"slices"
	"sort"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// maxEntries is how many entries of a list a request may add, and how many it may remove.
const maxEntries = 200

var (
	errPrefixList    = errors.New("the account has no such prefix list in the region")
	errPortRangeList = errors.New("the account has no such port range list in the region")
	errListQuota     = errors.New("the account already has the most lists in the region")
	errAssociated    = errors.New("a rule of a security group names the list")
	errEntryTwice    = errors.New("the request has the same entry twice, or both adds and removes it")
	errEntries       = errors.New("the list would have more entries than its MaxEntries")
)

// rename gives a list a name and a description, unless they are absent.
func rename(l *secgroup.List, name secgroup.ListName, description secgroup.ListDescription) {
	if name != "" {
		l.Name = secgroup.Text(name)
	}
	if description != "" {
		l.Description = secgroup.Text(description)
	}
}

// unassociated returns an error if there are groups whose rules name a list.
func unassociated(groups []*secgroup.Group) error {
	if len(groups) == 0 {
		return nil
	}
	return product.Hinted(errAssociated, "a rule of "+groups[0].ID+" names this list")
}

// An entryChange changes the entries of a list, each of which a text identifies. It is
// not generic, which would make the program 6 kB larger.
type entryChange struct {
	remove, add []string
	described   []bool // whether an added one has a description
}

// apply returns which entries the changed list has: those below len(entries) are of the
// list, the others are added. An added entry that the list has gets the new description.
func (c *entryChange) apply(caller *Caller, entries []string, most int) ([]int, error) {
	seen := map[string]bool{}
	for _, list := range [][]string{c.remove, c.add} {
		for _, key := range list {
			if seen[key] {
				return nil, &sameEntry{key}
			}
			seen[key] = true
		}
	}
	var changed []int
	at := map[string]int{} // where in changed
	for i, key := range entries {
		if !slices.Contains(c.remove, key) {
			at[key] = len(changed)
			changed = append(changed, i)
		}
	}
	for _, key := range c.remove {
		if !slices.Contains(entries, key) {
			caller.Call.Note("the list has no entry " + key + " to remove")
		}
	}
	for i, key := range c.add {
		switch n, has := at[key]; {
		case !has:
			changed = append(changed, len(entries)+i)
		case c.described[i]:
			changed[n] = len(entries) + i
		}
	}
	if len(changed) > most && len(changed) > len(entries) {
		return nil, &tooManyEntries{len(changed), most}
	}
	return changed, nil
}

// sameEntry is the error of an entry that a request has twice.
type sameEntry struct{ entry string }

func (s *sameEntry) Error() string        { return errEntryTwice.Error() }
func (s *sameEntry) Is(target error) bool { return target == errEntryTwice }
func (s *sameEntry) Hint() string {
	return "the request has " + s.entry + " twice, or both adds and removes it"
}

// tooManyEntries is the error of a list that would have more entries than it may have.
type tooManyEntries struct{ n, most int }

func (e *tooManyEntries) Error() string        { return errEntries.Error() }
func (e *tooManyEntries) Is(target error) bool { return target == errEntries }
func (e *tooManyEntries) Hint() string {
	return fmt.Sprintf("the list would have %d entries; its MaxEntries is %d", e.n, e.most)
}

// An associationPage selects a part of the groups whose rules name a list.
type associationPage struct {
	Most  int
	Token nextToken
}

func (g *associationPage) bind(p *param.Set) {
	p.Int(&g.Most, "MaxResults", "Security groups a page.").Between(1, 100).Default("10").Example("10")
	g.Token.bind(p)
}

// cut returns the page of groups, which are in ascending order of their ids, and the
// token of the next page.
func (g *associationPage) cut(groups []*secgroup.Group) (list []association, next string) {
	if g.Token != "" {
		groups = groups[sort.Search(len(groups), func(i int) bool { return groups[i].ID > string(g.Token) }):]
	}
	if len(groups) > g.Most {
		groups = groups[:g.Most]
		next = newToken(groups[g.Most-1].ID)
	}
	for _, by := range groups {
		list = append(list, association(by.ID))
	}
	return list, next
}

// An association is the id of a group whose rules name a list.
type association string

// fields declares the group; kind is what the action calls security groups.
func (id *association) fields(w *wire.Writer, kind string) {
	w.Text("ResourceId", string(*id))
	w.Text("ResourceType", kind)
}
