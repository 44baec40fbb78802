package admin

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/reach"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// A reachEnd is an end as it is written: anyone, an address, a CIDR block, or the id of a
// group, a member or a prefix list, which may have its account, its region or both before
// it: 1234567890123456/cn-hangzhou/sg-web.
type reachEnd struct {
	name, text          string // of the parameter, and its value
	anyone              bool
	block               netip.Prefix
	account, region, id string
}

// readEnd reads an end. What is written before an id replaces an account and a region.
func readEnd(name, text, owner, region string, regions []string) reachEnd {
	e := reachEnd{name: name, text: text, anyone: strings.EqualFold(text, "anyone"), account: owner, region: region}
	if a, err := netip.ParseAddr(text); err == nil && a.Zone() == "" {
		e.block = netip.PrefixFrom(a, a.BitLen())
	} else if p, err := netip.ParsePrefix(text); err == nil {
		e.block = p
	} else if !e.anyone {
		e.id = text
		e.cut(regions)
	}
	return e
}

// cut takes an account and a region off the id.
func (e *reachEnd) cut(regions []string) {
	i := strings.LastIndexByte(e.id, '/')
	if i < 0 {
		return
	}
	owner, region, both := strings.Cut(e.id[:i], "/")
	if !both && slices.Contains(regions, owner) {
		owner, region = e.account, owner
	}
	var id account.ID
	if id.Set(owner) != nil {
		return // an address that is malformed, such as 10.0.0.0/33
	}
	if e.account, e.id = owner, e.id[i+1:]; region != "" {
		e.region = region
	}
}

// regionIDs returns the ids of all regions.
func (a *Admin) regionIDs() []string {
	var ids []string
	for _, r := range a.World.AllRegions() {
		ids = append(ids, r.ID)
	}
	return ids
}

// check returns an error for an end that is missing, and for a region that does not exist.
func (q *reachQuestion) check(region string, regions []string) error {
	for _, e := range []*reachEnd{&q.from, &q.to} {
		if e.text == "" {
			return errors.New(e.name + " is required; give " + ends)
		}
		if e.region != "" && !slices.Contains(regions, e.region) {
			return fmt.Errorf("there is no region %q; %s", e.region, param.DidYouMean(e.region, regions, "leave region out"))
		}
	}
	return nil
}

const ends = "anyone, an address, a CIDR block, or the id of a group, a member or a prefix list"

// namespace returns a namespace of the region that the question is about: that which has
// both ends.
func (q *reachQuestion) namespace(all []*store.Namespace) (*store.Namespace, error) {
	var found []*store.Namespace
	for i, e := range []*reachEnd{&q.from, &q.to} {
		if e.id == "" {
			continue
		}
		in := e.namespaces(all)
		if len(in) == 0 {
			return nil, e.unknown(all)
		}
		if i == 1 && q.from.id != "" {
			both := sameRegion(in, found)
			if len(both) == 0 {
				return nil, fmt.Errorf("%s is in %s and %s in %s; rules name groups of their own region, so give addresses instead of one of them",
					q.from.id, found[0].Region, q.to.id, in[0].Region)
			}
			in = both
		}
		found = in
	}
	switch len(found) {
	case 0:
		return nil, errors.New("from or to must be a group or a member: addresses have no rules")
	case 1:
		return found[0], nil
	}
	ids := strings.TrimPrefix(strings.TrimSuffix(q.from.id+" and "+q.to.id, " and "), " and ")
	return nil, fmt.Errorf("%s can be found in %s and in %s; give region", ids, found[0].Region, found[1].Region)
}

// sameRegion returns those of a list that are in the region of one of others.
func sameRegion(list, others []*store.Namespace) (same []*store.Namespace) {
	for _, ns := range list {
		for _, other := range others {
			if ns.Region == other.Region {
				same = append(same, ns)
			}
		}
	}
	return same
}

