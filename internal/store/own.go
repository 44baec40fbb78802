package store

import (
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// own readies a group to be kept. Its strings are copied, for they may be pieces
// of a request's body, which would stay in memory as long as the group; what the
// state form does not tell, fractions of a second, is dropped.
func own(g *secgroup.Group, now time.Time) {
	g.Settle()
	g.ID = strings.Clone(g.ID)
	g.Name = secgroup.GroupName(strings.Clone(string(g.Name)))
	g.Description = secgroup.GroupDescription(strings.Clone(string(g.Description)))
	g.VPC = strings.Clone(g.VPC)
	g.ResourceGroup = strings.Clone(g.ResourceGroup)
	for i, t := range g.Tags {
		g.Tags[i] = secgroup.Tag{Key: strings.Clone(t.Key), Value: strings.Clone(t.Value)}
	}
	g.Created = created(g.Created, now)
}

// ownRule readies a rule to be kept; place.name does it for its peer.
func ownRule(r *secgroup.Rule, now time.Time) {
	r.ID = strings.Clone(r.ID)
	r.Description = secgroup.RuleDescription(strings.Clone(string(r.Description)))
	r.Peer.PrefixList = strings.Clone(r.Peer.PrefixList)
	r.Created = created(r.Created, now)
}

// created is when something was created: now, unless it tells.
func created(at, now time.Time) time.Time {
	if at.IsZero() {
		return seconds(now)
	}
	return seconds(at)
}

// seconds is how exactly the API tells times.
func seconds(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }
