package ecs

import (
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// rule is a rule as a request gives it: flat, or as an element of Permissions.
type rule struct {
	secgroup.Rule
	ownerID      secgroup.OwnerID
	ownerAccount string
	blank        bool // the other side is there, with nothing in it
	settled
}

// side is the names of one direction's parameters for the rule's other side.
type side struct {
	direction                secgroup.Direction
	cidr4, cidr6             string
	group, account, id, list string
	idText                   string
	strayGroup, strayAccount string // the other direction's, which the document mixes up
}

var (
	ingressSide = side{
		direction: secgroup.Ingress,
		cidr4:     "SourceCidrIp", cidr6: "Ipv6SourceCidrIp",
		group: "SourceGroupId", account: "SourceGroupOwnerAccount", id: "SourceGroupOwnerId", list: "SourcePrefixListId",
		idText:     "Account of that group, by id; takes precedence over SourceGroupOwnerAccount.",
		strayGroup: "DestGroupId", strayAccount: "DestGroupOwnerAccount",
	}
	egressSide = side{
		direction: secgroup.Egress,
		cidr4:     "DestCidrIp", cidr6: "Ipv6DestCidrIp",
		group: "DestGroupId", account: "DestGroupOwnerAccount", id: "DestGroupOwnerId", list: "DestPrefixListId",
		idText: "Account of that group, by id; takes precedence over DestGroupOwnerAccount.",
	}
)

func (r *rule) ingress(p *param.Set) { r.bind(p, &ingressSide) }

func (r *rule) egress(p *param.Set) { r.bind(p, &egressSide) }

const (
	weakerThanCIDR  = "a CIDR block takes precedence over a group"
	weakerThanGroup = "a CIDR block or a group takes precedence over a prefix list"
	stray           = "the document names it by mistake for the source group's"
)

// bind declares a rule's parameters, in the order in which the document has them
// and they are checked.
func (r *rule) bind(p *param.Set, n *side) {
	r.Direction = n.direction
	var sourceBlank, destBlank bool
	p.Var(&r.Protocol, "IpProtocol", "Transport layer protocol, in any case.").Else(secgroup.ErrProtocolCase).Example("tcp")
	p.Var(&r.Ports, "PortRange", "Range of destination ports: first/last, 1 to 65535, for tcp and udp; -1/-1 for every other protocol.").Else(secgroup.ErrPorts).Example("1/200")
	p.Var(&r.Description, "Description", "Description of the rule, 1 to 512 characters. Not part of what identifies a rule.").Example("FinanceJoshuaTest")
	p.Var(&r.Dest4, "DestCidrIp", "Destination IPv4 address or CIDR block.").NoteBlank(&destBlank).Example("0.0.0.0/0")
	p.Var(&r.Dest6, "Ipv6DestCidrIp", "Destination IPv6 address or CIDR block; VPC groups only.").Example("2001:db8:1234:1a00::/56")
	p.Var(&r.Source6, "Ipv6SourceCidrIp", "Source IPv6 address or CIDR block; VPC groups only.").Example("2001:db8:1234:1a00::/56")
	p.Var(&r.Nic, "NicType", "NIC type. A VPC group has intranet only, whatever is sent; a classic group internet, but intranet where the other side is a group.").Default("internet").Example("intranet")
	p.Var(&r.Policy, "Policy", "accept grants access; drop denies it and returns no response. In any case.").Default("accept").Example("accept")
	p.Var(&r.Priority, "Priority", "Priority, 1 to 100, 1 before 100. Part of what identifies a rule.").Default("1").Example("1")
	p.Var(&r.Source4, "SourceCidrIp", "Source IPv4 address or CIDR block.").NoteBlank(&sourceBlank).Example("0.0.0.0/0")
	r.blank = r.Direction == secgroup.Ingress && sourceBlank || r.Direction == secgroup.Egress && destBlank
	p.Ignoring(r.HasCIDR(), weakerThanCIDR)
	p.String(&r.Peer.Group, n.group, "Security group on the rule's other side. A CIDR block takes precedence.").NoteBlank(&r.blank).Example("sg-securitygroupid2")
	p.String(&r.ownerAccount, n.account, "Account of that group, by id or e-mail; the caller's own where it is not given.").Example("FinanceJoshua")
	p.Var(&r.ownerID, n.id, n.idText).Example("155780923770")
	p.Ignoring(false, "")
	p.Var(&r.SourcePorts, "SourcePortRange", "Range of source ports, as PortRange; absent is any.").Example("1/200")
	p.Ignoring(r.HasCIDR() || r.Peer.Group != "", weakerThanGroup)
	p.String(&r.Peer.PrefixList, n.list, "Prefix list on the rule's other side; VPC groups only. A CIDR block and a group take precedence.").Example("pl-x1j1k5ykzqlixdcy****")
	p.Ignoring(false, "")
	if n.strayGroup != "" {
		p.Ignored(n.strayGroup, stray)
		p.Ignored(n.strayAccount, stray)
	}
	p.Fail(r.check(p))
}

func (r *rule) check(p *param.Set) error {
	if p.IsPartial() {
		return nil // what it makes of the rule that it changes is checked
	}
	err := r.Check(p.Outer("SecurityGroupId"), p.Strict())
	if err == secgroup.ErrNoPeer && r.blank {
		return secgroup.ErrBlankPeer
	}
	return err
}
