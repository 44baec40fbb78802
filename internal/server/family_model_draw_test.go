package server_test

import (
	"maps"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
)

// familyDraw draws requests. What it chooses from is little, so that equal rules
// meet, and full of equal spellings.
type familyDraw struct {
	*rand.Rand
	m *familyModel
}

func familyOneOf[T any](d familyDraw, of ...T) T { return of[d.IntN(len(of))] }

// once is true once in n draws.
func (d familyDraw) once(n int) bool { return d.IntN(n) == 0 }

// found draws rules that a group has, each once, but for one in ten.
func (d familyDraw) found(g *familyGroup, direction string, n int) (list []*familyRule) {
	has := g.drawable(direction)
	d.Shuffle(len(has), func(i, j int) { has[i], has[j] = has[j], has[i] })
	for i := range n {
		if i < len(has) && !d.once(10) {
			list = append(list, has[i])
			continue
		}
		list = append(list, d.rule(g, direction))
	}
	return list
}

// drawable are the rules that a group did not have to be full from the beginning.
func (g *familyGroup) drawable(direction string) (list []*familyRule) {
	for _, r := range g.rules {
		if r.direction == direction && !strings.HasPrefix(r.id, "sgr-full-") {
			list = append(list, r)
		}
	}
	return list
}

// rule draws a rule for a group: one that it has, one that it has with something
// changed, or a new one.
func (d familyDraw) rule(g *familyGroup, direction string) *familyRule {
	has, fresh := g.drawable(direction), d.fresh(g, direction)
	if len(has) == 0 || d.once(3) {
		return fresh
	}
	r := *familyOneOf(d, has...)
	r.id, r.created = "", ""
	if d.once(2) {
		return &r
	}
	switch d.IntN(5) {
	case 0:
		r.policy = fresh.policy
	case 1:
		r.priority = fresh.priority
	case 2:
		r.sourcePorts = fresh.sourcePorts
	case 3:
		r.nic = fresh.nic
	default:
		r.source4, r.source6, r.dest4, r.dest6 = fresh.source4, fresh.source6, fresh.dest4, fresh.dest6
		r.group, r.owner, r.list = fresh.group, fresh.owner, fresh.list
	}
	return &r
}

// fresh draws a new rule, mostly one that its group may have.
func (d familyDraw) fresh(g *familyGroup, direction string) *familyRule {
	r := &familyRule{
		direction: direction,
		protocol:  familyOneOf(d, "TCP", "TCP", "TCP", "UDP", "ICMP", "GRE", "ALL", "ICMPV6"),
		ports:     "-1/-1",
		policy:    familyOneOf(d, "Accept", "Accept", "Drop"),
		priority:  familyOneOf(d, "1", "1", "2", "100"),
		nic:       "intranet",
	}
	hasPorts := r.protocol == "TCP" || r.protocol == "UDP"
	if hasPorts {
		r.ports, r.sourcePorts = familyOneOf(d, "22/22", "80/443"), familyOneOf(d, "", "", "", "5/6", "-1/-1")
	}
	if hasPorts && d.once(40) || !hasPorts && d.once(20) {
		r.ports = familyOneOf(d, "-1/-1", "22/22")
	}
	six := r.protocol == "ICMPV6" || r.protocol != "ICMP" && d.once(4)
	if d.once(25) {
		six = !six
	}
	d.farSide(g, r, six)
	if d.once(3) {
		d.nearSide(r, six)
	}
	if g.vpc == "" && r.group == "" {
		r.nic = familyOneOf(d, "internet", "internet", "intranet")
	}
	return r
}

