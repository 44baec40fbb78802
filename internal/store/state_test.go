package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

func TestEveryWorldLoadsFromItsState(t *testing.T) {
	for seed := range uint64(60) {
		w := randomWorld(t, seed, int(5*seed))
		state := w.State()
		again := New(clock.New())
		require.NoError(t, again.Load(state), "%s", state)
		require.Equal(t, string(state), string(again.State()))
		requireSound(t, again)
		require.Equal(t, w.Groups(), again.Groups())
	}
}

// requireSound compares what a world keeps beside its groups with the groups.
func requireSound(t testing.TB, w *World) {
	groups := 0
	for _, p := range w.contents.regions {
		for _, r := range p.namespaces {
			groups += len(r.groups)
			rules := 0
			for _, g := range r.groups {
				rules += g.Len()
				require.Equal(t, []string{r.Account, r.Region}, []string{g.Account, g.Region})
			}
			require.Len(t, r.rules, rules)
			require.Len(t, r.sorted, len(r.groups))
			require.IsDecreasing(t, append(ids(r.sorted), ""))
			require.Equal(t, enrolled(r), r.inGroup)
			for i, p := range r.PrefixLists() {
				require.True(t, i == 0 || p.ID < r.PrefixLists()[i-1].ID)
				require.Equal(t, []string{r.Account, r.Region}, []string{p.Account, p.Region})
			}
			for i, p := range r.PortRangeLists() {
				require.True(t, i == 0 || p.ID < r.PortRangeLists()[i-1].ID)
				require.Equal(t, []string{r.Account, r.Region}, []string{p.Account, p.Region})
			}
		}
		require.Equal(t, recount(p), counted(p))
	}
	require.Equal(t, groups, w.Groups())
}

func ids(groups []*secgroup.Group) []string {
	var all []string
	for _, g := range groups {
		all = append(all, g.ID)
	}
	return all
}

func TestStateOfTheExample(t *testing.T) {
	seed, err := os.ReadFile("../../testdata/seeds/web.json")
	require.NoError(t, err)
	w := frozen(t)
	require.NoError(t, w.Load(seed))
	state := string(w.State())
	id := ruleID(t, w, "cn-hangzhou", "sg-web")
	assert.Equal(t, `{
  "Version": 1,
  "SecurityGroups": [
    {
      "RegionId": "cn-hangzhou",
      "SecurityGroupId": "sg-web",
      "VpcId": "vpc-1",
      "CreationTime": "2030-01-02T03:04:05Z",
      "Permissions": [
        {"SecurityGroupRuleId": "`+id+`", "IpProtocol": "TCP", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8", "CreateTime": "2030-01-02T03:04:05Z"}
      ]
    }
  ]
}
`, state)
	assert.Regexp(t, "^sgr-bp1[0-9a-z]{17}$", id)
}

