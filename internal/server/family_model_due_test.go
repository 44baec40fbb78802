package server_test

import (
	"cmp"
	"slices"
)

// familyRequest is a request to one of the rule actions: rules in one of the forms,
// or ids.
type familyRequest struct {
	familyCall
	caller string // account
	group  string // id
	form   string // flat, dotted, json or ids
	rules  []familyAsk
	ids    []string
	fault  string // what its form is made wrong by: "two forms", "index" or "no json"
}

// due is what becomes of a request. Nothing becomes of one that is to be refused:
// codes are those with which it may be, "" standing for a success that changes
// nothing. Where the readings leave open which of several faults is told, each is
// among them. Of a request that is to succeed, apply is what it changes.
func (m *familyModel) due(r *familyRequest) (codes []string, apply func()) {
	switch r.fault {
	case "two forms":
		return []string{"InvalidParam.Permissions"}, nil
	case "index", "no json":
		return []string{"InvalidParameter"}, nil
	}
	byID := len(r.ids) > 0
	for _, ask := range r.rules {
		if codes := r.wrongValue(ask, byID); codes != nil {
			return codes, nil
		}
		if byID {
			continue // what it makes of the rule is checked
		}
		if codes := r.wrongRelation(r.read(ask), ask, r.group); codes != nil {
			return codes, nil
		}
	}
	g := m.group(r.caller, r.group)
	if g == nil {
		return []string{"InvalidSecurityGroupId.NotFound"}, nil
	}
	switch {
	case r.verb == "Modify" && byID:
		return m.dueChange(g, r)
	case byID:
		return m.dueRevokeByID(g, r)
	case r.verb == "Authorize":
		return m.dueAuthorize(g, r)
	}
	return m.dueOnFound(g, r)
}

func (m *familyModel) dueAuthorize(g *familyGroup, r *familyRequest) (codes []string, apply func()) {
	var asked, added []*familyRule
	for _, ask := range r.rules {
		rule := r.read(ask)
		known := m.settle(g, r.familyCall, rule, ask)
		codes = append(codes, m.notAdmitted(g, r.familyCall, rule, known)...)
		if slices.ContainsFunc(asked, rule.same) {
			codes = append(codes, "InvalidParam.DuplicatePermissions")
		}
		asked = append(asked, rule)
		if g.find(rule) == nil {
			added = append(added, rule)
		}
	}
	if len(codes) == 0 && len(added) > 0 {
		codes = m.noRoom(g, added)
	}
	return codes, func() { g.rules = append(g.rules, added...) }
}

// notAdmitted is the codes of all that speaks against a new rule.
func (m *familyModel) notAdmitted(g *familyGroup, c familyCall, r *familyRule, known bool) (codes []string) {
	side := c.side()
	if g.vpc == "" && (r.source6+r.dest6 != "" || r.protocol == "ICMPV6") {
		codes = append(codes, "InvalidSecurityGroup.InvalidNetworkType")
	}
	if r.list != "" {
		switch l, ok := m.lists[r.list]; {
		case g.account != familyMe || !ok:
			return append(codes, "InvalidPrefixListId.NotFound")
		case g.vpc == "":
			codes = append(codes, "NotSupported.ClassicNetworkPrefixList")
		case !l.suits(r):
			codes = append(codes, "InvalidParam.PrefixListAddressFamilyMismatch")
		}
	}
	peer := m.group(r.owner, r.group)
	switch {
	case r.group == "":
		return codes
	case peer == nil || !known:
		return append(codes, "Invalid"+side+"GroupId.NotFound")
	case (peer.vpc == "") != (g.vpc == ""):
		codes = append(codes, "InvalidNetworkType.Conflict", "InvalidNetworkType.Mismatch")
	case peer.vpc != g.vpc:
		codes = append(codes, "Invalid"+side+"GroupId.Mismatch")
	}
	if g.enterprise {
		codes = append(codes, "InvalidGroupParameter.OperationDenied")
	}
	if peer.enterprise {
		codes = append(codes, "InvalidGroupAuthParameter.OperationDenied")
	}
	return codes
}

// suits tells whether a list's family is that of a rule's protocol and own side.
func (l familyList) suits(r *familyRule) bool {
	six := l.family == "IPv6"
	has4, has6 := r.source4+r.dest4 != "", r.source6+r.dest6 != ""
	return !(six && (has4 || r.protocol == "ICMP")) && !(!six && (has6 || r.protocol == "ICMPV6"))
}

// noRoom is the codes of the quotas that more rules would exceed.
func (m *familyModel) noRoom(g *familyGroup, added []*familyRule) (codes []string) {
	has, hasPeered := m.cost(g.rules)
	more, morePeered := m.cost(added)
	if has+more > m.most() {
		codes = append(codes, "AuthorizationLimitExceed")
	}
	if m.year >= 2024 && morePeered > 0 && hasPeered+morePeered > 20 {
		codes = append(codes, "AuthorizedGroupRule.LimitExceed")
	}
	return codes
}

// dueOnFound is a revoke, or a new description, of rules that are told by what
// identifies them: all of them are there, or nothing happens.
func (m *familyModel) dueOnFound(g *familyGroup, r *familyRequest) (codes []string, apply func()) {
	var found, asked []*familyRule
	for _, ask := range r.rules {
		rule := r.read(ask)
		known := m.settle(g, r.familyCall, rule, ask)
		if slices.ContainsFunc(asked, rule.same) {
			codes = append(codes, "InvalidParam.DuplicatePermissions")
		}
		asked = append(asked, rule)
		if has := g.find(rule); has != nil {
			found = append(found, has)
			continue
		}
		codes = append(codes, m.notFound(g, r.familyCall, rule, known))
	}
	return codes, func() {
		for i, has := range found {
			if r.verb == "Revoke" {
				g.rules = slices.DeleteFunc(g.rules, func(o *familyRule) bool { return o == has })
				continue
			}
			has.description = cmp.Or(asked[i].description, has.description)
		}
	}
}

