package secgroup

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// filled is a group with a rule for each text; the ids are sgr-1, sgr-2 and so on.
func filled(t *testing.T, d Direction, texts ...string) *Group {
	t.Helper()
	g := &Group{ID: "sg-1", VPC: "vpc-1"}
	for i, text := range texts {
		r := complete(t, g, d, text)
		r.ID = fmt.Sprintf("sgr-%d", i+1)
		g.Add(r)
	}
	return g
}

// order is the ids of the rules that a walk visits.
func order(rules iter.Seq[*Rule]) string {
	var ids []string
	for r := range rules {
		if ids = append(ids, r.ID); len(ids) > 99 {
			break // a broken chain may be a ring
		}
	}
	return strings.Join(ids, " ")
}

func TestAnEmptyGroupHasNothing(t *testing.T) {
	var g Group
	assert.Zero(t, g.Len())
	assert.Nil(t, g.Find(Key{}))
	assert.Nil(t, g.Rule("sgr-1"))
	assert.Empty(t, order(g.Rules()))
	assert.Empty(t, order(g.After("sgr-1", 1)))
}

func TestRulesStayInTheOrderOfTheirCreation(t *testing.T) {
	for removed, want := range map[string]string{
		"":                        "sgr-1 sgr-2 sgr-3",
		"sgr-1":                   "sgr-2 sgr-3",
		"sgr-2":                   "sgr-1 sgr-3",
		"sgr-3":                   "sgr-1 sgr-2",
		"sgr-1 sgr-3":             "sgr-2",
		"sgr-3 sgr-2":             "sgr-1",
		"sgr-2 sgr-1 sgr-3":       "",
		"sgr-1 sgr-2 sgr-3 again": "sgr-4",
	} {
		t.Run("without "+removed, func(t *testing.T) {
			g := filled(t, Ingress, ssh+"PeerCidrIp=10.0.0.1", ssh+"PeerCidrIp=10.0.0.2", ssh+"PeerCidrIp=10.0.0.3")
			for _, id := range strings.Fields(removed) {
				r := g.Rule(id)
				if r == nil {
					r = complete(t, g, Ingress, ssh+"PeerCidrIp=10.0.0.1")
					r.ID = "sgr-4"
					g.Add(r)
					continue
				}
				g.Remove(r)
				assert.Nil(t, g.Rule(id))
				assert.Nil(t, g.Find(r.Key()))
			}
			assert.Equal(t, want, order(g.Rules()))
			assert.Equal(t, len(strings.Fields(want)), g.Len())
		})
	}
}

func TestARemovedRuleMayComeBackAsTheLast(t *testing.T) {
	g := filled(t, Ingress, ssh+"PeerCidrIp=10.0.0.1", ssh+"PeerCidrIp=10.0.0.2")
	r := g.Rule("sgr-1")
	g.Remove(r)
	g.Add(r)
	assert.Equal(t, "sgr-2 sgr-1", order(g.Rules()))
}

func TestAChangedRuleKeepsItsPosition(t *testing.T) {
	g := filled(t, Ingress, ssh+"PeerCidrIp=10.0.0.1", ssh+"PeerCidrIp=10.0.0.2", ssh+"PeerCidrIp=10.0.0.3")
	r := g.Rule("sgr-2")
	r.Created = time.Unix(1, 0)
	for _, step := range []struct {
		to     string
		peered int
	}{
		{ssh + "PeerGroupId=sg-2", 1},
		{ssh + "PeerGroupId=sg-3 Policy=drop", 1},
		{ssh + "PeerGroupId=sg-3 Policy=drop Description=note", 1}, // the key is its own
		{ping + "PeerCidrIp=10.0.0.2", 0},
	} {
		was, to := r.Key(), complete(t, g, Ingress, step.to)
		to.ID, to.Created = "sgr-9", time.Unix(9, 0)
		g.Change(r, *to)
		if was != to.Key() {
			assert.Nil(t, g.Find(was), step.to)
		}
		assert.Same(t, r, g.Find(to.Key()), step.to)
		assert.Same(t, r, g.Rule("sgr-2"), step.to)
		assert.Nil(t, g.Rule("sgr-9"), step.to)
		assert.Equal(t, time.Unix(1, 0), r.Created, step.to)
		assert.Equal(t, to.Description, r.Description, step.to)
		assert.Equal(t, "sgr-1 sgr-2 sgr-3", order(g.Rules()), step.to)
		assert.Equal(t, []int{3, step.peered}, []int{g.Len(), g.GroupRuleCount()}, step.to)
	}
	g.Remove(r)
	assert.Equal(t, "sgr-1 sgr-3", order(g.Rules()))
	assert.Nil(t, g.Find(r.Key()))
}

func TestAGroupOfChangedRulesMatchesASliceOfThem(t *testing.T) {
	for _, seed := range []uint64{1, 2, rand.Uint64()} {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			var g Group
			m, rnd := model{classic: true}, rand.New(rand.NewPCG(seed, 0))
			for step := range 500 {
				s, r := m.draw(t, rnd)
				switch i := m.find(s); {
				case i < 0 && len(m.entries) < 10:
					r.ID = fmt.Sprintf("sgr-%d", step)
					g.Add(r)
					m.entries = append(m.entries, entry{s, r})
				case i < 0:
					i = rnd.IntN(len(m.entries))
					g.Change(m.entries[i].rule, *r)
					m.entries[i].sent = s
				default:
					g.Change(m.entries[i].rule, *r)
					m.entries[i].sent = s
				}
				m.compare(t, &g, step)
			}
		})
	}
}

func TestGroupsShareAnIndexOfIDs(t *testing.T) {
	ids := IDs{}
	early := filled(t, Ingress, ssh+"PeerCidrIp=10.0.0.1", ssh+"PeerCidrIp=10.0.0.2")
	early.Share(ids)
	late := &Group{ID: "sg-2", VPC: "vpc-1"}
	late.Share(ids)
	r := complete(t, late, Ingress, ssh+"PeerCidrIp=10.0.0.1")
	r.ID = "sgr-3"
	late.Add(r)
	assert.Len(t, ids, 3)
	assert.NotNil(t, early.Rule("sgr-1"), "what it had before it shared")
	assert.Nil(t, early.Rule("sgr-3"), "it is in the other group")
	assert.Empty(t, order(early.After("sgr-3", 2)))
	assert.Same(t, r, late.Rule("sgr-3"))
	assert.Nil(t, late.Rule("sgr-1"))
	late.Remove(r)
	assert.Nil(t, late.Rule("sgr-3"))
	assert.Len(t, ids, 2)
}

func TestAfterVisitsTheRulesBehindAPosition(t *testing.T) {
	g := filled(t, Ingress, ssh+"PeerCidrIp=10.0.0.1", ssh+"PeerCidrIp=10.0.0.2", ssh+"PeerCidrIp=10.0.0.3")
	at := map[string]uint64{}
	for r := range g.Rules() {
		at[r.ID] = r.Position()
	}
	assert.Equal(t, "sgr-1 sgr-2 sgr-3", order(g.After("", 0)))
	assert.Equal(t, "sgr-2 sgr-3", order(g.After("sgr-1", at["sgr-1"])))
	assert.Equal(t, "sgr-2 sgr-3", order(g.After("sgr-1", 99)), "the rule is there, so its position is known")
	assert.Empty(t, order(g.After("sgr-3", at["sgr-3"])))
	for r := range g.After("sgr-1", at["sgr-1"]) {
		assert.Equal(t, "sgr-2", r.ID, "a walk may end early")
		break
	}

	g.Change(g.Rule("sgr-2"), *complete(t, g, Ingress, ssh+"PeerCidrIp=10.0.0.9"))
	assert.Equal(t, at["sgr-2"], g.Rule("sgr-2").Position(), "a change keeps the position")
	g.Remove(g.Rule("sgr-2"))
	assert.Equal(t, "sgr-3", order(g.After("sgr-2", at["sgr-2"])), "the rule is gone, its position is not")
	g.Remove(g.Rule("sgr-3"))
	late := complete(t, g, Ingress, ssh+"PeerCidrIp=10.0.0.4")
	late.ID = "sgr-4"
	g.Add(late)
	assert.Equal(t, "sgr-4", order(g.After("sgr-3", at["sgr-3"])), "no position is used again")
	assert.Empty(t, order(g.After("sgr-9", 99)))
}

func TestACopyDoesNotChangeWithTheGroup(t *testing.T) {
	g := filled(t, Ingress, ssh+"PeerCidrIp=10.0.0.1", ssh+"PeerGroupId=sg-2")
	g.Name, g.Tags = "web", []Tag{{"k", "v"}}
	c := g.Copy()
	g.Name, g.Tags = "changed", []Tag{{"k", "changed"}}
	g.Remove(g.Rule("sgr-2"))
	assert.Equal(t, GroupName("web"), c.Name)
	assert.Equal(t, []Tag{{"k", "v"}}, c.Tags)
	assert.Equal(t, 2, c.Len())
	assert.Equal(t, 1, c.GroupRuleCount())
	assert.Nil(t, c.Rule("sgr-1"), "it has no rules, only their number")
	assert.Empty(t, order(c.Rules()))
}

