package reach

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// A naive world is what a person would read: texts. Its reader looks at one packet after
// the other and at one rule after the other, and knows nothing of boxes and of the domain.
type naiveWorld struct {
	groups  []*naiveGroup
	members []naiveMember
	lists   map[string][]string // blocks of prefix lists, by account/id
	ports   map[string][]string // ranges of port range lists, by account/id
}

type naiveGroup struct {
	account, id               string
	enterprise, classic, drop bool // drop is the InnerAccessPolicy
	rules                     []naiveRule
}

func (g *naiveGroup) path() string { return g.account + "/" + g.id }

// A naiveRule is the wire fields of a rule, with its id and its direction.
type naiveRule map[string]string

type naiveMember struct {
	groups    []string // paths
	addresses []string
}

// A naiveEnd has a kind: anyone, blocks, group or member.
type naiveEnd struct {
	kind      string
	addresses []string // blocks; none of a group or member is any
	groups    []string // paths
}

type naiveQuestion struct {
	from, to        naiveEnd
	protocol        string
	port            int
	egress, ingress bool
}

// answer tries each packet that may make a difference in a family, and returns whether all
// and whether some reach, and the ids of the rules that decide.
func (w *naiveWorld) answer(q *naiveQuestion, six bool) (all, some bool, deciders map[string]bool) {
	all, deciders = true, map[string]bool{}
	for _, src := range w.points(&q.from, six) {
		for _, dst := range w.points(&q.to, six) {
			for _, port := range w.sourcePorts() {
				if w.passes(q, src, dst, port, deciders) {
					some = true
				} else {
					all = false
				}
			}
		}
	}
	return all, some, deciders
}

// passes sends one packet, first in, then out. Where it is refused, only the rule that
// refuses it decides.
func (w *naiveWorld) passes(q *naiveQuestion, src, dst netip.Addr, port int, deciders map[string]bool) bool {
	var by []string
	if q.ingress {
		ok, rule := w.side(q, "ingress", &q.to, &q.from, dst, src, port)
		if by = append(by, rule); !ok {
			note(deciders, rule)
			return false
		}
	}
	if q.egress {
		ok, rule := w.side(q, "egress", &q.from, &q.to, src, dst, port)
		if by = append(by, rule); !ok {
			note(deciders, rule)
			return false
		}
	}
	note(deciders, by...)
	return true
}

func note(deciders map[string]bool, rules ...string) {
	for _, id := range rules {
		if id != "" {
			deciders[id] = true
		}
	}
}

// side returns whether one side accepts a packet, and the rule that decides, "" for none.
func (w *naiveWorld) side(q *naiveQuestion, direction string, owner, other *naiveEnd, here, there netip.Addr, port int) (bool, string) {
	best, enterprise := naiveRule(nil), false
	for _, path := range owner.groups {
		g := w.group(path)
		enterprise = enterprise || g.enterprise
		if !g.enterprise && !g.drop && w.isIn(other, there, path) && (!g.classic || nic(other) == "intranet") {
			return true, ""
		}
	}
	for _, path := range owner.groups {
		g := w.group(path)
		for _, r := range g.rules {
			if r["Direction"] == direction && w.matches(q, g, r, other, here, there, port) && (best == nil || before(r, best)) {
				best = r
			}
		}
	}
	if best == nil {
		return direction == "egress" && !enterprise, ""
	}
	return !strings.EqualFold(best["Policy"], "drop"), best["id"]
}

func (w *naiveWorld) group(path string) *naiveGroup {
	return w.groups[slices.IndexFunc(w.groups, func(g *naiveGroup) bool { return g.path() == path })]
}

// before reports whether a rule comes before one that was created earlier.
func before(r, best naiveRule) bool {
	p, q := priority(r), priority(best)
	return p < q || p == q && strings.EqualFold(r["Policy"], "drop") && !strings.EqualFold(best["Policy"], "drop")
}

func priority(r naiveRule) int {
	n, err := strconv.Atoi(r["Priority"])
	if err != nil {
		return 1
	}
	return n
}

func (w *naiveWorld) matches(q *naiveQuestion, g *naiveGroup, r naiveRule, other *naiveEnd, here, there netip.Addr, port int) bool {
	if p := strings.ToLower(r["IpProtocol"]); p != "all" && p != q.protocol {
		return false
	}
	if q.port != 0 && !strings.EqualFold(r["IpProtocol"], "all") {
		ranges := []string{r["PortRange"]}
		if r["PortRange"] == "" {
			ranges = w.ports[g.account+"/"+r["PortRangeListId"]]
		}
		if !slices.ContainsFunc(ranges, func(text string) bool { return inRange(q.port, text) }) {
			return false
		}
		if text := r["SourcePortRange"]; text != "" && text != "-1/-1" && !inRange(port, text) {
			return false
		}
	}
	if g.classic {
		usual := "internet"
		if r["PeerGroupId"] != "" {
			usual = "intranet"
		}
		if text := r["NicType"]; text != "" {
			usual = text
		}
		if usual != nic(other) {
			return false
		}
	}
	local, remote := "Dest", "Source"
	if r["Direction"] == "egress" {
		local, remote = remote, local
	}
	if text := r[local+"CidrIp"] + r["Ipv6"+local+"CidrIp"]; text != "" && !within(here, []string{text}) {
		return false
	}
	switch text := r[remote+"CidrIp"] + r["Ipv6"+remote+"CidrIp"]; {
	case text != "":
		return within(there, []string{text})
	case r["PeerGroupId"] != "":
		return w.isIn(other, there, r["PeerOwner"]+"/"+r["PeerGroupId"])
	}
	return within(there, w.lists[g.account+"/"+r["PeerPrefixListId"]])
}

func inRange(port int, text string) bool {
	first, last, _ := strings.Cut(text, "/")
	a, _ := strconv.Atoi(first)
	b, _ := strconv.Atoi(last)
	return a <= port && port <= b
}

// isIn reports whether a packet comes from, or goes to, a member of a group.
func (w *naiveWorld) isIn(e *naiveEnd, a netip.Addr, path string) bool {
	switch e.kind {
	case "anyone":
		return false
	case "group", "member":
		return slices.Contains(e.groups, path)
	}
	return slices.ContainsFunc(w.members, func(m naiveMember) bool {
		return slices.Contains(m.groups, path) && within(a, m.addresses)
	})
}

// nic is the interface of a member of the classic network that talks with an end.
func nic(e *naiveEnd) string {
	private := []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}
	if e.kind == "anyone" {
		return "internet"
	}
	for _, text := range e.addresses {
		first, last := bounds(text)
		if e.kind == "blocks" && !(within(first, private) && within(last, private)) {
			return "internet"
		}
	}
	return "intranet"
}

// rule makes the rule of the domain.
func (r naiveRule) rule(g *secgroup.Group) (*secgroup.Rule, error) {
	out := &secgroup.Rule{ID: r["id"]}
	if r["Direction"] == "egress" {
		out.Direction = secgroup.Egress
	}
	out.Peer = secgroup.Peer{Group: r["PeerGroupId"], Owner: r["PeerOwner"], PrefixList: r["PeerPrefixListId"]}
	var err error
	out.Fields(func(name string, v secgroup.Value) {
		if text := r[name]; text != "" && err == nil {
			err = v.Set(text)
		}
	})
	if err == nil {
		err = out.Check(g.ID, false)
	}
	if err == nil {
		err = g.CheckRule(out)
	}
	out.SetDefaults(g)
	return out, err
}