// notFound is the code of a rule that the group has not, by edition.
func (m *familyModel) notFound(g *familyGroup, c familyCall, r *familyRule, known bool) string {
	none := map[int]string{2019: "InvalidGroupAuthItem.NotFound", 2024: "InvalidSecurityGroupRule.RuleNotExist"}[c.year]
	if c.verb == "Modify" {
		none = "SecurityGroupRule.NotFound"
	}
	_, hasList := m.lists[r.list]
	noGroup := r.group != "" && (!known || m.group(r.owner, r.group) == nil)
	noList := r.list != "" && (!hasList || g.account != familyMe)
	switch asMiss := c.verb == "Revoke" && c.year == 2019; {
	case (noGroup || noList) && asMiss:
		return none
	case noGroup:
		return "Invalid" + c.side() + "GroupId.NotFound"
	case noList:
		return "InvalidPrefixListId.NotFound"
	}
	other := *r
	other.nic = map[string]string{"internet": "intranet", "intranet": "internet"}[r.nic]
	if g.find(&other) != nil {
		return "InvalidNicType.Mismatch"
	}
	return none
}

func (m *familyModel) dueRevokeByID(g *familyGroup, r *familyRequest) (codes []string, apply func()) {
	unknown := "InvalidSecurityGroupRuleId.NotFound"
	if r.year >= 2024 {
		unknown = map[string]string{"ingress": "InvalidParam.SecurityGroupRuleId", "egress": "InvalidSecurityGroupRule.RuleNotExist"}[r.direction]
	}
	for i, id := range r.ids {
		if slices.Contains(r.ids[:i], id) {
			codes = append(codes, "InvalidParam.SecurityGroupRuleIdRepeated")
		}
		if !slices.ContainsFunc(g.rules, func(has *familyRule) bool { return has.id == id && has.direction == r.direction }) {
			codes = append(codes, unknown)
		}
	}
	return codes, func() {
		g.rules = slices.DeleteFunc(g.rules, func(has *familyRule) bool { return slices.Contains(r.ids, has.id) })
	}
}

// dueChange is a change by id: "any given field changes, but not the kind of
// source, not NicType"; it cannot become a rule that there is.
func (m *familyModel) dueChange(g *familyGroup, r *familyRequest) (codes []string, apply func()) {
	at := slices.IndexFunc(g.rules, func(has *familyRule) bool { return has.id == r.ids[0] && has.direction == r.direction })
	if at < 0 {
		return []string{"InvalidSecurityGroupRuleId.NotFound"}, nil
	}
	has, ask, asked := g.rules[at], r.rules[0], r.read(r.rules[0])
	if *asked == (familyRule{direction: r.direction}) {
		return []string{"InvalidParam.InvalidModifyRuleRequest"}, nil
	}
	if asked.kind() != "" && asked.kind() != has.kind() {
		codes = append(codes, "InvalidOperation.ModifySgRuleEntityType")
	}
	if asked.group != "" && asked.nic == "internet" {
		codes = append(codes, "InvalidNicType.Mismatch")
	}
	if g.vpc == "" && asked.nic != "" && asked.nic != has.nic {
		codes = append(codes, "InvalidOperation.ModifyNicType")
	}
	to, known := m.changed(g, r.familyCall, has, asked, ask)
	codes = append(codes, r.wrongRelation(to, nil, g.id)...)
	codes = append(codes, m.notAdmitted(g, r.familyCall, to, known)...)
	if same := g.find(to); same != nil && same != has {
		codes = append(codes, "InvalidOperation.RuleDuplicate")
	}
	return codes, func() { *has = *to }
}

// kind is what the rule's other side is.
func (r *familyRule) kind() string {
	v4 := map[string]string{"ingress": r.source4, "egress": r.dest4}[r.direction]
	switch {
	case v4 != "":
		return "IPv4"
	case r.far() != "":
		return "IPv6"
	case r.group != "":
		return "group"
	case r.list != "":
		return "prefix list"
	}
	return ""
}

// changed is the rule with what was asked in place of what it has.
func (m *familyModel) changed(g *familyGroup, c familyCall, has, asked *familyRule, ask familyAsk) (to *familyRule, known bool) {
	one := *has
	to, known = &one, true
	for _, field := range [][2]*string{
		{&to.protocol, &asked.protocol}, {&to.ports, &asked.ports}, {&to.sourcePorts, &asked.sourcePorts},
		{&to.policy, &asked.policy}, {&to.priority, &asked.priority}, {&to.description, &asked.description},
		{&to.source4, &asked.source4}, {&to.source6, &asked.source6}, {&to.dest4, &asked.dest4}, {&to.dest6, &asked.dest6},
		{&to.group, &asked.group}, {&to.list, &asked.list},
	} {
		*field[0] = cmp.Or(*field[1], *field[0])
	}
	if asked.group != "" {
		to.owner, known = familyOwner(g, ask[c.side()+"GroupOwnerId"], ask[c.side()+"GroupOwnerAccount"])
	}
	return to, known
}
