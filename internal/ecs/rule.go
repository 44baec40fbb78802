package ecs

import (
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// A rule is a rule of a request: flat, or an element of Permissions.
type rule struct {
	secgroup.Rule
	ownerID      secgroup.OwnerID
	ownerAccount string
	blank        bool   // the peer is present and blank
	flat         bool   // given as parameters of the request, which has no PortRangeListId then
	undescribed  bool   // Description is present and blank
	element      string // its place in the request: "Permissions.2", "" for the flat form
	resolved
}

// endNames are the names of a rule's parameters and fields at one end, the source or
// the destination.
type endNames struct {
	cidr4, cidr6             string
	group, account, id, list string
	groupName, listName      string // in answers only
	idText                   string // a constant: bind runs for every call
	end, word                string // "Source" and "source"
}

var (
	sourceNames = endNames{
		cidr4: "SourceCidrIp", cidr6: "Ipv6SourceCidrIp",
		group: "SourceGroupId", account: "SourceGroupOwnerAccount", id: "SourceGroupOwnerId", list: "SourcePrefixListId",
		groupName: "SourceGroupName", listName: "SourcePrefixListName",
		idText: "Account of the peer group: its id. It takes precedence over SourceGroupOwnerAccount.",
		end:    "Source", word: "source",
	}
	destNames = endNames{
		cidr4: "DestCidrIp", cidr6: "Ipv6DestCidrIp",
		group: "DestGroupId", account: "DestGroupOwnerAccount", id: "DestGroupOwnerId", list: "DestPrefixListId",
		groupName: "DestGroupName", listName: "DestPrefixListName",
		idText: "Account of the peer group: its id. It takes precedence over DestGroupOwnerAccount.",
		end:    "Dest", word: "destination",
	}
)

// ingress declares an inbound rule. Its peer is the source. The document's descriptions
// name two parameters of the destination by mistake.
func (r *rule) ingress(p *param.Set) {
	r.Direction = secgroup.Ingress
	r.bind(p, &sourceNames)
	p.Ignored(destNames.group, "the document means SourceGroupId")
	p.Ignored(destNames.account, "the document means SourceGroupOwnerAccount")
	p.Fail(r.check(p))
}

// flatIngress declares an inbound rule that is given as parameters of the request.
func (r *rule) flatIngress(p *param.Set) {
	r.flat = true
	r.ingress(p)
}

// flatEgress declares an outbound rule that is given as parameters of the request.
func (r *rule) flatEgress(p *param.Set) {
	r.flat = true
	r.egress(p)
}

// egress declares an outbound rule. Its peer is the destination.
func (r *rule) egress(p *param.Set) {
	r.Direction = secgroup.Egress
	r.bind(p, &destNames)
	p.Fail(r.check(p))
}

// bind declares the parameters in the order of the document, which is the order of the
// checks. peer has the names of the end that is not the group itself.
func (r *rule) bind(p *param.Set, peer *endNames) {
	var sourceBlank, destBlank bool
	r.element = p.Element()
	p.Var(r.protocol(p), "IpProtocol", "Transport layer protocol, in any case; in 2025 also its IANA number, 0 to 255.").Else(secgroup.ErrProtocolCase).Example("tcp")
	r.bindPorts(p)
	p.Var(&r.Description, "Description", "Description of the rule. It does not identify the rule.").NoteBlank(&r.undescribed).Example("FinanceJoshuaTest")
	p.Var(&r.Dest4, "DestCidrIp", "Destination IPv4 address or CIDR block.").NoteBlank(&destBlank).Example("0.0.0.0/0")
	source6, dest6 := r.blocks6(p)
	p.Var(dest6, "Ipv6DestCidrIp", "Destination IPv6 address or CIDR block; only in a VPC.").Example("2001:db8:1234:1a00::/56")
	p.Var(source6, "Ipv6SourceCidrIp", "Source IPv6 address or CIDR block; only in a VPC.").Example("2001:db8:1234:1a00::/56")
	p.Var(&r.Nic, "NicType", "NIC type. In a VPC it is always intranet, whatever is sent. In the classic network it is internet where absent, and intranet where the peer is a group.").Example("intranet")
	p.Var(&r.Policy, "Policy", "accept allows access; drop denies it without an answer. In any case.").Default("accept").Example("accept")
	p.Var(&r.Priority, "Priority", "Priority; 1 is the highest. It is part of what identifies the rule.").Default("1").Example("1")
	p.Var(&r.Source4, "SourceCidrIp", "Source IPv4 address or CIDR block.").NoteBlank(&sourceBlank).Example("0.0.0.0/0")
	r.blank = peer == &sourceNames && sourceBlank || peer == &destNames && destBlank
	p.Ignoring(r.HasCIDR(), "a CIDR block takes precedence over a group")
	p.String(&r.Peer.Group, peer.group, "Peer security group. A CIDR block takes precedence over it.").NoteBlank(&r.blank).Example("sg-securitygroupid2")
	p.String(&r.ownerAccount, peer.account, "Account of the peer group: its id or its e-mail address. Without it, the account of the caller.").Example("FinanceJoshua")
	p.Var(&r.ownerID, peer.id, peer.idText).Example("155780923770")
	p.Ignoring(false, "")
	p.Var(&r.SourcePorts, "SourcePortRange", "Range of source ports, written as PortRange. Without it, every port.").Example("1/200")
	p.Ignoring(r.HasCIDR() || r.Peer.Group != "", "a CIDR block or a group takes precedence over a prefix list")
	p.String(&r.Peer.PrefixList, peer.list, "Peer prefix list; only in a VPC. A CIDR block and a group take precedence over it.").Example("pl-x1j1k5ykzqlixdcy****")
	p.Ignoring(false, "")
}

// protocol returns the value of the protocol. From 2025 on it may be a number.
func (r *rule) protocol(p *param.Set) param.Value {
	if p.Edition() >= int(rpc.Edition2025) {
		return (*secgroup.NumberedProtocol)(&r.Protocol)
	}
	return &r.Protocol
}

// blocks6 returns the values of the IPv6 blocks. In 2020 those of Permissions come back as
// they were sent.
func (r *rule) blocks6(p *param.Set) (source, dest param.Value) {
	if p.Edition() == int(rpc.Edition2020) && r.element != "" {
		return (*secgroup.WrittenSource6)(&r.Source6), (*secgroup.WrittenDest6)(&r.Dest6)
	}
	return &r.Source6, &r.Dest6
}

// clearHostBits removes the host bits of IPv6 blocks that are parameters of the request, as
// the service did in 2020.
func (c *Caller) clearHostBits(r *rule) {
	if c.Edition == rpc.Edition2020 && r.element == "" {
		r.ClearHostBits6()
	}
}

// bindPorts declares the ports or the port range list.
func (r *rule) bindPorts(p *param.Set) {
	if !r.flat {
		p.Var(&r.PortList, "PortRangeListId", "Port range list in place of PortRange, which takes precedence over it; only for tcp and udp.").Example("prl-2ze9743****")
	}
	ports := p.Var(&r.Ports, "PortRange", "Range of destination ports: first/last, 1 to 65535, for tcp and udp; -1/-1 for every other protocol.").Example("1/200")
	switch {
	case !r.PortList.IsSet():
		ports.Else(secgroup.ErrNoPorts)
	case r.Ports.IsSet():
		p.Ignored("PortRangeListId", "PortRange takes precedence")
		r.PortList = secgroup.PortListID{}
	}
}

func (r *rule) check(p *param.Set) error {
	if p.IsPartial() {
		return nil // the changed rule is checked as a whole
	}
	err := r.Check(p.Outer("SecurityGroupId"), p.Strict())
	if err == secgroup.ErrNoPeer && r.blank {
		return secgroup.ErrBlankPeer
	}
	return err
}
