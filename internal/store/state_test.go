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

func TestEveryWorldComesBackFromItsState(t *testing.T) {
	for seed := range uint64(300) {
		w := randomWorld(t, seed, int(seed))
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
			for i, p := range r.lists {
				require.True(t, i == 0 || p.ID < r.lists[i-1].ID)
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
	assert.Equal(t, "{\n  \"Version\": 1\n}\n", string(w.State()))
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

// What is written is what was given, but for what goes without saying.
func TestStateKeepsEveryField(t *testing.T) {
	state, err := os.ReadFile("../../testdata/seeds/everything.json")
	require.NoError(t, err)
	w := New(clock.New())
	require.NoError(t, w.Load(state))
	assert.Equal(t, string(state), string(w.State()))
}

func TestStateIsReadInManyWays(t *testing.T) {
	plain := `{"SecurityGroups":[{"RegionId":"cn-hangzhou","SecurityGroupId":"sg-1","VpcId":"vpc-1","CreationTime":"2020-01-01T00:00:00Z","Permissions":[
	  {"SecurityGroupRuleId":"sgr-1","IpProtocol":"TCP","PortRange":"1/1","SourceGroupId":"sg-2","Priority":3,"CreateTime":"2020-01-01T00:00:00Z"}]}]}`
	want := frozen(t)
	require.NoError(t, want.Load([]byte(plain)))
	for name, edit := range map[string]*strings.Replacer{
		"white space":          strings.NewReplacer(`":`, "\" :\r\n ", ",", "\t, ", "[", "[ ", "}", " }"),
		"escapes":              strings.NewReplacer("RegionId", `Reg\u0069onId`, "sg-1", `sg\u002d1`),
		"case of values":       strings.NewReplacer("TCP", "tCp"),
		"priority as text":     strings.NewReplacer("3,", `"3",`),
		"defaults":             strings.NewReplacer(`"IpProtocol"`, `"Direction":"Ingress","Policy":"accept","NicType":"intranet","IpProtocol"`),
		"blanks":               strings.NewReplacer(`"IpProtocol"`, `"Direction":"","Policy":"","NicType":"","SourceCidrIp":"","Description":"","IpProtocol"`),
		"owner by id":          strings.NewReplacer(`"IpProtocol"`, `"SourceGroupOwnerAccount":"1234567890123456","IpProtocol"`),
		"owner by e-mail":      strings.NewReplacer(`"IpProtocol"`, `"SourceGroupOwnerAccount":"test@aliyun.com","IpProtocol"`),
		"default account told": strings.NewReplacer(`{"SecurityGroups"`, `{"Accounts":[{"AccountId":"1234567890123456"}],"SecurityGroups"`),
		"weaker sides":         strings.NewReplacer(`"IpProtocol"`, `"SourcePrefixListId":"pl-1","IpProtocol"`),
		"another zone":         strings.NewReplacer("2020-01-01T00:00:00Z", "2020-01-01T08:00:00.9+08:00"),
		"group's defaults":     strings.NewReplacer(`"VpcId"`, `"AccountId":"","ServiceManaged":false,"SecurityGroupType":"Normal","InnerAccessPolicy":"accept","Tags":[],"VpcId"`),
		"version":              strings.NewReplacer(`{"SecurityGroups"`, `{"Version":1,"SecurityGroups"`),
	} {
		t.Run(name, func(t *testing.T) {
			w, text := frozen(t), edit.Replace(plain)
			require.NotEqual(t, plain, text)
			require.NoError(t, w.Load([]byte(text)))
			assert.Equal(t, string(want.State()), string(w.State()))
		})
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
