package server_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/server"
)

// request draws a request to one of the rule actions.
func (d familyDraw) request() *familyRequest {
	r := &familyRequest{familyCall: familyCall{familyOneOf(d, "Authorize", "Authorize", "Revoke", "Revoke", "Modify"), familyOneOf(d, "ingress", "ingress", "egress"), d.m.year}, form: "flat"}
	g := d.group(r)
	r.caller, r.group = g.account, g.id
	forms := map[string][]string{"Authorize": {"flat", "dotted", "json"}, "Revoke": {"flat", "dotted", "json", "ids"}, "Modify": {"flat", "ids"}}
	r.form = familyOneOf(d, forms[r.verb]...)
	n := 1
	if r.form != "flat" && r.verb != "Modify" && d.once(2) {
		n = 1 + d.IntN(4)
	}
	switch {
	case r.form == "ids":
		d.drawIDs(r, g, n)
	case r.verb == "Authorize":
		for range n {
			r.rules = append(r.rules, d.spell(g, d.rule(g, r.direction)))
		}
	default:
		for _, rule := range d.found(g, r.direction, n) {
			r.rules = append(r.rules, d.spell(g, rule))
		}
	}
	if d.once(8) && len(r.rules) > 0 {
		d.spoil(familyOneOf(d, r.rules...), r.direction, r.group)
	}
	if d.once(50) {
		r.group = "sg-gone"
	}
	if d.once(25) && r.verb != "Modify" {
		r.fault = familyOneOf(d, map[string][]string{"flat": {""}, "dotted": {"two forms", "index"}, "json": {"two forms", "no json"}, "ids": {"two forms", "index"}}[r.form]...)
	}
	return r
}

// group draws a group: what is to be revoked or changed is mostly there.
func (d familyDraw) group(r *familyRequest) *familyGroup {
	g := familyOneOf(d, d.m.groups...)
	if d.once(3) {
		g = d.m.group(familyMe, familyOneOf(d, "sg-normal", "sg-classic", "sg-full", "sg-full"))
	}
	for range 5 {
		if r.verb != "Authorize" && len(g.drawable(r.direction)) == 0 {
			g = familyOneOf(d, d.m.groups...)
		}
	}
	return g
}

// drawIDs draws ids of rules, now and then unknown ones, repeated ones and those of
// rules of the other direction. A change by id also has what is to change.
func (d familyDraw) drawIDs(r *familyRequest, g *familyGroup, n int) {
	rules := g.drawable(r.direction)
	if d.once(4) {
		rules = append(rules, g.drawable(map[string]string{"ingress": "egress", "egress": "ingress"}[r.direction])...)
	}
	var has []string
	for _, rule := range rules {
		has = append(has, rule.id)
	}
	d.Shuffle(len(has), func(i, j int) { has[i], has[j] = has[j], has[i] })
	r.ids = has[:min(n, len(has))]
	if len(r.ids) == 0 || d.once(15) {
		r.ids = append(r.ids, "sgr-gone")
	}
	if r.verb == "Revoke" {
		if d.once(20) {
			r.ids = append(r.ids, r.ids[0])
		}
		return
	}
	r.ids = r.ids[:1]
	ask, keep := d.spell(g, d.changeOf(g, r)), d.IntN(5)
	if d.once(5) {
		ask, keep = d.spell(g, d.found(g, r.direction, 1)[0]), 4 // another rule of the group, or itself
	}
	for _, name := range slices.Sorted(maps.Keys(ask)) {
		if d.IntN(4) > keep {
			delete(ask, name)
		}
	}
	r.rules = []familyAsk{ask}
}

// changeOf draws what a rule may become: mostly one with the same kind of other side.
func (d familyDraw) changeOf(g *familyGroup, r *familyRequest) *familyRule {
	to := d.fresh(g, r.direction)
	for _, has := range g.rules {
		for range 10 {
			if has.id == r.ids[0] && to.kind() != has.kind() {
				to = d.fresh(g, r.direction)
			}
		}
	}
	return to
}

