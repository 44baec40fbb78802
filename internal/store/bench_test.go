package store

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Budget: a rule is added and removed at the same cost among 10 rules and
// 100,000, and in a world of one group and of 100,000 (within 1.5 times).
func BenchmarkAddAndRemoveARule(b *testing.B) {
	for _, size := range []struct{ groups, rules int }{{1, 10}, {1, 100_000}, {100_000, 10}} {
		b.Run(fmt.Sprintf("groups=%d/rules=%d", size.groups, size.rules), func(b *testing.B) {
			w := filled(b, size.groups, size.rules, byBlock)
			require.NoError(b, w.Update(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
				g := r.Groups()[0]
				rule := byBlock(r, g, size.rules)
				b.ReportAllocs()
				for b.Loop() {
					r.AddRule(g, rule)
					r.RemoveRule(g, rule)
				}
				return nil
			}))
		})
	}
}

// Budget: at most 700 bytes a stored rule, all included.
func BenchmarkBytesPerRule(b *testing.B) {
	for _, c := range []struct {
		name          string
		groups, rules int
		make          func(*Namespace, *secgroup.Group, int) *secgroup.Rule
	}{
		{"blocks", 1_000, 100, byBlock},
		{"blocks, maps just doubled", 100, 1_000, byBlock},
		{"blocks in one group", 1, 100_000, byBlock},
		{"a million", 1_000, 1_000, byBlock},
		{"groups", 1_000, 100, byGroup},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				before := heap()
				w := filled(b, c.groups, c.rules, c.make)
				b.ReportMetric(float64(heap()-before)/float64(c.groups*c.rules), "B/rule")
				runtime.KeepAlive(w)
			}
		})
	}
}

func BenchmarkState(b *testing.B) {
	w := filled(b, 100, 100, byBlock)
	state := w.State()
	b.Run("write", func(b *testing.B) {
		b.SetBytes(int64(len(state)))
		b.ReportAllocs()
		for b.Loop() {
			w.State()
		}
	})
	b.Run("load", func(b *testing.B) {
		b.SetBytes(int64(len(state)))
		b.ReportAllocs()
		for b.Loop() {
			require.NoError(b, w.Load(state))
		}
	})
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// filled is a world with so many groups of one account in one region, and so many
// rules in each but the last, the first of Groups.
func filled(b *testing.B, groups, rules int, make func(*Namespace, *secgroup.Group, int) *secgroup.Rule) *World {
	w := New(clock.Seeded(1))
	require.NoError(b, w.Update(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
		for i := range groups {
			g := &secgroup.Group{ID: fmt.Sprintf("sg-%07d", i), VPC: "vpc-1"}
			r.AddGroup(g)
			if i > 1000 && i < groups-1 {
				continue // what counts is the number of groups
			}
			for n := range rules {
				r.AddRule(g, make(r, g, n))
			}
		}
		return nil
	}))
	return w
}

func byBlock(r *Namespace, g *secgroup.Group, n int) *secgroup.Rule {
	rule := &secgroup.Rule{ID: r.NewID("sgr-"), Protocol: secgroup.TCP, Ports: secgroup.Ports{First: 22, Last: 22}, Created: time.Now()}
	if err := rule.Source4.Set(fmt.Sprintf("10.%d.%d.%d", n>>16, n>>8&255, n&255)); err != nil {
		panic(err)
	}
	rule.SetDefaults(g)
	return rule
}

// byGroup names another group of the same account in each rule of a group.
func byGroup(r *Namespace, g *secgroup.Group, n int) *secgroup.Rule {
	rule := &secgroup.Rule{ID: r.NewID("sgr-"), Protocol: secgroup.TCP, Ports: secgroup.Ports{First: 22, Last: 22}, Created: time.Now()}
	rule.Peer = secgroup.Peer{Owner: account.DefaultID, Group: fmt.Sprintf("sg-%07d", n)}
	rule.SetDefaults(g)
	return rule
}
