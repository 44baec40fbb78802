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
	peerName string // of the group on the other side
}

func permissionOf(rm *store.Realm, r *secgroup.Rule) permission {
	p := permission{Rule: *r}
	if r.Peer.Group == "" {
		return p
	}
	if g, ok := rm.Peer(r.Peer.Owner, r.Peer.Group); ok {
		p.peerName = g.Name.String()
	}
	return p
}

// fields declares a rule. What was not set is "", it is not left out.
func (p *permission) fields(w *wire.Writer) {
	source, dest, sourceName, destName := p.Peer, secgroup.Peer{}, p.peerName, ""
	if p.Direction == secgroup.Egress {
		source, dest, sourceName, destName = dest, source, destName, sourceName
	}
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
	w.Text("SourceGroupId", source.Group)
	w.Text("SourceGroupName", sourceName)
	w.Text("SourceGroupOwnerAccount", source.Owner)
	w.Text("SourcePrefixListId", source.PrefixList)
	w.Text("DestCidrIp", p.Dest4.String())
	w.Text("Ipv6DestCidrIp", p.Dest6.String())
	w.Text("DestGroupId", dest.Group)
	w.Text("DestGroupName", destName)
	w.Text("DestGroupOwnerAccount", dest.Owner)
	w.Text("DestPrefixListId", dest.PrefixList)
	w.Text("Description", p.Description.String())
	w.Text("CreateTime", timestamp(p.Created))
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
