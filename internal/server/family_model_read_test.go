package server_test

import (
	"cmp"
	"encoding/json"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// familyCall is one of the rule actions in an edition.
type familyCall struct {
	verb      string // Authorize, Revoke or Modify
	direction string
	year      int
}

// familyAsk is the parameters of one rule, as a request spells them.
type familyAsk map[string]string

// side is what names of parameters have in front for the rule's other side.
func (c familyCall) side() string {
	if c.direction == "egress" {
		return "Dest"
	}
	return "Source"
}

var (
	familyProtocols = []string{"TCP", "UDP", "ICMP", "GRE", "ALL", "ICMPV6"}
	familyRange     = regexp.MustCompile(`^([1-9][0-9]*)/([1-9][0-9]*)$`)
	familyInteger   = regexp.MustCompile(`^-?[0-9]+$`)
)

// wrongValue is the codes of the first value that is wrong, in the order of the
// document, none where all are fine. A change by id need not tell everything.
func (c familyCall) wrongValue(p familyAsk, partial bool) []string {
	owner := c.side() + "GroupOwnerId"
	for _, name := range []string{
		"IpProtocol", "PortRange", "Description", "DestCidrIp", "Ipv6DestCidrIp", "Ipv6SourceCidrIp",
		"NicType", "Policy", "Priority", "SourceCidrIp", owner, "SourcePortRange",
	} {
		text := p[name]
		needed := !partial && (name == "IpProtocol" || name == "PortRange")
		if text == "" && !needed || name == owner && p.cidr(c.side()) != "" {
			continue
		}
		if code := c.valueFault(name, text); code != "" {
			return []string{code}
		}
	}
	return nil
}

func (p familyAsk) cidr(side string) string { return p[side+"CidrIp"] + p["Ipv6"+side+"CidrIp"] }

func (c familyCall) valueFault(name, text string) string {
	switch fine, code := true, ""; name {
	case "IpProtocol":
		return wrongUnless(isOneOf(text, familyProtocols...), "InvalidIpProtocol.ValueNotSupported")
	case "PortRange", "SourcePortRange":
		return wrongUnless(isPortRange(text), "InvalidParam.PortRange")
	case "Description":
		return wrongUnless(utf8.RuneCountInString(text) <= 512, "InvalidSecurityGroupDiscription.Malformed")
	case "SourceCidrIp", "DestCidrIp":
		return wrongUnless(familyBlock(text).Addr().Is4(), "InvalidParam."+strings.TrimSuffix(name, "CidrIp")+"Ip")
	case "Ipv6SourceCidrIp", "Ipv6DestCidrIp":
		fine, code = isIPv6(text), "ILLEGAL_IPV6_CIDR"
		if !strings.Contains(text, ":") {
			code = "InvalidParam." + name
		}
		return wrongUnless(fine, code)
	case "NicType":
		return wrongUnless(isOneOf(text, "internet", "intranet") || text == "<nil>", c.unknownNic())
	case "Policy":
		return wrongUnless(isOneOf(text, "accept", "drop"), "InvalidPolicy.Malformed")
	case "Priority":
		if n, err := strconv.Atoi(text); familyInteger.MatchString(text) && (err != nil || n < 1 || n > 100) {
			return "InvalidPriority.ValueNotSupported"
		}
		return wrongUnless(familyInteger.MatchString(text), "InvalidPriority.Malformed")
	}
	_, err := strconv.ParseInt(text, 10, 64) // of an owner's id
	return wrongUnless(err == nil, "InvalidParameter")
}

func wrongUnless(fine bool, code string) string {
	if fine {
		return ""
	}
	return code
}

func isOneOf(text string, values ...string) bool {
	for _, v := range values {
		if strings.EqualFold(text, v) {
			return true
		}
	}
	return false
}

func isPortRange(text string) bool {
	m := familyRange.FindStringSubmatch(text)
	if m == nil {
		return text == "-1/-1"
	}
	first, err1 := strconv.Atoi(m[1])
	last, err2 := strconv.Atoi(m[2])
	return err1 == nil && err2 == nil && first <= last && last <= 65535
}

func isIPv6(text string) bool {
	b := familyBlock(text)
	return strings.Contains(text, ":") && !strings.Contains(text, "%") && b.Addr().Is6()
}

// unknownNic: in 2019 "403 InvalidNicType.Mismatch", where the action's own table
// of that year has not InvalidNicType.ValueNotSupported, which later ones have.
func (c familyCall) unknownNic() string {
	ownRow := c.direction == "egress" && c.verb != "Revoke"
	if c.year == 2019 && !ownRow {
		return "InvalidNicType.Mismatch"
	}
	return "InvalidNicType.ValueNotSupported"
}

// read puts what was asked into a rule: "a bare address …: text comes back as it
// went in, IPv6 compressed"; CIDR before group before prefix list.
func (c familyCall) read(p familyAsk) *familyRule {
	side := c.side()
	r := &familyRule{
		direction: c.direction, protocol: strings.ToUpper(p["IpProtocol"]), ports: p["PortRange"], sourcePorts: p["SourcePortRange"],
		source4: p["SourceCidrIp"], dest4: p["DestCidrIp"], source6: compressed(p["Ipv6SourceCidrIp"]), dest6: compressed(p["Ipv6DestCidrIp"]),
		group: p[side+"GroupId"], list: p[side+"PrefixListId"], description: p["Description"],
	}
	if text := p["NicType"]; text != "<nil>" {
		r.nic = strings.ToLower(text)
	}
	if text := strings.ToLower(p["Policy"]); text != "" {
		r.policy = strings.ToUpper(text[:1]) + text[1:]
	}
	if n, err := strconv.Atoi(p["Priority"]); err == nil {
		r.priority = strconv.Itoa(n)
	}
	switch {
	case r.far() != "":
		r.group, r.list = "", ""
	case r.group != "":
		r.list = ""
	}
	return r
}

func compressed(text string) string {
	if addr, err := netip.ParseAddr(text); err == nil {
		return addr.String()
	}
	if text == "" {
		return ""
	}
	return familyBlock(text).String()
}

// wrongRelation is the codes of the first thing wrong between a rule's values, in
// the order of the readings; self is the group that the rule is for.
func (c familyCall) wrongRelation(r *familyRule, p familyAsk, self string) []string {
	hasPorts := r.protocol == "TCP" || r.protocol == "UDP"
	has4, has6 := r.source4+r.dest4 != "", r.source6+r.dest6 != ""
	blank := func(name string) bool { text, there := p[name]; return there && text == "" }
	switch {
	case hasPorts == (r.ports == "-1/-1"), !hasPorts && r.sourcePorts != "" && r.sourcePorts != "-1/-1":
		return []string{"InvalidParam.PortRange"}
	case r.far()+r.group+r.list == "" && (blank(c.side()+"CidrIp") || blank(c.side()+"GroupId")):
		return []string{"MissingParameter"}
	case r.far()+r.group+r.list == "":
		return []string{"MissingParameter." + c.side()}
	case r.source4 != "" && r.source6 != "":
		return []string{"InvalidParam.SourceIp"}
	case r.dest4 != "" && r.dest6 != "":
		return []string{"InvalidParam.DestIp"}
	case r.protocol == "ICMP" && has6:
		return []string{"InvalidParam.Ipv4ProtocolConflictWithIpv6Address"}
	case r.protocol == "ICMPV6" && has4:
		return []string{"InvalidParam.Ipv6ProtocolConflictWithIpv4Address"}
	case r.source4 != "" && r.dest6 != "":
		return []string{"InvalidParam.Ipv4ProtocolConflictWithIpv6Address"}
	case r.source6 != "" && r.dest4 != "":
		return []string{"InvalidParam.Ipv6ProtocolConflictWithIpv4Address"}
	case r.group != "" && r.nic == "internet":
		return []string{"InvalidNicType.Mismatch"}
	case r.group == self && c.direction == "egress": // the tables of the egress actions have both codes
		return []string{"InvalidParamter.Conflict", "InvalidSecurityGroup.IsSame"}
	case r.group == self:
		return []string{"InvalidParamter.Conflict"}
	}
	return nil
}

// settle gives a rule what its group and the defaults decide, and tells whether the
// owner of its group is known.
func (m *familyModel) settle(g *familyGroup, c familyCall, r *familyRule, p familyAsk) (known bool) {
	r.policy, r.priority = cmp.Or(r.policy, "Accept"), cmp.Or(r.priority, "1")
	switch {
	case g.vpc != "" || r.nic == "" && r.group != "":
		r.nic = "intranet"
	case r.nic == "":
		r.nic = "internet"
	}
	if r.group == "" {
		return true
	}
	r.owner, known = familyOwner(g, p[c.side()+"GroupOwnerId"], p[c.side()+"GroupOwnerAccount"])
	return known
}

// familyOwner: the id "beats" the account, "which names the account whose id or
// e-mail it equals; neither: the caller's own", who has the group.
func familyOwner(g *familyGroup, id, account string) (owner string, known bool) {
	switch owner = cmp.Or(id, account, g.account); owner {
	case familyMe, familyMyMail:
		return familyMe, true
	case familyThem, familyTheirMail:
		return familyThem, true
	}
	return owner, false
}

// told is the rule's fields as Describe tells them.
func (r *familyRule) told(m *familyModel) map[string]any {
	all := map[string]any{
		"SecurityGroupRuleId": r.id, "Direction": r.direction, "IpProtocol": r.protocol, "PortRange": r.ports,
		"SourcePortRange": r.sourcePorts, "Policy": r.policy, "Priority": json.Number(r.priority), "NicType": r.nic,
		"SourceCidrIp": r.source4, "Ipv6SourceCidrIp": r.source6, "DestCidrIp": r.dest4, "Ipv6DestCidrIp": r.dest6,
		"Description": r.description, "CreateTime": r.created,
	}
	for _, side := range []string{"Source", "Dest"} {
		far := familyRule{}
		if (familyCall{direction: r.direction}).side() == side {
			far = *r
		}
		all[side+"GroupId"], all[side+"GroupOwnerAccount"], all[side+"GroupName"] = far.group, far.owner, ""
		if g := m.group(far.owner, far.group); g != nil {
			all[side+"GroupName"] = g.name
		}
		all[side+"PrefixListId"], all[side+"PrefixListName"] = far.list, m.lists[far.list].name
	}
	return all
}
