package shadow

import "strings"

// A part is what import reads by one action: rows of the answers become rows of a list of
// the state.
type part struct {
	product, action, params string

	of     string // the list for each of whose rows the action is called, "" for each region
	list   string // of the state, or of a row of the list above
	rows   string // where the answers have them, "" for the answer itself
	fields string // of a row; Name=Path where an answer has the field elsewhere
}

// everywhere are the products whose answers are the same for all regions.
const everywhere = "Sts ResourceManager"

// parts are all that import reads. The first field of each list is the id of its rows.
var parts = []part{
	{"Ecs", "DescribeSecurityGroups", "MaxResults=100", "", "SecurityGroups", "SecurityGroups",
		"SecurityGroupId SecurityGroupName Description VpcId SecurityGroupType ResourceGroupId ServiceManaged CreationTime Tags"},
	{"Sts", "GetCallerIdentity", "", "", "Accounts", "", "AccountId"},
	{"ResourceManager", "ListResourceGroups", "PageSize=100 IncludeTags=true", "", "ResourceGroups", "ResourceGroups",
		"ResourceGroupId=Id Name DisplayName CreateDate Tags"},
	{"Vpc", "DescribeVpcs", "PageSize=50", "", "Vpcs", "Vpcs",
		"VpcId VpcName Description CidrBlock Ipv6CidrBlock UserCidr=UserCidrs IsDefault ResourceGroupId Status CreationTime Tags AccountId=OwnerId"},
	{"Vpc", "DescribeRouteTableList", "RouteTableType=System PageSize=50", "", routeTables, "RouterTableList",
		"VpcId RouteTableName RouteTableDescription=Description RouteTableTags=Tags RouteTableType"},
	{"Vpc", "DescribeVSwitches", "PageSize=50", "", "VSwitches", "VSwitches",
		"VSwitchId VpcId ZoneId VSwitchName Description CidrBlock Ipv6CidrBlock IsDefault ResourceGroupId Status CreationTime Tags"},
	{"Ecs", "DescribeInstances", "MaxResults=100", "", "Instances", "Instances",
		"InstanceId InstanceName Description HostName InstanceType ImageId ZoneId VpcId=VpcAttributes.VpcId VSwitchId=VpcAttributes.VSwitchId" +
			" PrivateIpAddress=VpcAttributes.PrivateIpAddress.0 InnerIpAddress=InnerIpAddress.0 PublicIpAddress=PublicIpAddress.0 Status" +
			" DeletionProtection ResourceGroupId KeyPairName InstanceChargeType SpotStrategy InternetChargeType InternetMaxBandwidthIn" +
			" InternetMaxBandwidthOut CreditSpecification CreationTime Tags SecurityGroupIds"},
	{"Ecs", "DescribeNetworkInterfaces", "MaxResults=100", "", "NetworkInterfaces", "NetworkInterfaceSets",
		"NetworkInterfaceId NetworkInterfaceName Description ZoneId VpcId VSwitchId PrivateIpAddress PrivateIpSets Ipv6Sets InstanceId" +
			" ResourceGroupId ServiceManaged DeleteOnRelease CreationTime Tags SecurityGroupIds Type"},
	{"Ecs", "DescribePrefixLists", "MaxResults=100", "", "PrefixLists", "PrefixLists",
		"PrefixListId PrefixListName AddressFamily MaxEntries Description ResourceGroupId CreationTime Tags"},
	{"Ecs", "DescribePortRangeLists", "MaxResults=100", "", "PortRangeLists", "PortRangeLists",
		"PortRangeListId PortRangeListName MaxEntries Description ResourceGroupId CreationTime Tags"},
	{"Ecs", "DescribeSecurityGroupAttribute", "Direction=all MaxResults=1000", "SecurityGroups", "Permissions", "Permissions",
		"SecurityGroupRuleId Direction IpProtocol PortRange PortRangeListId SourcePortRange Policy Priority NicType" +
			" SourceCidrIp Ipv6SourceCidrIp SourceGroupId SourceGroupOwnerAccount SourcePrefixListId" +
			" DestCidrIp Ipv6DestCidrIp DestGroupId DestGroupOwnerAccount DestPrefixListId Description CreateTime"},
	{"Ecs", "DescribePrefixListAttributes", "", "PrefixLists", "Entries", "Entries", "Cidr Description"},
	{"Ecs", "DescribePortRangeListEntries", "", "PortRangeLists", "Entries", "Entries", "PortRange Description"},
}

// routeTables is a list that no state has: its rows become fields of VPCs.
const routeTables = "RouteTables"

// Permissions returns the actions of import, as policies of RAM name them.
func Permissions() []string {
	var list []string
	for _, p := range parts {
		product := strings.ToLower(p.product)
		if product == "resourcemanager" {
			product = "ram" // whose name its policies have
		}
		list = append(list, product+":"+p.action)
	}
	return list
}

// idOf returns the name of the field that is the id of a list's rows.
func idOf(list string) string {
	for _, p := range parts {
		if p.list == list {
			id, _, _ := strings.Cut(p.fields, " ")
			id, _, _ = strings.Cut(id, "=")
			return id
		}
	}
	return "TagKey"
}

// query returns the parameters that each call has.
func (p *part) query() (q parameters) {
	for _, pair := range strings.Fields(p.params) {
		name, value, _ := strings.Cut(pair, "=")
		q = q.with(name, value)
	}
	return q
}

// page returns the rows that an answer has.
func (p *part) page(answer map[string]any) (rows []map[string]any) {
	list := []any{answer}
	if p.rows != "" {
		list, _ = at(answer, p.rows).([]any)
	}
	for _, row := range list {
		if row, ok := row.(map[string]any); ok {
			rows = append(rows, p.row(row))
		}
	}
	return rows
}

// row returns the fields of a part that a row of an answer has. What is blank, false or
// empty is the default of a state, and left out.
func (p *part) row(answer map[string]any) map[string]any {
	row := map[string]any{}
	for _, field := range strings.Fields(p.fields) {
		name, path, ok := strings.Cut(field, "=")
		if !ok {
			path = name
		}
		switch v := at(answer, path).(type) {
		case nil, map[string]any:
		case string:
			if v != "" {
				row[name] = v
			}
		case bool:
			if v {
				row[name] = v
			}
		case []any:
			if len(v) > 0 {
				row[name] = v
			}
		default:
			row[name] = v
		}
	}
	return row
}

// at returns what an answer has at a path. The first element of a list is at 0.
func at(v any, path string) any {
	for _, name := range strings.Split(path, ".") {
		if list, ok := v.([]any); ok && name == "0" {
			if len(list) == 0 {
				return nil
			}
			v = list[0]
			continue
		}
		object, _ := v.(map[string]any)
		v = unwrapped(object[name])
	}
	return v
}

// unwrapped returns the list in an object that has nothing else: {"Tag": []} is a list.
func unwrapped(v any) any {
	if object, ok := v.(map[string]any); ok && len(object) == 1 {
		for _, only := range object {
			if list, ok := only.([]any); ok {
				return list
			}
		}
	}
	return v
}
