package secgroup

import "hash/maphash"

// Key is what makes a rule that rule: two rules are the same when their keys are
// equal. It holds canonical values only: defaults filled in, a bare address as its
// /32 or /128, source ports of -1/-1 as absent, the near side's block as every
// address where none was sent.
type Key struct {
	direction   Direction
	protocol    Protocol
	policy      Policy
	nic         Nic
	priority    Priority
	ports       Ports
	sourcePorts Ports
	far, near   Prefix
	peer        Peer
}

// Key is the identity of a settled rule.
func (r *Rule) Key() (k Key) {
	k.direction, k.protocol, k.policy, k.nic, k.priority = r.Direction, r.Protocol, r.Policy, r.Nic, r.Priority
	k.ports, k.sourcePorts, k.peer = r.Ports, r.SourcePorts, r.Peer
	from, to := given(&r.Source4.Prefix, &r.Source6.Prefix), given(&r.Dest4.Prefix, &r.Dest6.Prefix)
	if r.Direction == Egress {
		from, to = to, from
	}
	k.far, k.near = *from, *to
	if k.sourcePorts == AllPorts {
		k.sourcePorts = Ports{}
	}
	if !k.near.IsSet() {
		k.near = All4
		if k.protocol == ICMPv6 || k.far.family == 6 {
			k.near = All6
		}
	}
	return k
}

// given is the block of one end of a rule. It goes by pointer, for every search
// asks rules for their keys.
func given(v4, v6 *Prefix) *Prefix {
	if v4.IsSet() {
		return v4
	}
	return v6
}

// hasher makes a hash function of its own, so that nobody can foretell two keys
// that clash.
func hasher() func(Key) uint64 {
	seed := maphash.MakeSeed()
	return func(k Key) uint64 { return maphash.Comparable(seed, k) }
}

// index finds rules by their keys. It holds the keys' hashes only, 8 bytes in place
// of 112: a rule that is found tells its key itself.
type index struct {
	hash   func(Key) uint64
	byHash map[uint64]*Rule
	clash  map[Key]*Rule // whose hash another rule had first
}

func (x *index) find(k Key) *Rule {
	if x.byHash == nil {
		return nil
	}
	if r := x.byHash[x.hash(k)]; r != nil && r.Key() == k {
		return r
	}
	return x.clash[k]
}

func (x *index) add(r *Rule) {
	if x.byHash == nil {
		x.byHash, x.hash = map[uint64]*Rule{}, hasher()
	}
	k := r.Key()
	h := x.hash(k)
	if x.byHash[h] == nil {
		x.byHash[h] = r
		return
	}
	if x.clash == nil {
		x.clash = map[Key]*Rule{}
	}
	x.clash[k] = r
}

func (x *index) remove(r *Rule) {
	k := r.Key()
	if h := x.hash(k); x.byHash[h] == r {
		delete(x.byHash, h)
		return
	}
	delete(x.clash, k)
}

// WithNic is the same key with the other NIC type.
func (k Key) WithNic(n Nic) Key { k.nic = n; return k }

// Other is the other NIC type.
func (n Nic) Other() Nic { return Internet + Intranet - n }

// Nic is the key's NIC type.
func (k Key) Nic() Nic { return k.nic }

// Difference is one field in which a rule is not what was asked for.
type Difference struct{ Field, Has, Asked string }

// distance counts the fields in which two keys differ. The direction counts twice:
// a rule of the other direction is seldom what was meant.
func (k *Key) distance(asked *Key) int {
	n := 0
	if k.direction != asked.direction {
		n++
	}
	for _, differs := range [...]bool{
		k.direction != asked.direction, k.protocol != asked.protocol, k.ports != asked.ports,
		k.sourcePorts != asked.sourcePorts, k.nic != asked.nic, k.policy != asked.policy,
		k.priority != asked.priority, k.far != asked.far || k.peer != asked.peer, nearDiffers(k, asked),
	} {
		if differs {
			n++
		}
	}
	return n
}

// leastDistance is the part of the distance that a rule's fields tell as they are.
func (r *Rule) leastDistance(asked *Key) int {
	n := 0
	if r.Direction != asked.direction {
		n += 2
	}
	if r.Protocol != asked.protocol {
		n++
	}
	if r.Ports != asked.ports {
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

// nearDiffers passes over every address of one family against every address of the
// other: where nobody sent the near side, the family is the far side's, and is told there.
func nearDiffers(k, asked *Key) bool {
	return k.near != asked.near && (k.near.bits != 0 || asked.near.bits != 0)
}

// differences names the fields in which two keys differ.
func (k *Key) differences(asked *Key) []Difference {
	var d []Difference
	add := func(field string, has, want string) {
		if has != want {
			d = append(d, Difference{field, orNone(has), orNone(want)})
		}
	}
	source, dest := "SourceCidrIp", "DestCidrIp"
	far, near := source, dest
	if asked.direction == Egress {
		far, near = dest, source
	}
	add("Direction", k.direction.String(), asked.direction.String())
	add("IpProtocol", k.protocol.String(), asked.protocol.String())
	add("PortRange", k.ports.String(), asked.ports.String())
	add("SourcePortRange", k.sourcePorts.String(), asked.sourcePorts.String())
	add("NicType", k.nic.String(), asked.nic.String())
	add("Policy", k.policy.String(), asked.policy.String())
	add("Priority", k.priority.String(), asked.priority.String())
	switch {
	case asked.far.IsSet():
		add(family(far, asked.far), k.other(), asked.other())
	case asked.direction == Egress:
		add("the destination", k.other(), asked.other())
	default:
		add("the source", k.other(), asked.other())
	}
	if nearDiffers(k, asked) {
		add(family(near, asked.near), k.near.String(), asked.near.String())
	}
	return d
}

// other is the key's other side for a person.
func (k *Key) other() string {
	switch {
	case k.far.IsSet():
		return k.far.String()
	case k.peer.Group != "":
		return k.peer.Group + " of account " + k.peer.Owner
	}
	return k.peer.PrefixList
}

func family(name string, p Prefix) string {
	if p.family == 6 {
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