// namespaces returns the namespaces of the end's account that have its id.
func (e *reachEnd) namespaces(all []*store.Namespace) (found []*store.Namespace) {
	for _, ns := range all {
		if ns.Account == e.account && (e.region == "" || ns.Region == e.region) && hasEnd(ns, e.id) {
			found = append(found, ns)
		}
	}
	return found
}

func hasEnd(ns *store.Namespace, id string) bool {
	if _, err := ns.Group(id); err == nil {
		return true
	}
	m, _ := ns.Member(id)
	_, list := ns.PrefixList(id)
	return m != nil || list
}

// unknown returns the error for an id that the account does not have, with where it is, or
// which one was meant.
func (e *reachEnd) unknown(all []*store.Namespace) error {
	var ids []string
	for _, ns := range all {
		if hasEnd(ns, e.id) {
			return fmt.Errorf("%s: %s is of account %s in %s; write %s/%s/%s", e.name, e.id, ns.Account, ns.Region, ns.Account, ns.Region, e.id)
		}
		if ns.Account != e.account {
			continue
		}
		for _, g := range ns.Groups() {
			ids = append(ids, g.ID)
		}
		for _, i := range ns.Instances() {
			ids = append(ids, i.ID)
		}
		for _, i := range ns.Interfaces() {
			ids = append(ids, i.ID)
		}
		for _, l := range ns.PrefixLists() {
			ids = append(ids, l.ID)
		}
	}
	return fmt.Errorf("%s: account %s has no %q; %s", e.name, e.account, e.text, param.DidYouMean(e.id, ids, "give "+ends))
}

// end returns the end as the rules see it. It exists.
func (e *reachEnd) end(ns *store.Namespace) (out reach.End, err error) {
	out = reach.End{Name: e.text, Anyone: e.anyone}
	if e.id == "" {
		if !e.anyone {
			out.Blocks = []netip.Prefix{e.block}
		}
		return out, nil
	}
	if out.Name = e.id; e.account != ns.Account {
		out.Name += " of account " + e.account
	}
	in := ns.Of(e.account)
	if list, ok := in.PrefixList(e.id); ok {
		for _, entry := range list.Entries {
			out.Blocks = append(out.Blocks, entry.CIDR.Prefix)
		}
		if out.Blocks == nil {
			err = errors.New("the prefix list " + e.id + " has no entries; add one, or give an address")
		}
		return out, err
	}
	if g, _ := in.Group(e.id); g != nil {
		out.Groups = []*secgroup.Group{g}
		if addresses, known := in.MemberAddresses(e.id); known {
			out.Blocks = hosts(addresses)
		}
		return out, nil
	}
	m, addresses := in.Member(e.id)
	out.Member, out.Blocks = true, hosts(addresses)
	for _, id := range m.Groups {
		if g, _ := in.Group(id); g != nil {
			out.Groups = append(out.Groups, g)
		}
	}
	if out.Groups == nil {
		err = errors.New(e.id + " is in no security group, so it has no rules; add it to one, or ask for a group")
	}
	return out, err
}

// hosts returns addresses as blocks.
func hosts(addresses []netip.Addr) (blocks []netip.Prefix) {
	for _, a := range addresses {
		blocks = append(blocks, netip.PrefixFrom(a, a.BitLen()))
	}
	return blocks
}

// lookup finds what the rules of a region name.
func lookup(ns *store.Namespace) *reach.Lookup {
	return &reach.Lookup{
		Addresses: func(group secgroup.Peer) []netip.Addr {
			all, _ := ns.Of(group.Owner).MemberAddresses(group.Group)
			return all
		},
		PrefixList: func(account, id string) *secgroup.PrefixList {
			list, _ := ns.Of(account).PrefixList(id)
			return list
		},
		PortRangeList: func(account, id string) *secgroup.PortRangeList {
			list, _ := ns.Of(account).PortRangeList(id)
			return list
		},
	}
}
