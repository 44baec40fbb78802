package ecs

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// permission is a rule as an answer tells it.
type permission struct {
	secgroup.Rule
	peerName, listName string // of the group or the prefix list on the other side
}

func permissionOf(ns *store.Namespace, r *secgroup.Rule) permission {
	p := permission{Rule: *r}
	if g, ok := ns.Peer(r.Peer.Owner, r.Peer.Group); ok {
		p.peerName = g.Name.String()
	}
	if l, ok := ns.PrefixList(r.Peer.PrefixList); ok {
		p.listName = l.Name.String()
	}
	return p
}

// fields declares a rule. What was not set is "", it is not left out.
func (p *permission) fields(w *wire.Writer) {
	w.Text("SecurityGroupRuleId", p.ID)
	w.Text("Direction", p.Direction.String())
	w.Text("IpProtocol", p.Protocol.String())
	w.Text("PortRange", p.Ports.String())
	w.Text("SourcePortRange", p.SourcePorts.String())
	w.Text("Policy", p.Policy.String())
	w.Int("Priority", int(p.Priority))
	w.Text("NicType", p.Nic.String())
	w.Text("SourceCidrIp", p.Source4.String())
	w.Text("Ipv6SourceCidrIp", p.Source6.String())
	p.peer(w, &sourceNames, p.Direction == secgroup.Ingress)
	w.Text("DestCidrIp", p.Dest4.String())
	w.Text("Ipv6DestCidrIp", p.Dest6.String())
	p.peer(w, &destNames, p.Direction == secgroup.Egress)
	w.Text("Description", p.Description.String())
	w.Text("CreateTime", timestamp(p.Created))
}

// peerNames are the fields of one side for a group or a prefix list.
type peerNames struct{ group, groupName, owner, list, listName string }

var (
	sourceNames = peerNames{"SourceGroupId", "SourceGroupName", "SourceGroupOwnerAccount", "SourcePrefixListId", "SourcePrefixListName"}
	destNames   = peerNames{"DestGroupId", "DestGroupName", "DestGroupOwnerAccount", "DestPrefixListId", "DestPrefixListName"}
)

// peer declares a side, which has a group or a prefix list only where it is the
// rule's other side.
func (p *permission) peer(w *wire.Writer, n *peerNames, other bool) {
	var told permission
	if other {
		told.Peer, told.peerName, told.listName = p.Peer, p.peerName, p.listName
	}
	w.Text(n.group, told.Peer.Group)
	w.Text(n.groupName, told.peerName)
	w.Text(n.owner, told.Peer.Owner)
	w.Text(n.list, told.Peer.PrefixList)
	w.Text(n.listName, told.listName)
}

var (
	errQueryDirection = errors.New("a direction is ingress, egress or all")
	errAttribute      = errors.New("the only attribute is snapshotPolicyIds")
)

// queryDirection chooses rules by their direction; absent is all.
type queryDirection string

var queryDirections = []string{"egress", "ingress", "all"}

// Set reads the direction.
func (d *queryDirection) Set(text string) error {
	for _, v := range queryDirections {
		if v == text {
			*d = queryDirection(text)
			return nil
		}
	}
	return errQueryDirection
}

// Values are the valid values.
func (d *queryDirection) Values() []string { return queryDirections }

func (d queryDirection) covers(one secgroup.Direction) bool {
	return d == "" || d == "all" || string(d) == one.String()
}

// attribute is what else an answer should tell.
type attribute string

// Set reads the one value there is.
func (a *attribute) Set(text string) error {
	if text != "snapshotPolicyIds" {
		return errAttribute
	}
	*a = attribute(text)
	return nil
}

// Values are the valid values.
func (a *attribute) Values() []string { return []string{"snapshotPolicyIds"} }
