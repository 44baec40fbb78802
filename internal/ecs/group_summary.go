package ecs

import (
	"encoding/json"

	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// groupSummary is a group, how many of its rules are hidden and, where it was asked
// for, how many members it has.
type groupSummary struct {
	secgroup.Group
	instances, room      int
	hidden, hiddenPeered int
}

func (g *groupSummary) fields(w *wire.Writer) {
	w.Text("SecurityGroupId", g.ID)
	w.Text("SecurityGroupName", g.Name.String())
	w.Text("Description", g.Description.String())
	w.Text("SecurityGroupType", g.Type.String())
	w.Text("VpcId", g.VPC)
	w.Text("CreationTime", timestamp(g.Created))
	w.Text("ResourceGroupId", g.ResourceGroup)
	w.Int("EcsCount", g.instances)
	w.Int("AvailableInstanceAmount", g.room)
	w.Int("RuleCount", g.Len()-g.hidden)
	w.Int("GroupToGroupRuleCount", g.GroupRuleCount()-g.hiddenPeered)
	w.Bool("ServiceManaged", g.ServiceManaged)
	w.Int("ServiceID", 0)
	wire.List(w, "Tags", "Tag", g.Tags, tagFields)
}

// groupIDs is a JSON list of ids.
type groupIDs []string

// Set reads the list; an empty one is absent.
func (l *groupIDs) Set(text string) error {
	var ids []string
	if json.Unmarshal([]byte(text), &ids) != nil || len(ids) > 100 {
		return errGroupIDs
	}
	if len(ids) > 0 {
		*l = ids
	}
	return nil
}
