package secgroup

import (
	"net/netip"
	"strings"
)

// maxCompared is how many rules are compared with the one that was asked for: a hint
// must not cost more among many rules than among few.
const maxCompared = 256

// A Miss is the error of a search that found no rule, with the nearest one. It is ErrNoRule.
type Miss struct {
	Group   string
	Rules   int
	Nearest string // id of the nearest rule, "" if the group has none
	Differs []Difference
}

func (m *Miss) Error() string { return ErrNoRule.Error() }

// Is reports whether target is ErrNoRule.
func (m *Miss) Is(target error) bool { return target == ErrNoRule }

// Hint returns a sentence with the nearest rule and each field in which it differs.
func (m *Miss) Hint() string {
	if m.Nearest == "" {
		return m.Group + " has no rules"
	}
	var b strings.Builder
	b.WriteString("nearest is " + m.Nearest + ": ")
	for i, d := range m.Differs {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(d.Field + " is " + d.Has + ", asked " + d.Asked)
	}
	return b.String()
}

// Miss returns the error for a key that no rule has.
func (g *Group) Miss(asked Key) *Miss {
	m := &Miss{Group: g.ID, Rules: g.Len()}
	var nearest *Rule
	least, seen := 100, 0
	for r := range g.Rules() {
		if r.leastDistance(&asked) < least { // else its key need not be made
			k := r.Key()
			if n := k.distance(&asked); n < least {
				nearest, least = r, n
			}
		}
		if seen++; seen == maxCompared || least == 1 {
			break
		}
	}
	if nearest != nil {
		k := nearest.Key()
		m.Nearest, m.Differs = nearest.ID, k.differences(&asked)
	}
	return m
}

// A Difference is a field in which a rule differs from the one that was asked for.
type Difference struct{ Field, Has, Asked string }

// distance returns the number of fields in which two keys differ. The direction counts
// twice: a rule of the other direction is seldom what was meant.
func (k *Key) distance(asked *Key) int {
	n := 0
	if k.direction != asked.direction {
		n++
	}
	for _, differs := range [...]bool{
		k.direction != asked.direction, k.protocol != asked.protocol, k.ports != asked.ports || k.portList != asked.portList,
		k.sourcePorts != asked.sourcePorts, k.nic != asked.nic, k.policy != asked.policy,
		k.priority != asked.priority, k.remote != asked.remote || k.peer != asked.peer, localDiffers(k, asked),
	} {
		if differs {
			n++
		}
	}
	return n
}

// leastDistance returns the part of the distance that can be seen without making the
// rule's key.
func (r *Rule) leastDistance(asked *Key) int {
	n := 0
	if r.Direction != asked.direction {
		n += 2
	}
	if r.Protocol != asked.protocol {
		n++
	}
	if r.Ports != asked.ports || r.PortList != asked.portList {
		n++
	}
	if r.Nic != asked.nic {
		n++
	}
	if r.Policy != asked.policy {
		n++
	}
	if r.Priority != asked.priority {
		n++
	}
	return n
}

// localDiffers reports whether two keys differ on the group's side. Every IPv4 address
// and every IPv6 address do not: no block was sent there, and the family is that of
// the peer, which differs itself.
func localDiffers(k, asked *Key) bool {
	return k.local != asked.local && (k.local.Bits() != 0 || asked.local.Bits() != 0)
}

// differences returns the fields in which two keys differ.
func (k *Key) differences(asked *Key) []Difference {
	source, dest := "SourceCidrIp", "DestCidrIp"
	remote, local := source, dest
	if asked.direction == Egress {
		remote, local = dest, source
	}
	ports, peer := "PortRange", "the source"
	if asked.portList.IsSet() {
		ports = "PortRangeListId"
	}
	switch {
	case asked.remote.IsValid():
		peer = family(remote, asked.remote)
	case asked.direction == Egress:
		peer = "the destination"
	}
	fields := []Difference{
		{"Direction", k.direction.String(), asked.direction.String()},
		{"IpProtocol", k.protocol.String(), asked.protocol.String()},
		{ports, k.portsText(), asked.portsText()},
		{"SourcePortRange", k.sourcePorts.String(), asked.sourcePorts.String()},
		{"NicType", k.nic.String(), asked.nic.String()},
		{"Policy", k.policy.String(), asked.policy.String()},
		{"Priority", k.priority.String(), asked.priority.String()},
		{peer, k.peerText(), asked.peerText()},
	}
	if localDiffers(k, asked) {
		fields = append(fields, Difference{family(local, asked.local), k.local.String(), asked.local.String()})
	}
	var d []Difference
	for _, f := range fields {
		if f.Has != f.Asked {
			d = append(d, Difference{f.Field, orNone(f.Has), orNone(f.Asked)})
		}
	}
	return d
}

// portsText returns the key's ports, or its port range list.
func (k *Key) portsText() string {
	if k.portList.IsSet() {
		return k.portList.String()
	}
	return k.ports.String()
}

// peerText returns the key's peer for a person.
func (k *Key) peerText() string {
	switch {
	case k.remote.IsValid():
		return k.remote.String()
	case k.peer.Group != "":
		return k.peer.Group + " of account " + k.peer.Owner
	}
	return k.peer.PrefixList
}

func family(name string, p netip.Prefix) string {
	if p.Addr().Is6() {
		return "Ipv6" + name
	}
	return name
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