// pairs are the parameters of a request, without the common ones.
func (d familyDraw) pairs(r *familyRequest) [][2]string {
	pairs := [][2]string{{"RegionId", "cn-hangzhou"}, {"SecurityGroupId", r.group}}
	n := 1
	for _, id := range r.ids {
		name := "SecurityGroupRuleId." + strconv.Itoa(n)
		if r.verb == "Modify" {
			name = "SecurityGroupRuleId"
		}
		pairs = append(pairs, [2]string{name, id})
		n += 1 + d.IntN(2) // "gaps in N are fine"
	}
	if r.form == "json" {
		pairs = append(pairs, [2]string{"Permissions", d.json(r)})
	} else {
		n = 1
		for _, ask := range r.rules {
			head := ""
			if r.form == "dotted" {
				head = fmt.Sprintf("Permissions.%d.", n)
			}
			for _, name := range slices.Sorted(maps.Keys(ask)) {
				pairs = append(pairs, [2]string{head + name, ask[name]})
			}
			n += 1 + d.IntN(3)*d.IntN(15)
		}
	}
	switch r.fault {
	case "two forms":
		pairs = append(pairs, familyOneOf(d, [2]string{"Policy", "accept"}, [2]string{"IpProtocol", "tcp"}))
	case "index":
		list := map[string]string{"dotted": "Permissions.%d.Policy", "ids": "SecurityGroupRuleId.%d"}[r.form]
		pairs = append(pairs, [2]string{fmt.Sprintf(list, familyOneOf(d, 0, 101)), "drop"})
	}
	d.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	return pairs
}

// json is the rules as one JSON list, now and then with numbers and nulls in it.
func (d familyDraw) json(r *familyRequest) string {
	var list []map[string]any
	for _, ask := range r.rules {
		fields := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(ask)) {
			text := ask[name]
			fields[name] = text
			if n, err := strconv.Atoi(text); err == nil && strconv.Itoa(n) == text && d.once(2) {
				fields[name] = n
			}
			if text == "" && name != "SourceCidrIp" && name != "DestCidrIp" && d.once(2) {
				fields[name] = nil
			}
		}
		list = append(list, fields)
	}
	text, _ := json.Marshal(list) // texts and numbers only: it cannot fail
	if r.fault == "no json" {
		return familyOneOf(d, "tcp", "{}", `["tcp"]`, `[{"IpProtocol":["tcp"]}]`, string(text)+"]")
	}
	return string(text)
}

// send sends a request by GET, by POST, or with its parameters in both places.
func (d familyDraw) send(s *server.Server, r *familyRequest) (answer, string) {
	action := map[string]string{
		"Authorize ingress": "AuthorizeSecurityGroup", "Authorize egress": "AuthorizeSecurityGroupEgress",
		"Revoke ingress": "RevokeSecurityGroup", "Revoke egress": "RevokeSecurityGroupEgress",
		"Modify ingress": "ModifySecurityGroupRule", "Modify egress": "ModifySecurityGroupEgressRule",
	}[r.verb+" "+r.direction]
	pairs := append([][2]string{{"Action", action}, {"Format", familyOneOf(d, "JSON", "XML")}, {"AccessKeyId", familyKey(r.caller)}}, d.pairs(r)...)
	var query, body []string
	way := d.IntN(3)
	for i, pair := range pairs {
		text := url.QueryEscape(pair[0]) + "=" + url.QueryEscape(pair[1])
		if way == 0 || way == 2 && i < 3 {
			query = append(query, text)
		} else {
			body = append(body, text)
		}
	}
	target := "/?" + strings.Join(query, "&")
	if way == 0 {
		return get(s, target), target
	}
	return send(s, http.MethodPost, target, strings.Join(body, "&"), "Content-Type: application/x-www-form-urlencoded"), target + "\n" + strings.Join(body, "&")
}

// familyKey is an access key of an account: "of exactly 16 digits is the account",
// every other one is the default account's.
func familyKey(account string) string {
	if account == familyMe {
		return "testid"
	}
	return account
}
