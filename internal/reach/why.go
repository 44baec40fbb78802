package reach

import (
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// answer returns the decision with its reasons.
func (d *decision) answer() Answer {
	a := Answer{Reaches: d.rank() == 2, Partly: d.rank() == 1}
	switch {
	case a.Reaches:
		a.Why = "Yes: " + d.acceptance()
		if d.others {
			a.Why += ", and others accept the rest"
		}
	case a.Partly:
		a.Why = "No, only in part: " + d.acceptance() + ", but " + d.refusal()
	default:
		a.Why = "No: " + d.refusal()
	}
	a.Why += "."
	a.add(d.rulings())
	return a
}

// partly returns the answer where a part of the traffic of one family reaches, and nothing
// of another.
func partly(some, nothing *decision) Answer {
	var all []Ruling
	for _, d := range []*decision{nothing, some} {
		for _, s := range d.sides {
			s.named = true
		}
		all = append(all, d.rulings()...)
	}
	seen := map[*secgroup.Rule]bool{}
	var first, rest []Ruling
	for _, r := range all {
		if r.Decides {
			r.Why = decides(false)
			seen[r.Rule], first = true, append(first, r)
		}
	}
	for _, r := range all {
		if !seen[r.Rule] {
			seen[r.Rule], rest = true, append(rest, r)
		}
	}
	a := Answer{Partly: true, Why: "No, only in part: " + some.acceptance() + ", but " + nothing.refusal() + "."}
	a.add(append(first, rest...))
	return a
}

// add adds the rules, as many as an answer has.
func (a *Answer) add(all []Ruling) {
	a.Rules = all[:min(mostRulings, len(all))]
	a.More = len(all) - len(a.Rules)
}

// acceptance returns what accepts the traffic, as a part of a sentence.
func (d *decision) acceptance() string {
	text := ""
	for _, c := range d.accepted.by {
		switch more := c.does(c.side.asked()); {
		case text == "":
			text = more
		case text != more: // the inner access is the same at both ends
			text += ", and " + more
		}
	}
	return text
}

// refusal returns what refuses the traffic, with an example where something is accepted.
func (d *decision) refusal() string {
	c := d.refused.by[len(d.refused.by)-1]
	traffic := c.side.asked()
	if d.accepted != nil {
		traffic = "the rest, such as that " + d.example(d.refused.at)
	}
	return c.does(traffic)
}

// example returns in which way the connections of a box are fewer than all that the
// question is about.
func (d *decision) example(b box) string {
	for i, word := range []string{"from ", "to "} {
		if !b[i].contains(d.ends[i].hull()) {
			p, _ := d.ends[i].first(b[i])
			return word + p.addr(d.family).String()
		}
	}
	return "from the source port " + strconv.Itoa(int(b[source].first.low))
}

// does returns what the candidate does with some traffic.
func (c *candidate) does(traffic string) string {
	switch {
	case c.rule != nil:
		return "rule " + c.rule.ID + " of " + c.group.ID + c.verb() + c.side.traffic() + c.side.scope(c) + " at priority " + c.rule.Priority.String()
	case c.group != nil:
		return "members of " + c.group.ID + " reach each other whatever its rules are, as its InnerAccessPolicy is Accept"
	}
	without, end := " accepts ", " is dropped"
	if c.accept {
		without, end = " drops ", " is accepted"
	}
	of := "inbound traffic"
	if c.side.direction == secgroup.Egress {
		of = "outbound traffic"
		if !c.accept {
			of += " of enterprise groups"
		}
	}
	return "no rule of " + c.side.groups() + without + traffic + "; " + of + " without a rule" + end
}

func (c *candidate) verb() string {
	if c.accept {
		return " accepts "
	}
	return " drops "
}

// scope returns the ends of the connections that a rule is for.
func (s *side) scope(c *candidate) string {
	text := s.remoteText(peerText(c.group, c.rule))
	if peer := c.rule.Peer; peer.Group != "" && s.other.Member {
		text += " (" + s.other.Name + " is in it)"
	}
	if local := c.rule.Local(); local.IsSet() {
		text += s.localText(local.String())
	}
	if c.rule.SourcePorts.IsSet() && c.rule.SourcePorts != secgroup.AllPorts {
		text += " with source ports " + c.rule.SourcePorts.String()
	}
	return text
}

// remoteText returns the other end with its preposition, localText that of the group.
func (s *side) remoteText(name string) string {
	if s.direction == secgroup.Egress {
		return " to " + name
	}
	return " from " + name
}

func (s *side) localText(name string) string {
	if s.direction == secgroup.Egress {
		return " from " + name
	}
	return " to " + name
}

// traffic returns what is asked for: tcp 22.
func (s *side) traffic() string {
	text := protocolText(s.question.Protocol)
	if s.question.Port != 0 {
		text += " " + strconv.Itoa(int(s.question.Port))
	}
	return text
}

// asked returns what is asked for with the other end: tcp 22 from anyone.
func (s *side) asked() string {
	name := s.other.Name
	if s.named && s.other.Anyone {
		name = "any " + s.family.String() + " address"
	}
	return s.traffic() + s.remoteText(name)
}

// protocolText returns a protocol as people write it.
func protocolText(p secgroup.Protocol) string {
	text := strings.ToLower(p.String())
	if text[0] <= '9' {
		text = "protocol " + text
	}
	return text
}

// groups returns the ids of the groups whose rules are asked.
func (s *side) groups() string {
	var ids []string
	for _, group := range s.owner.Groups {
		ids = append(ids, group.ID)
	}
	return strings.Join(ids, " or ")
}

// peerText returns the peer of a rule for people.
func peerText(group *secgroup.Group, r *secgroup.Rule) string {
	switch {
	case r.HasCIDR():
		return r.Remote().String()
	case r.Peer.Group == "":
		return r.Peer.PrefixList
	case r.Peer.Owner != group.Account:
		return r.Peer.Group + " of account " + r.Peer.Owner
	}
	return r.Peer.Group
}

// rulings returns the rules that have to do with the answer.
func (d *decision) rulings() []Ruling {
	var decide, lose, miss []Ruling
	for _, s := range d.sides {
		deciding := s.deciding(d)
		if len(deciding) == 0 { // another side refuses everything before
			continue
		}
		for i, c := range s.matching {
			switch {
			case c.rule == nil || i > 0 && s.matching[i-1].rule == c.rule: // those of a rule follow each other
			case deciding[c.rule]:
				decide = append(decide, Ruling{c.group, c.rule, true, decides(len(deciding) == 1)})
			default:
				lose = append(lose, Ruling{c.group, c.rule, false, d.loses(c)})
			}
		}
		if last := s.matching[len(s.matching)-1]; d.deciders[last] && !last.accept {
			miss = append(miss, s.nearest()...)
		}
	}
	return append(append(decide, lose...), miss...)
}

// deciding returns the rules of the side that decide, with nil for what decides without one.
func (s *side) deciding(d *decision) map[*secgroup.Rule]bool {
	rules := map[*secgroup.Rule]bool{}
	for _, c := range s.matching {
		if d.deciders[c] {
			rules[c.rule] = true
		}
	}
	return rules
}

// decides returns why a rule decides.
func decides(alone bool) string {
	if alone {
		return "It matches, and no rule that matches comes before it."
	}
	return "It matches a part, and there no rule that matches comes before it."
}

// loses returns why a rule that matches does not decide: one that does comes before it.
func (d *decision) loses(c *candidate) string {
	for _, by := range c.side.matching {
		if by == c {
			break
		}
		if !d.deciders[by] || !by.overlaps(&c.box) {
			continue
		}
		switch {
		case by.rule == nil:
			return "It matches, but the InnerAccessPolicy of " + by.group.ID + " comes before its rules."
		case by.rule.Priority != c.rule.Priority:
			return "It matches, but its priority " + c.rule.Priority.String() + " comes after the priority " + by.rule.Priority.String() + " of " + by.rule.ID + "."
		case by.rule.Policy != c.rule.Policy:
			return "It matches, but of two rules at priority " + c.rule.Priority.String() + " that which drops comes first, here " + by.rule.ID + "."
		}
		return "It matches, but " + by.rule.ID + " does the same at the same priority."
	}
	return "It matches, but only what the other end refuses."
}
