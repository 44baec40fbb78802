package reach

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// draws are few, so that rules meet.
var draws = []struct {
	field string
	texts []string
}{
	{"Direction", []string{"ingress", "ingress", "egress"}},
	{"IpProtocol", []string{"tcp", "tcp", "TCP", "udp", "all", "icmp", "icmpv6"}},
	{"SourcePortRange", []string{"", "", "", "", "-1/-1", "1024/65535", "5/6"}},
	{"NicType", []string{"", "", "internet", "intranet"}},
	{"Policy", []string{"", "accept", "drop", "Drop"}},
	{"Priority", []string{"", "1", "2", "2", "3"}},
}

var (
	blocks4 = []string{"0.0.0.0/0", "0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "10.1.2.3/32", "128.0.0.0/1", "0.0.0.0/1", "10.1.2.9/8", "198.51.100.7"}
	blocks6 = []string{"::/0", "2001:db8::/32", "2001:db8::1", "8000::/1", "::/1", "::ffff:10.1.2.3"}
	homes   = []string{"", "", "", "", "10.1.2.3", "10.1.0.0/16"}
)

func pick(rnd *rand.Rand, texts []string) string { return texts[rnd.IntN(len(texts))] }

// drawRule draws a rule of a group, which the domain may refuse.
func drawRule(rnd *rand.Rand, id string) naiveRule {
	r := naiveRule{"id": id}
	for _, d := range draws {
		r[d.field] = pick(rnd, d.texts)
	}
	switch p := strings.ToLower(r["IpProtocol"]); {
	case p != "tcp" && p != "udp":
		r["PortRange"], r["SourcePortRange"] = "-1/-1", ""
	case rnd.IntN(4) == 0:
		r["PortRangeListId"] = pick(rnd, []string{"prl-1", "prl-none"})
	default:
		r["PortRange"] = pick(rnd, []string{"22/22", "1/65535", "20/25", "80/80"})
	}
	local, remote := "Dest", "Source"
	if r["Direction"] == "egress" {
		local, remote = remote, local
	}
	switch rnd.IntN(6) {
	case 0, 1:
		r[remote+"CidrIp"], r[local+"CidrIp"] = pick(rnd, blocks4), pick(rnd, homes)
	case 2:
		r["Ipv6"+remote+"CidrIp"] = pick(rnd, blocks6)
	case 3:
		r["PeerPrefixListId"] = pick(rnd, []string{"pl-4", "pl-4", "pl-6", "pl-none"})
	default:
		owner, id, _ := strings.Cut(pick(rnd, []string{"1/sg-0", "1/sg-1", "1/sg-2", "2/sg-0", "2/sg-none"}), "/")
		r["PeerOwner"], r["PeerGroupId"], r[local+"CidrIp"] = owner, id, pick(rnd, homes)
	}
	return r
}

// drawWorld returns a naive world, and its groups in the domain by their paths.
func drawWorld(rnd *rand.Rand) (*naiveWorld, map[string]*secgroup.Group) {
	w := &naiveWorld{
		lists: map[string][]string{"1/pl-4": {"10.1.0.0/24", "10.1.0.0/16", "10.1.2.3/32", "203.0.113.0/24"}, "2/pl-4": {"198.51.100.7"}, "1/pl-6": {"2001:db8::/32"}},
		ports: map[string][]string{"1/prl-1": {"22/22", "80/90"}, "2/prl-1": {"443/443"}},
	}
	domain := map[string]*secgroup.Group{}
	for i, path := range []string{"1/sg-0", "1/sg-1", "1/sg-2", "2/sg-0", "1/sg-ent", "1/sg-classic"} {
		account, id, _ := strings.Cut(path, "/")
		n := &naiveGroup{account: account, id: id, enterprise: id == "sg-ent", classic: id == "sg-classic", drop: rnd.IntN(2) == 0}
		g := &secgroup.Group{ID: id, Account: account, VPC: "vpc-1"}
		if n.classic {
			g.VPC = ""
		}
		if n.enterprise {
			g.Type = secgroup.Enterprise
		}
		g.InnerAccess = secgroup.Accept // a state may say so of an enterprise group, too
		if n.drop {
			g.InnerAccess = secgroup.Drop
		}
		g.SetDefaults()
		for j := range rnd.IntN(9) {
			r := drawRule(rnd, fmt.Sprintf("sgr-%d-%d", i, j))
			if rule, err := r.rule(g); err == nil && g.Find(rule.Key()) == nil {
				g.Add(rule)
				n.rules = append(n.rules, r)
			}
		}
		w.groups, domain[path] = append(w.groups, n), g
	}
	for _, m := range []naiveMember{
		{addresses: []string{"10.1.2.3"}}, {addresses: []string{"10.1.2.4", "10.9.9.9", "2001:db8::1"}}, {addresses: []string{"2001:db8::2"}}, {},
	} {
		if rnd.IntN(4) == 0 {
			m.groups = []string{"1/sg-classic"}
		}
		for _, path := range []string{"1/sg-0", "1/sg-1", "1/sg-2"} {
			if rnd.IntN(2) == 0 {
				m.groups = append(m.groups, path)
			}
		}
		w.members = append(w.members, m)
	}
	return w, domain
}

// drawEnd draws an end, which is not one of addresses if it must have groups.
func (w *naiveWorld) drawEnd(rnd *rand.Rand, grouped bool) naiveEnd {
	kind := 2 + rnd.IntN(3)
	if !grouped {
		kind = rnd.IntN(5)
	}
	switch kind {
	case 0:
		return naiveEnd{kind: "anyone"}
	case 1:
		list := pick(rnd, []string{"1/pl-4", "1/pl-6"})
		return naiveEnd{kind: "blocks", addresses: slices.Concat(w.lists[list], nil)}
	case 2:
		g := w.groups[rnd.IntN(len(w.groups))]
		end := naiveEnd{kind: "group", groups: []string{g.path()}}
		if rnd.IntN(2) == 0 {
			end.addresses = []string{"10.1.2.3", "10.1.2.4"}
		}
		return end
	case 3:
		if m := w.members[rnd.IntN(len(w.members))]; len(m.groups) > 0 {
			return naiveEnd{kind: "member", groups: m.groups, addresses: m.addresses}
		}
		return w.drawEnd(rnd, grouped)
	}
	if grouped {
		return w.drawEnd(rnd, true)
	}
	return naiveEnd{kind: "blocks", addresses: []string{pick(rnd, append(blocks4, blocks6...))}}
}

func (w *naiveWorld) drawQuestion(rnd *rand.Rand) *naiveQuestion {
	q := &naiveQuestion{protocol: pick(rnd, []string{"tcp", "tcp", "tcp", "icmp", "icmpv6", "gre"})}
	if q.protocol == "tcp" {
		q.port = []int{22, 22, 80, 443}[rnd.IntN(4)]
	}
	grouped := rnd.IntN(3)
	q.from, q.to = w.drawEnd(rnd, grouped == 0), w.drawEnd(rnd, grouped > 0)
	q.egress, q.ingress = q.from.groups != nil, q.to.groups != nil
	if q.egress && q.ingress {
		switch rnd.IntN(3) {
		case 0:
			q.egress = false
		case 1:
			q.ingress = false
		}
	}
	return q
}