func TestEveryExampleLoads(t *testing.T) {
	seeds, err := filepath.Glob("../../testdata/seeds/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, seeds)
	for _, name := range seeds {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.NoError(t, frozen(t).Load(text), name)
	}
}

func TestStateOfTheEmptyWorld(t *testing.T) {
	w := frozen(t)
	assert.Equal(t, "{\n  \"Version\": 1,\n  \"SecurityGroups\": []\n}\n", string(w.State()))
	require.NoError(t, w.Load([]byte("{}")))
	require.NoError(t, w.Load(w.State()))
}

func frozen(t testing.TB) *World {
	a := clock.Seeded(1)
	a.Set(time.Date(2030, 1, 2, 3, 4, 5, 678, time.UTC), true)
	return New(a)
}

func ruleID(t testing.TB, w *World, region, group string) (id string) {
	require.NoError(t, w.View(account.DefaultID, region, func(r *Namespace) error {
		g, err := r.Group(group)
		for rule := range g.Rules() {
			id = rule.ID
		}
		return err
	}))
	return id
}

// A state comes back as it was written, with every field.
func TestAStateHasEveryField(t *testing.T) {
	state, err := os.ReadFile("../../testdata/seeds/everything.json")
	require.NoError(t, err)
	w := New(clock.New())
	require.NoError(t, w.Load(state))
	assert.Equal(t, string(state), string(w.State()))
}

// A rule whose state names the group's account as the owner of its peer keeps that: an
// answer has the owner then, by its id.
func TestANamedOwnerIsKept(t *testing.T) {
	for _, owner := range []string{"1234567890123456", "test@aliyun.com"} {
		w := New(clock.New())
		require.NoError(t, w.Load([]byte(strings.Replace(oneRule(`"SourceGroupOwnerAccount": "`+owner+`"`), `"SourceCidrIp": "10.0.0.0/8"`, `"SourceGroupId": "sg-2"`, 1))))
		state := w.State()
		assert.Contains(t, string(state), `"SourceGroupOwnerAccount": "1234567890123456"`)
		require.NoError(t, w.Load(state))
		assert.Equal(t, string(state), string(w.State()))
	}
}

func TestSpellingsOfAState(t *testing.T) {
	plain := `{"SecurityGroups":[{"RegionId":"cn-hangzhou","SecurityGroupId":"sg-1","VpcId":"vpc-1","CreationTime":"2020-01-01T00:00:00Z","Permissions":[
	  {"SecurityGroupRuleId":"sgr-1","IpProtocol":"TCP","PortRange":"1/1","SourceGroupId":"sg-2","Priority":3,"CreateTime":"2020-01-01T00:00:00Z"}]}]}`
	want := frozen(t)
	require.NoError(t, want.Load([]byte(plain)))
	for name, edit := range map[string]*strings.Replacer{
		"white space":           strings.NewReplacer(`":`, "\" :\r\n ", ",", "\t, ", "[", "[ ", "}", " }"),
		"escapes":               strings.NewReplacer("RegionId", `Reg\u0069onId`, "sg-1", `sg\u002d1`),
		"case of values":        strings.NewReplacer("TCP", "tCp"),
		"priority as text":      strings.NewReplacer("3,", `"3",`),
		"defaults":              strings.NewReplacer(`"IpProtocol"`, `"Direction":"Ingress","Policy":"accept","NicType":"intranet","IpProtocol"`),
		"blanks":                strings.NewReplacer(`"IpProtocol"`, `"Direction":"","Policy":"","NicType":"","SourceCidrIp":"","Description":"","IpProtocol"`),
		"default account named": strings.NewReplacer(`{"SecurityGroups"`, `{"Accounts":[{"AccountId":"1234567890123456"}],"SecurityGroups"`),
		"weaker sides":          strings.NewReplacer(`"IpProtocol"`, `"SourcePrefixListId":"pl-1","IpProtocol"`),
		"another zone":          strings.NewReplacer("2020-01-01T00:00:00Z", "2020-01-01T08:00:00.9+08:00"),
		"group's defaults":      strings.NewReplacer(`"VpcId"`, `"AccountId":"","ServiceManaged":false,"SecurityGroupType":"Normal","InnerAccessPolicy":"accept","Tags":[],"VpcId"`),
		"version":               strings.NewReplacer(`{"SecurityGroups"`, `{"Version":1,"SecurityGroups"`),
	} {
		t.Run(name, func(t *testing.T) {
			w, text := frozen(t), edit.Replace(plain)
			require.NotEqual(t, plain, text)
			require.NoError(t, w.Load([]byte(text)))
			assert.Equal(t, string(want.State()), string(w.State()))
		})
	}
}

// Tags and prefix lists have few rules, and these are their edges.
func TestSpellingsOfTagsAndPrefixLists(t *testing.T) {
	for _, c := range []struct{ fields, want string }{
		{`"Tags": [{"TagKey": "a", "TagValue": ""}, {"TagKey": "A"}]`, `"Tags": [
        {"TagKey": "a"},
        {"TagKey": "A"}
      ]`},
		{`"Tags": []`, ""},
		{`"MaxEntries": "200"`, `"MaxEntries": 200`},
		{`"MaxEntries": 1`, ""},
		{`"MaxEntries": 2, "Entries": [{"Cidr": "10.0.0.5/8"}, {"Cidr": "10.0.0.0/8", "Description": "host bits count"}]`, `"Entries": [
        {"Cidr": "10.0.0.5/8"},
        {"Cidr": "10.0.0.0/8", "Description": "host bits count"}
      ]`},
		{`"AddressFamily": "ipv6", "Entries": [{"Cidr": "::FFFF:10.0.0.1"}]`, `"AddressFamily": "IPv6",
      "CreationTime": "2030-01-02T03:04:05Z",
      "Entries": [
        {"Cidr": "::ffff:10.0.0.1"}
      ]`},
		{`"AddressFamily": "", "Entries": []`, ""},
		{`"Entries": [` + manyEntries(200) + `]`, `{"Cidr": "10.0.0.199"}`},
	} {
		w := frozen(t)
		require.NoError(t, w.Load([]byte(inList(c.fields))), c.fields)
		state := string(w.State())
		assert.Contains(t, state, c.want, c.fields)
		if c.want == "" {
			assert.NotRegexp(t, "Tags|MaxEntries|Entries|AddressFamily", state, c.fields)
		}
		again := frozen(t)
		require.NoError(t, again.Load([]byte(state)))
		assert.Equal(t, state, string(again.State()))
	}
}

func TestOwnersByAddress(t *testing.T) {
	w := New(clock.New())
	require.NoError(t, w.Load([]byte(`{
		"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "VpcId": "v", "Permissions": [
			{"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-2", "SourceGroupOwnerAccount": "b@example.com"}]}],
		"Accounts": [{"AccountId": "b", "Email": "b@example.com"}]}`)))
	assert.Contains(t, string(w.State()), `"SourceGroupOwnerAccount": "b"`)
	require.NoError(t, w.View("b", "cn-hangzhou", func(r *Namespace) error {
		assert.Equal(t, []string{"sg-1"}, ids(r.Referrers("b", "sg-2")))
		return nil
	}))
}

func TestAStateMayHaveThePriorityOfTheServicesRules(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(oneRule(`"Priority": 110`))))
	assert.Contains(t, string(w.State()), `"Priority": 110,`)
}

func TestPriorityIsWrittenAsANumber(t *testing.T) {
	w := New(clock.New())
	require.NoError(t, w.Load([]byte(oneRule(`"Priority": "7"`))))
	assert.Contains(t, string(w.State()), `"Priority": 7,`)
}

// oneRule is a state with one rule that has some more fields.
func oneRule(more string) string {
	return `{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "VpcId": "vpc-1", "Permissions": [
		{"IpProtocol": "tcp", "PortRange": "1/1", "SourceCidrIp": "10.0.0.0/8", ` + more + `}]}]}`
}

// A rule that is read has the key of the rule that a state with it loads.
func TestReadRuleFindsTheRule(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(`{"Accounts": [{"AccountId": "2", "Email": "two@example.com"}], "SecurityGroups": [
		{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "VpcId": "vpc-1", "Permissions": [
			{"SecurityGroupRuleId": "sgr-1", "IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.1/32"},
			{"SecurityGroupRuleId": "sgr-2", "IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-2"},
			{"SecurityGroupRuleId": "sgr-3", "IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-2", "SourceGroupOwnerAccount": "2", "Priority": 5},
			{"SecurityGroupRuleId": "sgr-4", "Direction": "egress", "IpProtocol": "gre", "PortRange": "-1/-1", "DestPrefixListId": "pl-1", "CreateTime": "2029-01-01T00:00:00Z"}]}]}`)))
	require.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(ns *Namespace) error {
		g, err := ns.Group("sg-1")
		require.NoError(t, err)
		for text, id := range map[string]string{
			`{"IpProtocol": "TCP", "PortRange": "22/22", "SourceCidrIp": "10.0.0.1", "Priority": "1", "Policy": "accept", "NicType": "internet"}`:                "sgr-1",
			`{"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-2"}`:                                                                               "sgr-2",
			`{"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-2", "SourceGroupOwnerAccount": "test@aliyun.com"}`:                                 "sgr-2",
			`{"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-2", "SourceGroupOwnerAccount": "two@example.com", "Priority": 5}`:                  "sgr-3",
			`{"Direction": "egress", "IpProtocol": "gre", "PortRange": "-1/-1", "DestPrefixListId": "pl-1", "Description": "x", "SecurityGroupRuleId": "sgr-9"}`: "sgr-4",
		} {
			rule, err := ns.ReadRule(g, []byte(text))
			require.NoError(t, err, text)
			found := g.Find(rule.Key())
			require.NotNil(t, found, text)
			assert.Equal(t, id, found.ID, text)
			again, err := ns.ReadRule(g, ns.WriteRule(g, found))
			require.NoError(t, err)
			assert.Equal(t, found.Key(), again.Key())
		}
		rule, err := ns.ReadRule(g, []byte(`{"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.2"}`))
		require.NoError(t, err)
		assert.Nil(t, g.Find(rule.Key()))
		assert.Equal(t, "sgr-1", g.Miss(rule.Key()).Nearest)
		assert.Equal(t, `{"SecurityGroupRuleId": "sgr-3", "IpProtocol": "ALL", "PortRange": "-1/-1", "Priority": 5, "SourceGroupId": "sg-2", "SourceGroupOwnerAccount": "2", "CreateTime": "2030-01-02T03:04:05Z"}`,
			string(ns.WriteRule(g, g.Rule("sgr-3"))))
		return nil
	}))
}

func TestReadRuleRefusesWhatAStateWould(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(ns *Namespace) error {
		g := &secgroup.Group{ID: "sg-1", Account: account.DefaultID, Region: "cn-hangzhou"}
		for text, says := range map[string]string{
			"": "the document is empty",
			`{"IpProtocol": "tcp", "PortRange": "22"}`:                             "PortRange: " + secgroup.ErrPorts.Error(),
			`{"IpProtocol": "gre", "PortRange": "1/1"}`:                            "PortRange: " + secgroup.ErrPorts.Error(),
			`{"IpProtocol": "tcp", "PortRange": "1/1", "Ipv6SourceCidrIp": "::1"}`: secgroup.ErrIPv6Classic.Error(),
			`{"Protocol": "tcp"}`:                                                  "Protocol: there is no such field; did you mean IpProtocol?",
		} {
			_, err := ns.ReadRule(g, []byte(text))
			assert.EqualError(t, err, says, text)
		}
		return nil
	}))
}
