package secgroup

import "time"

// Rule is one rule of a group, as it was sent: blocks keep their text, what was
// not sent is absent. SetDefaults gives it the defaults of its group.
type Rule struct {
	ID          string
	Description RuleDescription
	Created     time.Time

	Direction   Direction
	Protocol    Protocol
	Policy      Policy
	Priority    Priority
	Nic         Nic
	Ports       Ports // of the destination
	SourcePorts Ports

	Source4 Source4
	Dest4   Dest4
	Source6 Source6
	Dest6   Dest6
	Peer    Peer

	prev, next *Rule // in its group, in the order of creation
}

// Peer is the other side of a rule where it is not a block of addresses: the
// source of an ingress rule, the destination of an egress rule.
type Peer struct {
	Group      string // id of a security group
	Owner      string // account of Group
	PrefixList string // id of a prefix list
}

// cidr is the block of the rule's other side, IPv4 before IPv6.
func (r *Rule) cidr() Block {
	if r.Direction == Egress {
		return either(r.Dest4.Block, r.Dest6.Block)
	}
	return either(r.Source4.Block, r.Source6.Block)
}

// near is the block of the group's own side.
func (r *Rule) near() Block {
	if r.Direction == Egress {
		return either(r.Source4.Block, r.Source6.Block)
	}
	return either(r.Dest4.Block, r.Dest6.Block)
}

func either(v4, v6 Block) Block {
	if v4.IsSet() {
		return v4
	}
	return v6
}

// HasCIDR tells whether the other side is a block of addresses, which takes
// precedence over a group, as a group does over a prefix list.
func (r *Rule) HasCIDR() bool {
	if r.Direction == Egress {
		return r.Dest4.IsSet() || r.Dest6.IsSet()
	}
	return r.Source4.IsSet() || r.Source6.IsSet()
}

// Check finds what a rule lacks and what is wrong between its values, in the order
// in which the API tells it; self is the group the rule is for. Strict forbids the
// -1/-1 that clients echo as the source ports of tcp and udp.
func (r *Rule) Check(self string, strict bool) error {
	if r.Protocol == 0 {
		return ErrProtocolCase
	}
	if err := r.checkPorts(strict); err != nil {
		return err
	}
	if !r.HasCIDR() && r.Peer.Group == "" && r.Peer.PrefixList == "" {
		return ErrNoPeer
	}
	if err := r.checkFamilies(); err != nil {
		return err
	}
	switch {
	case r.HasCIDR() || r.Peer.Group == "":
		return nil
	case r.Nic == Internet:
		return ErrGroupOnInternet
	case r.Peer.Group == self:
		return ErrSameGroup
	}
	return nil
}

func (r *Rule) checkPorts(strict bool) error {
	if !r.Ports.suit(r.Protocol) {
		return ErrPorts
	}
	if !r.SourcePorts.IsSet() || r.SourcePorts == AllPorts && !strict {
		return nil
	}
	if !r.SourcePorts.suit(r.Protocol) {
		return ErrPorts
	}
	return nil
}

func (r *Rule) checkFamilies() error {
	has4 := r.Source4.IsSet() || r.Dest4.IsSet()
	has6 := r.Source6.IsSet() || r.Dest6.IsSet()
	switch {
	case r.Source4.IsSet() && r.Source6.IsSet():
		return ErrTwoSources
	case r.Dest4.IsSet() && r.Dest6.IsSet():
		return ErrTwoDestinations
	case r.Protocol == ICMP && has6:
		return ErrIPv6Conflict
	case r.Protocol == ICMPv6 && has4:
		return ErrIPv4Conflict
	case r.Source4.IsSet() && r.Dest6.IsSet():
		return ErrIPv6Conflict
	case r.Source6.IsSet() && r.Dest4.IsSet():
		return ErrIPv4Conflict
	}
	return nil
}

// SetDefaults gives the rule what its group and the API's defaults decide: policy
// accept, priority 1, and the NIC type. A VPC group knows intranet only, whatever
// was sent; in a classic group internet is the default, but a group as the other
// side means intranet. Of two other sides the weaker is dropped.
func (r *Rule) SetDefaults(g *Group) {
	if r.Policy == 0 {
		r.Policy = Accept
	}
	if r.Priority == 0 {
		r.Priority = 1
	}
	switch {
	case r.HasCIDR():
		r.Peer = Peer{}
	case r.Peer.Group != "":
		r.Peer.PrefixList = ""
	default:
		r.Peer.Owner = "" // it is a group's, and would be part of the key
	}
	switch {
	case !g.Classic():
		r.Nic = Intranet
	case r.Nic == 0 && r.Peer.Group != "":
		r.Nic = Intranet
	case r.Nic == 0:
		r.Nic = Internet
	}
}

// Fields visits what the rule is made of under its wire names, in a fixed order:
// the one table for reading, writing and comparing rules by name.
func (r *Rule) Fields(visit func(name string, v Value)) {
	side := "Source"
	if r.Direction == Egress {
		side = "Dest"
	}
	visit("IpProtocol", &r.Protocol)
	visit("PortRange", &r.Ports)
	visit("SourcePortRange", &r.SourcePorts)
	visit("NicType", &r.Nic)
	visit("Policy", &r.Policy)
	visit("Priority", &r.Priority)
	visit("SourceCidrIp", &r.Source4)
	visit("Ipv6SourceCidrIp", &r.Source6)
	visit("DestCidrIp", &r.Dest4)
	visit("Ipv6DestCidrIp", &r.Dest6)
	visit(side+"GroupId", (*Text)(&r.Peer.Group))
	visit(side+"GroupOwnerAccount", (*Text)(&r.Peer.Owner))
	visit(side+"PrefixListId", (*Text)(&r.Peer.PrefixList))
	visit("Description", &r.Description)
}
