package linearizability

import (
	"fmt"
	"slices"

	"github.com/anishathalye/porcupine"
)

// throttled is a fault that acts before a call does.
const throttled = "Throttling.User"

// modelOf is the model of an account that has some groups. Apart means that no call
// is about two of them, so that each can be checked by itself.
func modelOf(groups []string, apart bool) porcupine.Model {
	m := porcupine.NondeterministicModel{
		Init: func() []any { return []any{newWorld(groups)} },
		Step: func(state, input, output any) (next []any) {
			for _, w := range state.(*world).step(input.(*call), output.(*answer)) {
				next = append(next, w)
			}
			return next
		},
		Equal: equal,
		Hash:  hash,
		DescribeOperation: func(input, output any) string {
			return fmt.Sprint(input.(*call), " -> ", output.(*answer))
		},
		DescribeState: func(state any) string { return state.(*world).text() },
	}
	if apart {
		m.Partition = byGroup
	}
	return m.ToModel()
}

func byGroup(history []porcupine.Operation) (parts [][]porcupine.Operation) {
	at := map[string]int{}
	for _, o := range history {
		group := o.Input.(*call).group
		if _, ok := at[group]; !ok {
			at[group] = len(parts)
			parts = append(parts, nil)
		}
		parts[at[group]] = append(parts[at[group]], o)
	}
	return parts
}

// step is the worlds there can be after a call that was answered so, none where it
// cannot have been. A call whose answer was lost has taken effect or has not, but not
// later than it ended: the mock is done with a call before it hangs up.
func (w *world) step(c *call, a *answer) []*world {
	if a.code == throttled {
		return []*world{w}
	}
	next, due := w.perform(c)
	switch {
	case a.lost && next == w:
		return []*world{w}
	case a.lost:
		return []*world{w, next}
	case due.code != a.code:
		return nil
	case a.code != "":
		return []*world{w}
	}
	switch c.verb {
	case "Describe":
		next = next.withIDs(c.group, a.rules)
	case "Create":
		next = next.made(c, due.group, a.group)
	case "Count":
		if due.count != a.count {
			return nil
		}
	}
	if next == nil {
		return nil
	}
	return []*world{next}
}

// withIDs returns the world whose rules' ids are known, nil where the rules are others.
func (w *world) withIDs(group string, rules []rule) *world {
	has, rules := sorted(w.groups[group]), sorted(rules)
	if len(has) != len(rules) {
		return nil
	}
	for i, r := range rules {
		known := has[i].id
		has[i].id = r.id
		if r.id == "" || has[i] != r || known != "" && known != r.id || known == "" && w.hasID(r.id) {
			return nil
		}
	}
	return w.with(group, has)
}

func (w *world) hasID(id string) bool {
	for _, rules := range w.groups {
		if findID(rules, id) >= 0 {
			return true
		}
	}
	return false
}

// made is the world in which a group has been created. That it was has been heard
// of already if due is its id.
func (w *world) made(c *call, due, id string) *world {
	_, used := w.groups[id]
	switch {
	case id == "" || due != "" && due != id:
		return nil
	case due == id:
		return w
	case used || w.gone[id]:
		return nil
	}
	next := w.with(id, nil)
	if c.token != "" {
		next = next.keeping(c.key(), kept{c.asked(), id})
	}
	return next
}

// key is what a token is kept by: it is another one for another action.
func (c *call) key() string { return actions[c.verb] + " " + c.token }

// perform is what a call does, and what it is to be answered.
func (w *world) perform(c *call) (next *world, due answer) {
	if c.token == "" {
		return w.act(c)
	}
	switch k, ok := w.tokens[c.key()]; {
	case !ok:
	case k.asked != c.asked():
		return w, answer{code: "IdempotentParameterMismatch"}
	default:
		return w, answer{group: k.group}
	}
	next, due = w.act(c)
	if due.code == "" {
		next = next.keeping(c.key(), kept{asked: c.asked()})
	}
	return next, due
}

func (w *world) act(c *call) (next *world, due answer) {
	switch c.verb {
	case "Create":
		return w, answer{} // its id is for the answer to tell
	case "Reset":
		return w.reset(), answer{}
	}
	rules, ok := w.groups[c.group]
	switch {
	case !ok && c.verb == "Count":
		return w, answer{count: -1}
	case !ok && c.verb == "Delete" && c.year == 2025:
		return w, answer{code: "InvalidSecurityGroup.NotFound"}
	case !ok:
		return w, answer{code: "InvalidSecurityGroupId.NotFound"}
	}
	var code string
	switch c.verb {
	case "Count":
		return w, answer{count: len(rules)}
	case "Describe":
		return w, answer{}
	case "Delete":
		if w.named(c.group) {
			return w, answer{code: "DependencyViolation"}
		}
		return w.without(c.group), answer{}
	case "Authorize":
		rules, code = w.authorize(rules, c)
	case "Revoke":
		rules, code = w.revoke(rules, c)
	case "RevokeID":
		rules, code = revokeID(rules, c)
	case "Modify":
		rules, code = w.modify(rules, c)
	case "ModifyID":
		rules, code = modifyID(rules, c)
	}
	if code != "" {
		return w, answer{code: code}
	}
	return w.with(c.group, rules), answer{}
}

// authorize adds what is not there yet, all or nothing.
func (w *world) authorize(rules []rule, c *call) ([]rule, string) {
	rules = slices.Clone(rules)
	for _, r := range c.rules {
		if w.lacks(r.peer) {
			return nil, "InvalidSourceGroupId.NotFound"
		}
		if find(rules, r) < 0 {
			rules = append(rules, r)
		}
	}
	return rules, ""
}

// revoke takes away what is asked, all or nothing; in 2020 a rule that is not there is
// passed over.
func (w *world) revoke(rules []rule, c *call) ([]rule, string) {
	left := rules
	for _, r := range c.rules {
		at := find(left, r)
		switch {
		case at >= 0:
			left = removed(left, at)
		case w.lacks(r.peer) && c.year > 2019:
			return nil, "InvalidSourceGroupId.NotFound"
		case c.year == 2020:
		case c.year == 2025:
			return nil, "InvalidSecurityGroupRule.RuleNotExist"
		default:
			return nil, "InvalidGroupAuthItem.NotFound"
		}
	}
	return left, ""
}

func revokeID(rules []rule, c *call) ([]rule, string) {
	at := findID(rules, c.id)
	switch {
	case at >= 0:
		return removed(rules, at), ""
	case c.year == 2025:
		return nil, "InvalidParam.SecurityGroupRuleId"
	}
	return nil, "InvalidSecurityGroupRuleId.NotFound"
}

// modify gives a rule another description.
func (w *world) modify(rules []rule, c *call) ([]rule, string) {
	at := find(rules, c.rules[0])
	switch {
	case at < 0 && w.lacks(c.rules[0].peer):
		return nil, "InvalidSourceGroupId.NotFound"
	case at < 0:
		return nil, "SecurityGroupRule.NotFound"
	}
	r := rules[at]
	r.description = c.description
	return replaced(rules, at, r), ""
}

// modifyID moves a rule to another port, where there is none like it.
func modifyID(rules []rule, c *call) ([]rule, string) {
	at := findID(rules, c.id)
	if at < 0 {
		return nil, "InvalidSecurityGroupRuleId.NotFound"
	}
	r := rules[at]
	r.port = c.port
	if same := find(rules, r); same >= 0 && same != at {
		return nil, "InvalidOperation.RuleDuplicate"
	}
	return replaced(rules, at, r), ""
}
