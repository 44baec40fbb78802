package server_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// Rules that are given as flat parameters, as Permissions.N, as JSON, by id, in the query
// or in the body mean the same: two equal servers that are sent random calls, each in
// another form, give the same answers and stay equal.
func TestFormsMeanTheSame(t *testing.T) {
	seeds := []uint64{1}
	if os.Getenv("SAFETY") != "" {
		for range 20 {
			seeds = append(seeds, rand.Uint64())
		}
	}
	for _, edition := range editions {
		for _, seed := range seeds {
			t.Run(fmt.Sprintf("%d, seed %d", edition, seed), func(t *testing.T) {
				t.Parallel()
				d := &twins{Rand: rand.New(rand.NewPCG(seed, uint64(edition))), a: frozen(t, edition), b: frozen(t, edition), codes: map[string]int{}}
				for range 400 {
					d.step(t)
				}
				assert.Equal(t, world(d.a), world(d.b))
				assert.Greater(t, d.codes[""], 50, "too few calls succeed")
				assert.Greater(t, len(d.codes), 15, "too few errors are met: %v", d.codes)
			})
		}
	}
}

// twins are two servers that are equal.
type twins struct {
	*rand.Rand
	a, b  *server.Server
	codes map[string]int // how often each code was answered, "" for a success
}

func frozen(t *testing.T, edition rpc.Edition) *server.Server {
	s := start(t, server.Options{Seed: ecs.Demo, Edition: edition})
	require.Equal(t, http.StatusOK, send(s, http.MethodPut, "/_mock/clock", `{"Now": "2030-01-02T03:04:05Z", "Frozen": true}`).Status)
	return s
}

// step adds rules to both servers, or adds them and revokes them again, by their fields
// on one server and by their ids on the other.
func (d *twins) step(t *testing.T) {
	egress := d.IntN(2) == 0
	group := pick(d, "sg-web", "sg-web", "sg-classic", "C0003E8B-B930-4F59-ADC0-0E209A9012B0", "sg-enterprise", "sg-nowhere")
	rules := []map[string]string{d.rule(egress)}
	for d.IntN(3) == 0 {
		rules = append(rules, d.rule(egress))
	}
	verb := pick(d, "Authorize", "Authorize", "Revoke")
	before := world(d.a)
	if d.call(t, verb, egress, group, rules) != "" || verb == "Revoke" {
		return
	}
	ids := addedRules(before, world(d.a))
	if len(ids) != len(rules) || d.IntN(2) == 0 {
		return
	}
	byID := url.Values{}
	for i, id := range ids {
		byID.Set(fmt.Sprintf("SecurityGroupRuleId.%d", i+1), id)
	}
	a := d.send(d.a, action("Revoke", egress), group, d.form(rules))
	b := d.send(d.b, action("Revoke", egress), group, byID)
	require.Equal(t, http.StatusOK, a.Status, a.Body)
	require.Equal(t, http.StatusOK, b.Status, b.Body)
	require.Equal(t, before, world(d.a))
	require.Equal(t, before, world(d.b))
}

// call sends a call to both servers and returns the code of the answer.
func (d *twins) call(t *testing.T, verb string, egress bool, group string, rules []map[string]string) string {
	formA, formB := d.form(rules), d.form(rules)
	a := d.send(d.a, action(verb, egress), group, formA)
	b := d.send(d.b, action(verb, egress), group, formB)
	about := fmt.Sprintf("%s %s\n%v\n%v", action(verb, egress), group, formA, formB)
	require.Equal(t, a.Status, b.Status, about)
	require.Less(t, a.Status, 500, about)
	leavesA, err := leaves(a.Body)
	require.NoError(t, err)
	leavesB, err := leaves(b.Body)
	require.NoError(t, err)
	require.Equal(t, withoutPlaces(leavesA), withoutPlaces(leavesB), about)
	if a.Status == http.StatusOK {
		require.Equal(t, world(d.a), world(d.b), about)
	}
	code := ""
	for _, leaf := range leavesA {
		if c, ok := strings.CutPrefix(leaf, "Code="); ok {
			code = c
		}
	}
	d.codes[code]++
	return code
}

var place = regexp.MustCompile(`Permissions\.\d+\.|Permissions\.\d+|the request`)

