package secgroup

import "time"

// A Rule is a rule of a group as it was sent: blocks keep their text, what was not
// sent is absent. SetDefaults gives it the defaults of its group.
type Rule struct {
	ID          string
	Description RuleDescription
	Created     time.Time

	Direction   Direction
	Protocol    Protocol
	Policy      Policy
	Priority    Priority
	Nic         Nic
	OwnerNamed  bool       // whether Peer.Owner was given, not completed
	Ports       Ports      // of the destination
	PortList    PortListID // in place of Ports
	SourcePorts Ports

	Source4 Source4
	Dest4   Dest4
	Source6 Source6
	Dest6   Dest6
	Peer    Peer

	position   uint64 // in its group, see Position
	prev, next *Rule  // in its group, in the order of creation
}

// Position returns the rule's number in its group, which grows from rule to rule in the
// order of creation. A number is never used again.
func (r *Rule) Position() uint64 { return r.position }

// A Peer is the source of an ingress rule or the destination of an egress rule, where
// that is not a block of addresses.
type Peer struct {
	Group      string // id of a security group
	Owner      string // account of Group
	PrefixList string // id of a prefix list
}

// Remote returns the block of the peer.
func (r *Rule) Remote() Block {
	if r.Direction == Egress {
		return either(r.Dest4.Block, r.Dest6.Block)
	}
	return either(r.Source4.Block, r.Source6.Block)
}

// Local returns the block of the group's side.
func (r *Rule) Local() Block {
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

// HasCIDR reports whether the peer is a block, which takes precedence over a group and
// a prefix list.
func (r *Rule) HasCIDR() bool {
	if r.Direction == Egress {
		return r.Dest4.IsSet() || r.Dest6.IsSet()
	}
	return r.Source4.IsSet() || r.Source6.IsSet()
}

// Check returns the first cause for which the API refuses the rule, in the API's
// order; self is the id of the group that the rule is for. Strict forbids the
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
	switch {
	case !r.Ports.IsSet() && !r.PortList.IsSet():
		return ErrNoPorts
	case r.Ports.suit(r.Protocol):
	case r.Ports.IsSet():
		return ErrPorts
	case !r.Protocol.hasPorts():
		return ErrPortListProtocol
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
// was sent; in a classic group internet is the default, but intranet where the peer
// is a group. Of two peers the weaker is dropped, and a port range list beside ports.
func (r *Rule) SetDefaults(g *Group) {
	if r.Policy == 0 {
		r.Policy = Accept
	}
	if r.Priority == 0 {
		r.Priority = 1
	}
	if r.Ports.IsSet() {
		r.PortList = PortListID{}
	}
	switch {
	case r.HasCIDR():
		r.Peer = Peer{}
	case r.Peer.Group != "":
		r.Peer.PrefixList = ""
	default:
		r.Peer.Owner = "" // it is a group's, and would be part of the key
	}
	r.OwnerNamed = r.OwnerNamed && r.Peer.Group != ""
	switch {
	case !g.Classic():
		r.Nic = Intranet
	case r.Nic == 0 && r.Peer.Group != "":
		r.Nic = Intranet
	case r.Nic == 0:
		r.Nic = Internet
	}
}

// With returns the rule with the values that change has.
func (r Rule) With(change *Rule) Rule {
	overlay(&r.Protocol, change.Protocol)
	overlay(&r.Ports, change.Ports)
	overlay(&r.PortList, change.PortList)
	overlay(&r.SourcePorts, change.SourcePorts)
	overlay(&r.Policy, change.Policy)
	overlay(&r.Priority, change.Priority)
	overlay(&r.Description, change.Description)
	overlay(&r.Source4, change.Source4)
	overlay(&r.Source6, change.Source6)
	overlay(&r.Dest4, change.Dest4)
	overlay(&r.Dest6, change.Dest6)
	overlay(&r.Peer, change.Peer)
	return r
}

// overlay replaces a value unless the other one is absent.
func overlay[T comparable](value *T, other T) {
	if other != *new(T) {
		*value = other
	}
}

// A PeerKind is a kind of peer.
type PeerKind uint8

// The kinds of peers.
const (
	NoPeer PeerKind = iota
	PeerCIDR
	PeerIPv6
	PeerGroup
	PeerPrefixList
)

// PeerKind returns what the rule's peer is: a block takes precedence over a group, a
// group over a prefix list.
func (r *Rule) PeerKind() PeerKind {
	switch remote := r.Remote(); {
	case remote.is4():
		return PeerCIDR
	case remote.is6():
		return PeerIPv6
	case r.Peer.Group != "":
		return PeerGroup
	case r.Peer.PrefixList != "":
		return PeerPrefixList
	}
	return NoPeer
}

// FitsFamily reports whether the rule's peer can have addresses of a family: its
// protocol and the block of the group's side may be of the other one.
func (r *Rule) FitsFamily(f Family) bool {
	if f == IPv6 {
		return r.Protocol != ICMP && !r.Local().is4()
	}
	return r.Protocol != ICMPv6 && !r.Local().is6()
}

// Fields visits the values of the rule by their wire names, in a fixed order: the one
// table for reading, writing and comparing rules by name.
func (r *Rule) Fields(visit func(name string, v Value)) {
	side := "Source"
	if r.Direction == Egress {
		side = "Dest"
	}
	visit("IpProtocol", &r.Protocol)
	visit("PortRange", &r.Ports)
	visit("PortRangeListId", &r.PortList)
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
