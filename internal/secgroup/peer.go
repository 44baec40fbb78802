package secgroup

// With is the rule with those of its values replaced that the change has.
func (r Rule) With(change *Rule) Rule {
	overlay(&r.Protocol, change.Protocol)
	overlay(&r.Ports, change.Ports)
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

// PeerKind is what the rule's other side is.
type PeerKind uint8

// The kinds of other sides. NoPeer is a rule that does not tell.
const (
	NoPeer PeerKind = iota
	PeerCIDR
	PeerIPv6
	PeerGroup
	PeerPrefixList
)

// PeerKind is what the rule's other side is, the strongest of what is given.
func (r *Rule) PeerKind() PeerKind {
	switch far := r.cidr(); {
	case far.family == 4:
		return PeerCIDR
	case far.family == 6:
		return PeerIPv6
	case r.Peer.Group != "":
		return PeerGroup
	case r.Peer.PrefixList != "":
		return PeerPrefixList
	}
	return NoPeer
}

// FitsFamily tells whether addresses of a family can be the rule's other side: its
// protocol and the block of its own side may be of the other family.
func (r *Rule) FitsFamily(f Family) bool {
	near := r.near().family
	if f == IPv6 {
		return r.Protocol != ICMP && near != 4
	}
	return r.Protocol != ICMPv6 && near != 6
}
