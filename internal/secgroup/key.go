package secgroup

import "net/netip"

// A Key is what identifies a rule: two rules are the same when their keys are equal.
// It has canonical values only: defaults filled in, a bare address as its /32 or
// /128, source ports of -1/-1 as absent, the group's side as every address where
// no block was sent.
type Key struct {
	direction     Direction
	protocol      Protocol
	policy        Policy
	nic           Nic
	priority      Priority
	ports         Ports
	portList      PortListID
	sourcePorts   Ports
	remote, local netip.Prefix // the peer's block and that of the group's side
	peer          Peer
}

// Key returns the identity of a rule that has its defaults.
func (r *Rule) Key() Key {
	k := Key{
		direction: r.Direction, protocol: r.Protocol, policy: r.Policy, nic: r.Nic, priority: r.Priority,
		ports: r.Ports, portList: r.PortList, sourcePorts: r.SourcePorts, peer: r.Peer,
		remote: r.Remote().Prefix, local: r.Local().Prefix,
	}
	if k.sourcePorts == AllPorts {
		k.sourcePorts = Ports{}
	}
	if !k.local.IsValid() {
		k.local = All4
		if k.protocol == ICMPv6 || k.remote.Addr().Is6() {
			k.local = All6
		}
	}
	return k
}

// WithNic returns the same key with another NIC type.
func (k Key) WithNic(n Nic) Key { k.nic = n; return k }

// Nic returns the key's NIC type.
func (k Key) Nic() Nic { return k.nic }

// Other returns the other NIC type.
func (n Nic) Other() Nic { return Internet + Intranet - n }
