package store

import (
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// own readies a group to be kept. Its strings are copied, for they may be pieces
// of a request's body, which would stay in memory as long as the group. Ids need
// no copy, NewID made them. What the state form does not tell, fractions of a
// second, is dropped.
func (r *Namespace) own(g *secgroup.Group) {
	g.SetDefaults()
	g.Name = secgroup.GroupName(strings.Clone(string(g.Name)))
	g.Description = secgroup.GroupDescription(strings.Clone(string(g.Description)))
	g.VPC = strings.Clone(g.VPC)
	g.ResourceGroup = strings.Clone(g.ResourceGroup)
	for i, t := range g.Tags {
		g.Tags[i] = ownTag(t)
	}
	g.Created = r.created(g.Created)
}

// ownRule readies a rule to be kept; place.name does it for its peer.
func (r *Namespace) ownRule(rule *secgroup.Rule) {
	rule.Description = secgroup.RuleDescription(strings.Clone(string(rule.Description)))
	rule.Created = r.created(rule.Created)
}

// created is when something was created: now, unless it tells.
func (r *Namespace) created(at time.Time) time.Time {
	if at.IsZero() {
		at = r.Now()
	}
	return seconds(at)
}

// seconds is how exactly the API tells times.
func seconds(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }
