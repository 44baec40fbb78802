// Package reach answers whether the rules of security groups let traffic through, by the
// precedence that the vendor documents ("Security group rules", "Basic and advanced
// security groups" and ModifySecurityGroupPolicy of ECS):
//
//   - "When the intra-group connectivity policy of a security group is set to intra-group
//     connectivity, other custom access rules are ignored": members of one normal group
//     reach each other, unless its InnerAccessPolicy is Drop. One such group suffices.
//   - The rules of all groups of a member "are combined and sorted": by priority, smaller
//     numbers first, and then Drop before Accept. The first that matches decides.
//   - Without one, inbound traffic is dropped. Outbound traffic is accepted, but dropped
//     for enterprise groups.
//
// A group in a rule stands for the private addresses of its members. In the classic
// network a rule is for one of two network interfaces: that of the internet or that of
// the intranet.
//
// Only rules are looked at: not whether there is a route, whether an instance runs, or
// what the service lets through whatever the rules say, such as its health checks.
package reach

import (
	"errors"
	"net/netip"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// A Question is whether traffic from one end reaches the other. At least one of Egress
// and Ingress is set. If both are, the traffic has to pass both.
type Question struct {
	From, To End
	Protocol secgroup.Protocol // not All
	Port     int32             // of the destination; 0 for a protocol without ports
	Egress   bool              // whether the outbound rules of From are asked
	Ingress  bool              // whether the inbound rules of To are asked
}

// An End is the source or the destination: addresses, or a group or a member, which have
// Groups. A group stands for a member that is in no other group. The traffic may come from
// any port of the source and from any address of an end; what is true of a part of it
// only is true in part.
type End struct {
	Name   string            // for people
	Blocks []netip.Prefix    // the addresses; none of a group or a member is any address
	Groups []*secgroup.Group // the groups of the member, or the group
	Member bool              // whether it is a member

	// Anyone is every address that is not a member's, of the families that the other end
	// has or may have. For all of the traffic to reach, that of IPv4 suffices, for a part
	// that of IPv6.
	Anyone bool
}

// Lookup finds what rules name. Each function returns nil for what does not exist.
type Lookup struct {
	Addresses     func(group secgroup.Peer) []netip.Addr // private ones of the members
	PrefixList    func(account, id string) *secgroup.PrefixList
	PortRangeList func(account, id string) *secgroup.PortRangeList
}

// An Answer is what becomes of the traffic, and why.
type Answer struct {
	Reaches bool   // all of it
	Partly  bool   // some of it
	Why     string // a sentence
	Rules   []Ruling
	More    int // rules that Rules leaves out
}

// mostRulings is how many rules an answer has.
const mostRulings = 100

// A Ruling is a rule and what it has to do with the answer. Those that decide come first,
// then those that match too, and then, where no rule accepts the traffic, the nearest
// ones that do not match.
type Ruling struct {
	Group   *secgroup.Group
	Rule    *secgroup.Rule
	Decides bool
	Why     string // a sentence
}

// ErrFamily is the error for a question that mixes IPv4 and IPv6.
var ErrFamily = errors.New("one is of IPv4 and the other of IPv6; icmp is of IPv4, icmpv6 of IPv6")

// Ask answers a question.
func Ask(q *Question, lookup *Lookup) (Answer, error) {
	families := q.families()
	if len(families) == 0 {
		return Answer{}, ErrFamily
	}
	d := decide(q, lookup, families[0])
	if len(families) > 1 && d.accepted == nil {
		if six := decide(q, lookup, families[1]); six.accepted != nil {
			return partly(six, d), nil
		}
	}
	return d.answer(), nil
}

// families returns the families in which the question is asked: both only for anyone, and
// between groups and members IPv4 if the protocol has it.
func (q *Question) families() []secgroup.Family {
	var fit []secgroup.Family
	for _, f := range []secgroup.Family{secgroup.IPv4, secgroup.IPv6} {
		wrong := secgroup.ICMPv6
		if f == secgroup.IPv6 {
			wrong = secgroup.ICMP
		}
		if q.Protocol != wrong && q.From.has(f) && q.To.has(f) {
			fit = append(fit, f)
		}
	}
	if len(fit) < 2 || !q.From.Anyone && !q.To.Anyone {
		return fit[:min(1, len(fit))]
	}
	var known []secgroup.Family // of the addresses of the other end
	for _, f := range fit {
		if len(q.From.blocks(f))+len(q.To.blocks(f)) > 0 {
			known = append(known, f)
		}
	}
	if known != nil {
		return known
	}
	return fit
}

// has reports whether the end has addresses of a family. Those of a group or a member need
// not be known.
func (e *End) has(f secgroup.Family) bool {
	return e.Groups != nil || e.Anyone || len(e.blocks(f)) > 0
}

// blocks returns the blocks of a family.
func (e *End) blocks(f secgroup.Family) (blocks []netip.Prefix) {
	for _, b := range e.Blocks {
		if isOf(b, f) {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

// isOf reports whether a block is of a family; ::ffff:10.0.0.1 is of IPv6.
func isOf(block netip.Prefix, f secgroup.Family) bool {
	return block.Addr().Is6() == (f == secgroup.IPv6)
}

// spans returns the addresses of a family, all of them where none is known.
func (e *End) spans(f secgroup.Family) spans {
	if known := merged(e.blocks(f)); len(known) > 0 {
		return known
	}
	return spans{whole(f)}
}

// whole returns every address of a family.
func whole(f secgroup.Family) span {
	if f == secgroup.IPv6 {
		return spanOf(secgroup.All6)
	}
	return spanOf(secgroup.All4)
}

// isIn reports whether the end is a group, or a member of it.
func (e *End) isIn(group secgroup.Peer) bool {
	for _, g := range e.Groups {
		if g.ID == group.Group && g.Account == group.Owner {
			return true
		}
	}
	return false
}

// isEnterprise reports whether the end is of enterprise groups. The service has no member
// of groups of both types; where a state has one, the stricter type counts.
func (e *End) isEnterprise() bool {
	for _, g := range e.Groups {
		if g.Type == secgroup.Enterprise {
			return true
		}
	}
	return false
}

// nic returns the network interface at which traffic with the end arrives in the classic
// network.
func (e *End) nic() secgroup.Nic {
	for _, b := range e.Blocks {
		if e.Groups == nil && !isPrivate(b) {
			return secgroup.Internet
		}
	}
	if e.Anyone {
		return secgroup.Internet
	}
	return secgroup.Intranet
}

// isPrivate reports whether a block has only private addresses.
func isPrivate(b netip.Prefix) bool {
	s := spanOf(b)
	return s.first.addr(secgroup.IPv4).IsPrivate() && s.last.addr(secgroup.IPv4).IsPrivate()
}