func TestRulesMayBeRemovedInAWalk(t *testing.T) {
	g := filled(t, Ingress, ssh+"PeerCidrIp=10.0.0.1", ssh+"PeerCidrIp=10.0.0.2", ssh+"PeerCidrIp=10.0.0.3")
	for r := range g.Rules() {
		assert.Equal(t, "sgr-1", r.ID)
		break
	}
	for r := range g.Rules() {
		g.Remove(r)
	}
	assert.Empty(t, order(g.Rules()))
}

func TestAClassicGroupHasNoIPv6(t *testing.T) {
	const group = " PeerGroupId=sg-2 "
	bothWays(t, func(t *testing.T, d Direction) {
		for text, want := range map[string]error{
			ssh + "PeerCidrIp=10.0.0.1":                      nil,
			ssh + "PeerCidrIp=10.0.0.1 LocalCidrIp=10.0.0.2": nil,
			ssh + group:                                          nil,
			ssh + "Ipv6PeerCidrIp=::1":                           ErrIPv6Classic,
			ssh + "Ipv6PeerCidrIp=::ffff:10.0.0.1":               ErrIPv6Classic,
			ssh + group + "Ipv6LocalCidrIp=::1":                  ErrIPv6Classic,
			ping6 + group + "Ipv6LocalCidrIp=::/0":               ErrIPv6Classic,
			ping6 + group:                                        ErrIPv6Classic, // the same rule by another spelling
			"IpProtocol=all PortRange=-1/-1 Ipv6PeerCidrIp=::/0": ErrIPv6Classic,
		} {
			assert.ErrorIs(t, classic.CheckRule(complete(t, classic, d, text)), want, text)
			assert.NoError(t, vpc.CheckRule(complete(t, vpc, d, text)), "%s in a VPC", text)
		}
	})
}

func TestDefaultsOfGroups(t *testing.T) {
	for _, row := range []struct {
		says string
		g    Group
		kind GroupType
		want Policy
	}{
		{"a new group is normal and accepts inside", Group{}, Normal, Accept},
		{"a normal group too", Group{Type: Normal}, Normal, Accept},
		{"an enterprise group drops inside", Group{Type: Enterprise}, Enterprise, Drop},
		{"what was set stays", Group{Type: Normal, InnerAccess: Drop}, Normal, Drop},
	} {
		t.Run(row.says, func(t *testing.T) {
			row.g.SetDefaults()
			assert.Equal(t, row.kind, row.g.Type)
			assert.Equal(t, row.want, row.g.InnerAccess)
		})
	}
	assert.True(t, classic.Classic())
	assert.False(t, vpc.Classic())
}

func TestLimits(t *testing.T) {
	for year, want := range map[int]int{2019: 100, 2020: 200, 2025: 200} {
		l := LimitsOf(year)
		assert.Equal(t, want, l.RulesPerGroup, "%d", year)
		assert.Equal(t, []int{100, 20}, []int{l.GroupsPerRegion, l.TagsPerGroup}, "%d", year)
	}
}

// Budget: a rule is found at the same cost among 10 and 100,000 (within 1.5 times).
func BenchmarkFind(b *testing.B) {
	for _, size := range []int{10, 100_000} {
		g := &Group{ID: "sg-1", VPC: "vpc-1"}
		var keys []Key
		for n := range size {
			r := &Rule{ID: fmt.Sprintf("sgr-%d", n), Protocol: TCP, Ports: Ports{22, 22}}
			if err := r.Source4.Set(fmt.Sprintf("10.%d.%d.%d", n>>16, n>>8&255, n&255)); err != nil {
				b.Fatal(err)
			}
			r.SetDefaults(g)
			g.Add(r)
			keys = append(keys, r.Key())
		}
		hit, miss, id := keys[size/2], keys[size/2].WithNic(Internet), fmt.Sprintf("sgr-%d", size/2)
		for _, c := range []struct {
			name string
			find func() *Rule
			want *Rule
		}{
			{"hit", func() *Rule { return g.Find(hit) }, g.Rule(id)},
			{"miss", func() *Rule { return g.Find(miss) }, nil},
			{"id", func() *Rule { return g.Rule(id) }, g.Rule(id)},
		} {
			b.Run(fmt.Sprintf("%s/rules=%d", c.name, size), func(b *testing.B) {
				for b.Loop() {
					if c.find() != c.want {
						b.Fatal("found the wrong rule")
					}
				}
			})
		}
	}
}