func (d familyDraw) farSide(g *familyGroup, r *familyRule, six bool) {
	four4 := familyOneOf(d, "10.0.0.1", "10.0.0.5/8", "10.0.0.0/8", "0.0.0.0/0")
	four6 := familyOneOf(d, "2001:db8::1", "2001:db8::/32", "::/0", "::ffff:10.0.0.1")
	switch kind := d.IntN(8); {
	case kind < 3:
		peer := familyOneOf(d, d.m.groups...)
		for !d.once(10) && (peer.vpc != g.vpc || peer.id == g.id || peer.enterprise) {
			peer = familyOneOf(d, d.m.groups...)
		}
		r.group, r.owner = peer.id, peer.account
		if d.once(12) {
			r.group, r.owner = familyOneOf(d, "sg-gone", peer.id), familyOneOf(d, familyMe, familyThem, "3333333333333333")
		}
	case kind == 3:
		r.list = map[bool]string{false: "pl-four", true: "pl-six"}[six]
		if d.once(4) {
			r.list = familyOneOf(d, "pl-four", "pl-six", "pl-gone")
		}
	case six && r.direction == "egress":
		r.dest6 = four6
	case six:
		r.source6 = four6
	case r.direction == "egress":
		r.dest4 = four4
	default:
		r.source4 = four4
	}
}

// nearSide draws the block of the group's own side. What every address is in a rule
// of a prefix list of IPv6 the readings leave open.
func (d familyDraw) nearSide(r *familyRule, six bool) {
	near4, near6 := familyOneOf(d, "0.0.0.0/0", "10.9.0.0/16"), familyOneOf(d, "::/0", "2001:db8:9::/48")
	if r.list != "" {
		near4, near6 = "10.9.0.0/16", "2001:db8:9::/48"
	}
	switch {
	case six && r.direction == "egress":
		r.source6 = near6
	case six:
		r.dest6 = near6
	case r.direction == "egress":
		r.source4 = near4
	default:
		r.dest4 = near4
	}
}

// spell writes a rule down in one of the ways in which it can be.
func (d familyDraw) spell(g *familyGroup, r *familyRule) familyAsk {
	side := familyCall{direction: r.direction}.side()
	p := familyAsk{
		"IpProtocol": d.anyCase(r.protocol), "PortRange": r.ports,
		"SourceCidrIp": d.four(r.source4), "DestCidrIp": d.four(r.dest4),
		"Ipv6SourceCidrIp": d.six(r.source6), "Ipv6DestCidrIp": d.six(r.dest6),
		"Policy": d.usual(d.anyCase(r.policy), "accept"), "Priority": d.usual(r.priority, "1"),
		"SourcePortRange": d.usual(r.sourcePorts, "-1/-1"), "NicType": d.nic(g, r),
		side + "GroupId": r.group, side + "PrefixListId": r.list,
		"Description": familyOneOf(d, r.description, "", "a", "b < & ü"),
	}
	if r.group != "" {
		d.owner(g, r, p, side)
	}
	weaker := familyAsk{side + "GroupId": "sg-gone", side + "GroupOwnerId": "not read", side + "GroupOwnerAccount": "nobody", side + "PrefixListId": "pl-gone"}
	switch {
	case r.far() != "" && d.once(6):
		maps.Copy(p, weaker)
	case r.group != "" && d.once(6):
		p[side+"PrefixListId"] = "pl-gone"
	}
	if r.direction == "ingress" && d.once(10) {
		p["DestGroupId"] = "sg-second" // "names them by mistake for Source…: ignored"
	}
	for _, name := range slices.Sorted(maps.Keys(p)) {
		peer := name == side+"CidrIp" || name == side+"GroupId"
		if p[name] == "" && (d.IntN(4) > 0 || peer && r.far()+r.group+r.list == "") {
			delete(p, name)
		}
	}
	return p
}

// usual spells a value that may be left out, or left blank, where it is the default.
func (d familyDraw) usual(text, byDefault string) string {
	if text != "" && !strings.EqualFold(text, byDefault) {
		return text
	}
	return familyOneOf(d, "", "", byDefault, text)
}

func (d familyDraw) anyCase(text string) string {
	return familyOneOf(d, text, strings.ToLower(text), strings.ToUpper(text), strings.ToUpper(text[:1])+strings.ToLower(text[1:]))
}