// withoutPlaces returns the fields of an answer without the numbers of elements.
func withoutPlaces(fields []string) []string {
	var all []string
	for _, field := range fields {
		all = append(all, place.ReplaceAllString(field, ""))
	}
	return all
}

func action(verb string, egress bool) string {
	if egress {
		return verb + "SecurityGroupEgress"
	}
	return verb + "SecurityGroup"
}

// send sends a call in the query or in the body, and asks for JSON or XML.
func (d *twins) send(s *server.Server, action, group string, form url.Values) answer {
	query := url.Values{"Action": {action}, "RegionId": {"cn-hangzhou"}, "SecurityGroupId": {group}, "Format": {pick(d, "JSON", "XML")}}
	if d.IntN(2) == 0 {
		return send(s, http.MethodPost, "/?"+query.Encode(), form.Encode(), "Content-Type: application/x-www-form-urlencoded")
	}
	return get(s, "/?"+query.Encode()+"&"+form.Encode())
}

// form returns rules in one of the forms.
func (d *twins) form(rules []map[string]string) url.Values {
	form := url.Values{}
	if len(rules) == 1 && d.IntN(2) == 0 {
		for name, value := range rules[0] {
			form.Set(name, value)
		}
		return form
	}
	if d.IntN(2) == 0 {
		text, _ := json.Marshal(rules)
		form.Set("Permissions", string(text))
		return form
	}
	for i, rule := range rules {
		for name, value := range rule {
			form.Set(fmt.Sprintf("Permissions.%d.%s", 2*i+1, name), value)
		}
	}
	return form
}

// rule returns the fields of a rule, valid in most cases.
func (d *twins) rule(egress bool) map[string]string {
	peer, other := "Source", "Dest"
	if egress {
		peer, other = other, peer
	}
	r := map[string]string{
		"IpProtocol": pick(d, "tcp", "TCP", "udp"),
		"PortRange":  fmt.Sprintf("%d/%d", 1+d.IntN(40), 40+d.IntN(40)),
	}
	switch d.IntN(8) {
	case 0:
		r[peer+"GroupId"] = pick(d, "sg-F876FF7BA", "sg-elsewhere", "sg-classic", "sg-nowhere", "sg-web")
	case 1:
		r[peer+"PrefixListId"] = pick(d, "pl-office", "pl-nowhere")
	case 2:
		r["Ipv6"+peer+"CidrIp"] = pick(d, "2001:db8::/32", "::/0", "2001:db8::1", "10.0.0.1", "2001:db8::/200")
	default:
		r[peer+"CidrIp"] = pick(d, "10.0.0.0/8", "10.1.2.3", "0.0.0.0/0", "192.168.0.0/16")
	}
	for _, field := range []struct{ name, values string }{
		{other + "CidrIp", "10.0.0.0/8 300.0.0.1"},
		{"Ipv6" + other + "CidrIp", "2001:db8::/32"},
		{"IpProtocol", "icmp icmpv6 gre all sctp blank"},
		{"PortRange", "-1/-1 80 0/1 blank"},
		{"SourcePortRange", "1/2 -1/-1 2/1"},
		{"Policy", "drop Accept allow"},
		{"Priority", "1 7 101 high"},
		{"NicType", "internet intranet wifi"},
		{"Description", "text <&> " + strings.Repeat("x", 513)},
		{peer + "GroupOwnerId", "1234567890123456 me"},
		{peer + "CidrIp", "blank 10.0.0.0/33"},
	} {
		if d.IntN(20) == 0 {
			r[field.name] = strings.TrimPrefix(pick(d, strings.Fields(field.values)...), "blank")
		}
	}
	return r
}

func pick(d *twins, of ...string) string { return of[d.IntN(len(of))] }

var ruleID = regexp.MustCompile(`"SecurityGroupRuleId": "([^"]+)"`)

// addedRules returns the ids of rules that are in one state and not in another.
func addedRules(before, after string) (ids []string) {
	for _, id := range ruleID.FindAllStringSubmatch(after, -1) {
		if !strings.Contains(before, id[0]) {
			ids = append(ids, id[1])
		}
	}
	return slices.Compact(ids)
}
