package contract

import (
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
)

// withKinds returns the parameters with their kinds. The elements of a list of ids have
// the kind of the list's name, as InstanceId.N or SecurityGroupIds.N.
func withKinds(docs []param.Doc) []param.Doc {
	docs = slices.Clone(docs)
	for i := range docs {
		d := &docs[i]
		if len(d.Fields) == 0 {
			d.Kind = kindOf(d.Name)
			continue
		}
		d.Fields = withKinds(d.Fields)
		if d.Fields[0].Name == "" {
			d.Fields[0].Kind = kindOf(strings.TrimSuffix(d.Name, "s"))
		}
	}
	return docs
}

// kindOf returns the kind of thing that a parameter names, "" for none. The kinds are
// those of the changes in the journal, and besides: account, region, zone, and resource
// for any of those that have tags.
func kindOf(name string) string {
	switch name {
	case "DestGroupOwnerAccount", "DestGroupOwnerId", "SourceGroupOwnerAccount", "SourceGroupOwnerId":
		return "account"
	case "DestGroupId", "SecurityGroupId", "SourceGroupId":
		return "group"
	case "InstanceId":
		return "instance"
	case "NetworkInterfaceId":
		return "interface"
	case "PortRangeListId":
		return "port-range-list"
	case "DestPrefixListId", "PrefixListId", "SourcePrefixListId":
		return "prefix-list"
	case "RegionId":
		return "region"
	case "ResourceId":
		return "resource"
	case "ResourceGroupId":
		return "resource-group"
	case "SecurityGroupRuleId":
		return "rule"
	case "VpcId":
		return "vpc"
	case "VSwitchId":
		return "vswitch"
	case "ZoneId":
		return "zone"
	}
	return ""
}
