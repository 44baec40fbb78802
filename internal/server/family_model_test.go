package server_test

import (
	"cmp"
	"encoding/json"
	"net/netip"
	"slices"
	"strconv"

	"github.com/ecsmock/ecsmock/internal/account"
)

// The model of the rule actions is groups that are slices of plain rules, searched
// from end to end and compared field by field. It reads the texts of a request
// itself and shares nothing with the product but the readings of the document.

// familyRule is a rule as Describe is to tell it, but for what its names stand for.
type familyRule struct {
	id, created                    string // told by the first Describe that has the rule
	direction                      string
	protocol, ports, sourcePorts   string
	policy, priority, nic          string
	source4, source6, dest4, dest6 string
	group, owner, list             string
	description                    string
}

// familyGroup is a group. One without a VPC is classic.
type familyGroup struct {
	account, id, name, vpc string
	enterprise             bool
	rules                  []*familyRule
	compared               [2]string // what was told of the rules as they are, by NIC type
}

// familyList is a prefix list of the default account.
type familyList struct {
	name, family string
	cost         int
}

// familyModel is a world in an edition.
type familyModel struct {
	year   int
	groups []*familyGroup
	lists  map[string]familyList
}

const (
	familyMe        = account.DefaultID
	familyMyMail    = "test@aliyun.com"
	familyThem      = "2222222222222222"
	familyTheirMail = "them@example.com"
)

// newFamilyModel is the world that every drive begins with. Of the groups two are
// nearly as full as the edition lets them be.
func newFamilyModel(year int) *familyModel {
	m := &familyModel{year: year, lists: map[string]familyList{
		"pl-four": {"four", "IPv4", 3},
		"pl-six":  {"six", "IPv6", 3},
	}}
	for _, g := range []familyGroup{
		{account: familyMe, id: "sg-normal", name: "normal", vpc: "vpc-1"},
		{account: familyMe, id: "sg-second", vpc: "vpc-1"},
		{account: familyMe, id: "sg-elsewhere", name: "elsewhere", vpc: "vpc-2"},
		{account: familyMe, id: "sg-classic", name: "classic"},
		{account: familyMe, id: "sg-classic-too"},
		{account: familyMe, id: "sg-enterprise", name: "enterprise", vpc: "vpc-1", enterprise: true},
		{account: familyMe, id: "sg-full", name: "full", vpc: "vpc-1"},
		{account: familyMe, id: "sg-twin", name: "mine", vpc: "vpc-1"},
		{account: familyThem, id: "sg-twin", name: "theirs", vpc: "vpc-1"},
		{account: familyThem, id: "sg-theirs", vpc: "vpc-1"},
		{account: familyThem, id: "sg-their-classic"},
	} {
		m.groups = append(m.groups, &g)
	}
	full := m.group(familyMe, "sg-full")
	for i := range m.most() - 5 {
		full.rules = append(full.rules, familyFiller(i))
	}
	return m
}

// familyFiller is one of the rules of sg-full, nineteen of which name a group.
func familyFiller(i int) *familyRule {
	port := strconv.Itoa(1000 + i)
	r := &familyRule{
		id: "sgr-full-" + port, direction: "ingress", protocol: "TCP", ports: port + "/" + port,
		policy: "Accept", priority: "1", nic: "intranet", source4: "192.0.2.1",
	}
	if i < 19 {
		r.source4, r.group, r.owner = "", "sg-second", familyMe
	}
	return r
}

// most is how many rules a group may hold: "100" in 2019, "200" from 2020 on.
func (m *familyModel) most() int {
	if m.year == 2019 {
		return 100
	}
	return 200
}

func (m *familyModel) group(account, id string) *familyGroup {
	for _, g := range m.groups {
		if g.account == account && g.id == id {
			return g
		}
	}
	return nil
}

// find is the rule of the group that is this one, or nil.
func (g *familyGroup) find(r *familyRule) *familyRule {
	i := slices.IndexFunc(g.rules, r.same)
	if i < 0 {
		return nil
	}
	return g.rules[i]
}

// same is the reading "identity of a rule", word by word.
func (r *familyRule) same(o *familyRule) bool {
	return r.direction == o.direction &&
		r.protocol == o.protocol &&
		r.ports == o.ports &&
		cmp.Or(r.sourcePorts, "-1/-1") == cmp.Or(o.sourcePorts, "-1/-1") &&
		r.nic == o.nic &&
		r.policy == o.policy &&
		r.priority == o.priority &&
		familyBlock(r.far()) == familyBlock(o.far()) &&
		r.group == o.group && r.owner == o.owner && r.list == o.list &&
		familyBlock(r.nearOrEvery()) == familyBlock(o.nearOrEvery())
}

// far is the block of the rule's other side, near that of the group's own.
func (r *familyRule) far() string {
	if r.direction == "egress" {
		return r.dest4 + r.dest6
	}
	return r.source4 + r.source6
}

func (r *familyRule) near() string {
	if r.direction == "egress" {
		return r.source4 + r.source6
	}
	return r.dest4 + r.dest6
}

// nearOrEvery: "absent equals 0.0.0.0/0 (::/0 in a rule with icmpv6 or an IPv6 end)".
func (r *familyRule) nearOrEvery() string {
	every := "0.0.0.0/0"
	if r.protocol == "ICMPV6" || r.source6+r.dest6 != "" {
		every = "::/0"
	}
	return cmp.Or(r.near(), every)
}

// familyBlock is what a block covers: "a bare address and its /32 (/128) are one;
// host bits count".
func familyBlock(text string) netip.Prefix {
	if addr, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(addr, addr.BitLen())
	}
	p, _ := netip.ParsePrefix(text)
	return p
}

// cost is what a rule takes of its group's quota: "A rule that uses a prefix list
// costs MaxEntries units".
func (m *familyModel) cost(rules []*familyRule) (cost, peered int) {
	for _, r := range rules {
		if r.group != "" {
			peered++
		}
		if l, ok := m.lists[r.list]; ok {
			cost += l.cost
			continue
		}
		cost++
	}
	return cost, peered
}

// state is the world in the state form.
func (m *familyModel) state() []byte {
	type object = map[string]any
	var groups, lists []object
	for _, g := range m.groups {
		var rules []object
		for _, r := range g.rules {
			told := object{}
			for name, text := range r.told(m) {
				if name != "SourceGroupName" && name != "SourcePrefixListName" && name != "DestGroupName" && name != "DestPrefixListName" && text != "" {
					told[name] = text
				}
			}
			rules = append(rules, told)
		}
		group := object{"RegionId": "cn-hangzhou", "AccountId": g.account, "SecurityGroupId": g.id, "SecurityGroupName": g.name, "VpcId": g.vpc, "Permissions": rules}
		if rules == nil {
			delete(group, "Permissions")
		}
		if g.enterprise {
			group["SecurityGroupType"] = "enterprise"
		}
		groups = append(groups, group)
	}
	for id, l := range m.lists {
		lists = append(lists, object{"RegionId": "cn-hangzhou", "PrefixListId": id, "PrefixListName": l.name, "AddressFamily": l.family, "MaxEntries": l.cost})
	}
	text, _ := json.Marshal(object{ // texts and numbers only: it cannot fail
		"Version": 1, "Accounts": []object{{"AccountId": familyThem, "Email": familyTheirMail}},
		"SecurityGroups": groups, "PrefixLists": lists,
	})
	return text
}