// nic spells a NIC type: a VPC group takes every one, but internet with a group.
func (d familyDraw) nic(g *familyGroup, r *familyRule) string {
	switch absent := familyOneOf(d, "", "", "<nil>"); {
	case d.once(40):
		return familyOneOf(d, "internet", "INTRANET")
	case r.group != "":
		return familyOneOf(d, absent, "intranet", "Intranet")
	case g.vpc != "":
		return familyOneOf(d, absent, "internet", "intranet", "Internet")
	case r.nic == "intranet":
		return familyOneOf(d, "intranet", "INTRANET")
	default:
		return familyOneOf(d, absent, "internet")
	}
}

func (d familyDraw) four(text string) string {
	if familyBlock(text).Bits() == 32 {
		return familyOneOf(d, strings.TrimSuffix(text, "/32"), strings.TrimSuffix(text, "/32")+"/32")
	}
	return text
}

func (d familyDraw) six(text string) string {
	if text == "" {
		return ""
	}
	b := familyBlock(text)
	addr := familyOneOf(d, b.Addr().String(), strings.ToUpper(b.Addr().String()), b.Addr().StringExpanded())
	if b.Bits() == 128 && d.once(2) {
		return addr
	}
	return addr + strings.TrimPrefix(netip.PrefixFrom(netip.IPv6Unspecified(), b.Bits()).String(), "::")
}

// owner names the owner of the group on the other side, in one of the ways.
func (d familyDraw) owner(g *familyGroup, r *familyRule, p familyAsk, side string) {
	mail, known := map[string]string{familyMe: familyMyMail, familyThem: familyTheirMail}[r.owner]
	switch way := d.IntN(4); {
	case r.owner == g.account && way == 0: // "neither: the caller's own"
	case way == 1 && known:
		p[side+"GroupOwnerAccount"] = mail
	case way == 2:
		p[side+"GroupOwnerAccount"] = r.owner
	default:
		p[side+"GroupOwnerId"] = r.owner
		p[side+"GroupOwnerAccount"] = familyOneOf(d, "", mail, "nobody") // "beats" it
	}
}

// spoil makes a parameter of a rule wrong, or takes it away.
func (d familyDraw) spoil(p familyAsk, direction, self string) {
	side := familyCall{direction: direction}.side()
	if d.once(6) { // no other side at all, or a blank one
		for _, name := range []string{side + "CidrIp", "Ipv6" + side + "CidrIp", side + "GroupId", side + "PrefixListId"} {
			delete(p, name)
		}
		if d.once(2) {
			p[side+familyOneOf(d, "CidrIp", "GroupId")] = ""
		}
		return
	}
	wrong := map[string][]string{
		"IpProtocol": {"", "sctp", "6"}, "PortRange": {"", "22", "200/1", "0/1", "1/65536", "01/2", "+1/2", "1/2 "},
		"SourcePortRange": {"5", "6/5", "0/0", "5/6"}, "Policy": {"allow", "reject"}, "NicType": {"wifi", "internet"},
		"Priority": {"0", "101", "-1", "1.5", "high", "99999999999999999999"}, "Description": {strings.Repeat("x", 513)},
		"SourceCidrIp": {"10.0.0.256", "10.0.0.0/33", "2001:db8::1", "10.0.0.1"}, "DestCidrIp": {"10.0.0", "::/0", "10.9.0.0/16"},
		"Ipv6SourceCidrIp": {"10.0.0.1", "2001:db8::/129", "fe80::1%eth0", "::/0"}, "Ipv6DestCidrIp": {"x", "x:y", "2001:db8::1"},
		side + "GroupId": {self, "sg-gone", ""},
	}
	name := familyOneOf(d, slices.Sorted(maps.Keys(wrong))...)
	p[name] = familyOneOf(d, wrong[name]...)
	if p[name] == "" && d.once(2) {
		delete(p, name)
	}
}
