package store

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// inGroup and inRule are states with an error in the given fields only.
func inGroup(fields string) string {
	return `{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-0"}, {"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", ` + fields + `}]}`
}

func inRules(rules string) string {
	return `{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "VpcId": "vpc-1", "Permissions": [` + rules + `]}]}`
}

func inAccounts(accounts string) string { return `{"Accounts": [` + accounts + `]}` }

// inMember has a group of each sort and one more instance; inList has one prefix list.
func inMember(fields string) string {
	return `{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "VpcId": "vpc-1"},
		{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-2", "VpcId": "vpc-2"}, {"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-classic"},
		{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-big", "VpcId": "vpc-1", "SecurityGroupType": "enterprise"},
		{"RegionId": "cn-beijing", "SecurityGroupId": "sg-north", "VpcId": "vpc-1"}, {"AccountId": "2", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-theirs", "VpcId": "vpc-1"}],
		"Instances": [{"RegionId": "cn-hangzhou", "InstanceId": "i-0"}, {"RegionId": "cn-hangzhou", ` + fields + `}]}`
}

// inVSwitch has an interface with an address of each sort in a vSwitch, and one more.
func inVSwitch(fields string) string {
	return `{"Vpcs": [{"RegionId": "cn-hangzhou", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/8", "Ipv6CidrBlock": "2408:4005:3e8:9a00::/56"}],
		"VSwitches": [{"RegionId": "cn-hangzhou", "VSwitchId": "vsw-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24", "Ipv6CidrBlock": "2408:4005:3e8:9a01::/64"}],
		"Instances": [{"RegionId": "cn-hangzhou", "InstanceId": "i-0", "VpcId": "vpc-1", "VSwitchId": "vsw-1", "PrivateIpAddress": "10.0.0.2",
			"SecondaryPrivateIpAddresses": ["10.0.0.3"], "Ipv6Addresses": ["2408:4005:3e8:9a01::1"]}],
		"NetworkInterfaces": [{"RegionId": "cn-hangzhou", "NetworkInterfaceId": "eni-0", "VpcId": "vpc-1", "VSwitchId": "vsw-1", ` + fields + `}]}`
}

func inList(fields string) string {
	return `{"PrefixLists": [{"RegionId": "cn-hangzhou", "PrefixListId": "pl-1", ` + fields + `}]}`
}

func inPortList(fields string) string {
	return `{"PortRangeLists": [{"RegionId": "cn-hangzhou", "PortRangeListId": "prl-1", ` + fields + `}]}`
}

const soundRule = `{"IpProtocol": "tcp", "PortRange": "1/1", "SourceCidrIp": "10.0.0.0/8"}`

const groupNoField = "there is no such field; the fields are AccountId, RegionId, SecurityGroupId, SecurityGroupName, Description, VpcId, SecurityGroupType, InnerAccessPolicy, ResourceGroupId, ServiceManaged, CreationTime, Tags, Permissions"

var refusals = map[string][]struct{ state, says string }{
	"syntax": {
		{"", "the state is empty; {} is a world without groups"},
		{" \n", "the state is empty; {} is a world without groups"},
		{"{", "line 1, column 1: unexpected end of JSON input"},
		{"{\n \"é\": }", "line 2, column 7: invalid character '}' looking for beginning of value"},
		{"{} {}", "line 1, column 4: invalid character '{' after top-level value"},
		{"{\"Version\": 1\n,}", "line 2, column 2: invalid character '}' looking for beginning of object key string"},
		{"{\"é\xff\": 1}", "line 1, column 4: the text is not UTF-8"},
		{strings.Repeat("[", 20_000), "line 1, column 10001: invalid character '[' exceeded max depth"},
	},
	"the whole": {
		{"[]", "the document must be an object, got a list"},
		{`"{}"`, "the document must be an object, got a string"},
		{`{"Version": 2}`, "Version: the version of the form is 1; a newer one needs a newer program"},
		{`{"Version": 0}`, "Version: the version of the form is 1; a newer one needs a newer program"},
		{`{"Version": true}`, "Version: must be a number, got true or false"},
		{`{"version": 1}`, "version: there is no such field; did you mean Version?"},
		{`{"a b": 1}`, `["a b"]: there is no such field; the fields are Version, Accounts, Regions, InstanceTypes, Images, ResourceGroups, Vpcs, VSwitches, SecurityGroups, Instances, NetworkInterfaces, PrefixLists, PortRangeLists`},
		{`{"Version": 1, "Version": 1}`, "Version: the field is given twice; leave one of them out"},
		{`{"Version": 1, "Ver\u0073ion": 1}`, "Version: the field is given twice; leave one of them out"},
		{`{"SecurityGroups": {}}`, "SecurityGroups: must be a list, got an object"},
		{`{"SecurityGroups": null}`, "SecurityGroups: must be a list, got null"},
		{`{"SecurityGroups": ["sg-1"]}`, "SecurityGroups[0]: must be an object, got a string"},
	},
	"accounts": {
		{inAccounts(`{}`), "Accounts[0].AccountId: the field is required"},
		{inAccounts(`{"AccountId": "1"}, {"AccountId": "a-b"}`), "Accounts[1].AccountId: an account id is 1 to 64 letters and digits, such as 1234567890123456"},
		{inAccounts(`{"AccountId": "` + strings.Repeat("1", 65) + `"}`), "Accounts[0].AccountId: an account id is 1 to 64 letters and digits, such as 1234567890123456"},
		{inAccounts(`{"AccountId": 1}`), "Accounts[0].AccountId: must be a string, got a number"},
		{inAccounts(`{"AccountId": "1"}, {"AccountId": "1"}`), "Accounts[1].AccountId: 1 is in the list already"},
		{inAccounts(`{"AccountId": "1", "Email": "nobody"}`), "Accounts[0].Email: an e-mail address has an @ between a name and a domain, and no blanks"},
		{inAccounts(`{"AccountId": "1", "Email": "a@b"}, {"AccountId": "2", "Email": "a@b"}`), "Accounts[1].Email: account 1 has this address"},
		{inAccounts(`{"AccountId": "1", "Email": "test@aliyun.com"}`), "Accounts[0].Email: account 1234567890123456 has this address"},
	},
	"regions": {
		{`{"Regions": [{}]}`, "Regions[0].RegionId: the field is required"},
		{`{"Regions": [{"RegionId": "xx_moon", "LocalName": "The Moon"}]}`, "Regions[0].RegionId: a region id is lower-case letters, digits and hyphens, such as cn-hangzhou"},
		{`{"Regions": [{"RegionId": "CN-Hangzhou"}]}`, "Regions[0].RegionId: a region id is lower-case letters, digits and hyphens, such as cn-hangzhou; did you mean cn-hangzhou?"},
		{`{"Regions": [{"RegionId": "cn-hangzou"}]}`, "Regions[0].RegionId: there is no such region; did you mean cn-hangzhou? To use this id, list it in Regions with a LocalName"},
		{`{"Regions": [{"RegionId": "xx-moon"}, {"RegionId": "xx-moon", "LocalName": "The Moon"}]}`, "Regions[1].RegionId: xx-moon is in the list already"},
		{`{"Regions": [{"RegionId": "xx-moon", "Name": "The Moon"}]}`, "Regions[0].Name: there is no such field; did you mean LocalName?"},
	},
	"groups": {
		{`{"SecurityGroups": [{}]}`, "SecurityGroups[0].RegionId: the field is required"},
		{`{"SecurityGroups": [{"RegionId": "cn-hangzhuo"}]}`, "SecurityGroups[0].RegionId: there is no such region; did you mean cn-hangzhou? To use this id, list it in Regions with a LocalName"},
		{`{"SecurityGroups": [{"RegionId": "cn-hangzhou"}]}`, "SecurityGroups[0].SecurityGroupId: the field is required"},
		{`{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "web"}]}`, "SecurityGroups[0].SecurityGroupId: " + secgroup.ErrGroupID.Error()},
		{`{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1"}, {"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1"}]}`, "SecurityGroups[1].SecurityGroupId: the id sg-1 is used already in the account's cn-hangzhou"},
		{inGroup(`"AccountId": "a b"`), "SecurityGroups[1].AccountId: an account id is 1 to 64 letters and digits, such as 1234567890123456"},
		{inGroup(`"SecurityGroupName": "1"`), "SecurityGroups[1].SecurityGroupName: " + secgroup.ErrGroupName.Error()},
		{inGroup(`"Description": "x"`), "SecurityGroups[1].Description: " + secgroup.ErrGroupDescription.Error()},
		{inGroup(`"VpcId": 5`), "SecurityGroups[1].VpcId: must be a string, got a number"},
		{inGroup(`"VpcId": null`), "SecurityGroups[1].VpcId: must be a string, got null"},
		{inGroup(`"VpcId": "vpc-1", "VpcId": "vpc-2"`), "SecurityGroups[1].VpcId: the field is given twice; leave one of them out"},
		{inGroup(`"VpcID": "vpc-1"`), "SecurityGroups[1].VpcID: there is no such field; did you mean VpcId?"},
		{inGroup(`"Colour": "red"`), "SecurityGroups[1].Colour: " + groupNoField},
		{inGroup(`"SecurityGroupType": "big"`), "SecurityGroups[1].SecurityGroupType: " + secgroup.ErrGroupType.Error()},
		{inGroup(`"InnerAccessPolicy": "maybe"`), "SecurityGroups[1].InnerAccessPolicy: " + secgroup.ErrPolicy.Error()},
		{inGroup(`"ServiceManaged": "true"`), "SecurityGroups[1].ServiceManaged: must be true or false, got a string"},
		{inGroup(`"CreationTime": "yesterday"`), "SecurityGroups[1].CreationTime: a time is written as 2030-01-02T03:04:05Z"},
		{inGroup(`"CreationTime": "0001-01-01T00:00:00Z"`), "SecurityGroups[1].CreationTime: a time is written as 2030-01-02T03:04:05Z"},
		{inGroup(`"CreationTime": "9999-12-31T23:59:59-01:00"`), "SecurityGroups[1].CreationTime: a time is written as 2030-01-02T03:04:05Z"},
		{inGroup(`"Tags": {"a": "b"}`), "SecurityGroups[1].Tags: must be a list, got an object"},
		{inGroup(`"Tags": [{"TagValue": "b"}]`), "SecurityGroups[1].Tags[0].TagKey: the field is required"},
		{inGroup(`"Tags": [{"Key": "b", "TagKey": "a"}]`), "SecurityGroups[1].Tags[0].Key: there is no such field; did you mean TagKey?"},
		{inGroup(`"Tags": [{"TagKey": "a"}, {"TagKey": "a"}]`), "SecurityGroups[1].Tags[1].TagKey: there is a tag with this key already"},
		{inGroup(`"Tags": [{"TagKey": "acs:x"}]`), "SecurityGroups[1].Tags[0].TagKey: " + secgroup.ErrTagKeyPrefix.Error()},
		{inGroup(`"Tags": [{"TagKey": "a", "TagValue": "http://x"}]`), "SecurityGroups[1].Tags[0].TagValue: " + secgroup.ErrTagValue.Error()},
		{inGroup(`"Permissions": [[]]`), "SecurityGroups[1].Permissions[0]: must be an object, got a list"},
	},
	"values of rules": {
		{inRules(`{}`), "SecurityGroups[0].Permissions[0].IpProtocol: " + secgroup.ErrProtocolCase.Error()},
		{inRules(soundRule + `, {"IpProtocol": "ipx"}`), "SecurityGroups[0].Permissions[1].IpProtocol: " + secgroup.ErrProtocol.Error()},
		{inRules(`{"IpProtocol": "tcp"}`), "SecurityGroups[0].Permissions[0].PortRange: " + secgroup.ErrNoPorts.Error()},
		{inRules(`{"IpProtocol": "tcp", "PortRange": "22"}`), "SecurityGroups[0].Permissions[0].PortRange: " + secgroup.ErrPorts.Error()},
		{inRules(`{"IpProtocol": "gre", "PortRangeListId": "prl-1"}`), "SecurityGroups[0].Permissions[0].PortRangeListId: " + secgroup.ErrPortListProtocol.Error()},
		{inRules(`{"IpProtocol": "gre", "PortRange": "1/1"}`), "SecurityGroups[0].Permissions[0].PortRange: " + secgroup.ErrPorts.Error()},
		{inRules(`{"IpProtocol": "gre", "PortRange": "-1/-1", "SourcePortRange": "1/1"}`), "SecurityGroups[0].Permissions[0].SourcePortRange: " + secgroup.ErrPorts.Error()},
		{inRules(`{"Direction": "in"}`), "SecurityGroups[0].Permissions[0].Direction: " + secgroup.ErrDirection.Error()},
		{oneRule(`"Priority": 111`), "SecurityGroups[0].Permissions[0].Priority: a priority in a state is 1 to 110"},
		{oneRule(`"Priority": 1.0`), "SecurityGroups[0].Permissions[0].Priority: " + secgroup.ErrPriorityForm.Error()},
		{oneRule(`"Priority": [1]`), "SecurityGroups[0].Permissions[0].Priority: must be a number, got a list"},
		{oneRule(`"Policy": "allow"`), "SecurityGroups[0].Permissions[0].Policy: " + secgroup.ErrPolicy.Error()},
		{oneRule(`"DestCidrIp": "10.0.0.256"`), "SecurityGroups[0].Permissions[0].DestCidrIp: " + secgroup.ErrDest4.Error()},
		{oneRule(`"Ipv6DestCidrIp": "fe80::1%eth0"`), "SecurityGroups[0].Permissions[0].Ipv6DestCidrIp: " + secgroup.ErrIllegal6.Error()},
		{oneRule(`"Description": "` + strings.Repeat("x", 513) + `"`), "SecurityGroups[0].Permissions[0].Description: " + secgroup.ErrRuleDescription.Error()},
		{oneRule(`"CreateTime": "2030-01-02"`), "SecurityGroups[0].Permissions[0].CreateTime: a time is written as 2030-01-02T03:04:05Z"},
	},
	"rules": {
		{inRules(`{"IpProtocol": "tcp", "PortRange": "1/1"}`), "SecurityGroups[0].Permissions[0]: " + secgroup.ErrNoPeer.Error()},
		{oneRule(`"Ipv6SourceCidrIp": "::/0"`), "SecurityGroups[0].Permissions[0]: " + secgroup.ErrTwoSources.Error()},
		{oneRule(`"Ipv6DestCidrIp": "::/0"`), "SecurityGroups[0].Permissions[0]: " + secgroup.ErrIPv6Conflict.Error()},
		{inRules(`{"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-1"}`), "SecurityGroups[0].Permissions[0]: " + secgroup.ErrSameGroup.Error()},
		{inRules(`{"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-2", "NicType": "internet"}`), "SecurityGroups[0].Permissions[0]: " + secgroup.ErrGroupOnInternet.Error()},
		{inGroup(`"Permissions": [{"IpProtocol": "all", "PortRange": "-1/-1", "Ipv6SourceCidrIp": "::/0"}]`), "SecurityGroups[1].Permissions[0]: " + secgroup.ErrIPv6Classic.Error()},
		{inRules(soundRule + `, {"IpProtocol": "gre", "PortRange": "-1/-1", "SourceCidrIp": "1.1.1.1"}, {"Priority": 1, "IpProtocol": "TCP", "PortRange": "1/1", "SourceCidrIp": "10.0.0.0/8", "Description": "twin"}`), "SecurityGroups[0].Permissions[2]: this is the same rule as Permissions[0]"},
		{inRules(`{"SecurityGroupRuleId": "sgr-1", "IpProtocol": "gre", "PortRange": "-1/-1", "SourceCidrIp": "1.1.1.1"}, {"SecurityGroupRuleId": "sgr-1", "IpProtocol": "gre", "PortRange": "-1/-1", "SourceCidrIp": "1.1.1.2"}`), "SecurityGroups[0].Permissions[1].SecurityGroupRuleId: the id sgr-1 is used already in the account's cn-hangzhou"},
		{oneRule(`"SecurityGroupRuleId": "sg-1"`), "SecurityGroups[0].Permissions[0].SecurityGroupRuleId: the id sg-1 is used already in the account's cn-hangzhou"},
		{inRules(`{"Direction": "egress", "IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-2", "DestCidrIp": "1.1.1.1"}`), "SecurityGroups[0].Permissions[0].SourceGroupId: there is no such field; the fields are SecurityGroupRuleId, Direction, Ipv6AsWritten, IpProtocol, PortRange, PortRangeListId, SourcePortRange, NicType, Policy, Priority, SourceCidrIp, Ipv6SourceCidrIp, DestCidrIp, Ipv6DestCidrIp, DestGroupId, DestGroupOwnerAccount, DestPrefixListId, Description, CreateTime"},
	},
	"members": {
		{`{"Instances": [{}]}`, "Instances[0].RegionId: the field is required"},
		{`{"Instances": [{"RegionId": "cn-hangzhuo", "InstanceId": "i-1", "SecurityGroupIds": ["sg-1"]}]}`, "Instances[0].RegionId: there is no such region; did you mean cn-hangzhou? To use this id, list it in Regions with a LocalName"},
		{`{"Instances": [{"RegionId": "cn-hangzhou"}]}`, "Instances[0].InstanceId: the field is required"},
		{`{"NetworkInterfaces": [{"RegionId": "cn-hangzhou", "InstanceId": "i-1"}]}`, "NetworkInterfaces[0].NetworkInterfaceId: the field is required"},
		{`{"NetworkInterfaces": [{"RegionId": "cn-hangzhou", "NetworkInterfaceId": "eni-1", "Status": "InUse"}]}`, "NetworkInterfaces[0].Status: there is no such field; the fields are AccountId, RegionId, NetworkInterfaceId, NetworkInterfaceName, Description, ZoneId, VpcId, VSwitchId, PrivateIpAddress, SecondaryPrivateIpAddresses, Ipv6Addresses, InstanceId, ResourceGroupId, ServiceManaged, DeleteOnRelease, CreationTime, Tags, SecurityGroupIds"},
		{inMember(`"InstanceId": "i-1", "Status": "Broken"`), "Instances[1].Status: " + compute.ErrStatus.Error()},
		{inMember(`"InstanceId": "i-1", "SecurityGroupId": "sg-1"`), "Instances[1].SecurityGroupId: there is no such field; did you mean SecurityGroupIds?"},
		{inMember(`"InstanceId": "i-0"`), "Instances[1].InstanceId: the id i-0 is used already in the account's cn-hangzhou"},
		{inMember(`"InstanceId": "sg-1"`), "Instances[1].InstanceId: the id sg-1 is used already in the account's cn-hangzhou"},
		{`{"Instances": [{"RegionId": "cn-hangzhou", "InstanceId": "x"}], "NetworkInterfaces": [{"RegionId": "cn-hangzhou", "NetworkInterfaceId": "x"}]}`, "NetworkInterfaces[0].NetworkInterfaceId: the id x is used already in the account's cn-hangzhou"},
		{inMember(`"InstanceId": "i-1", "SecurityGroupIds": "sg-1"`), "Instances[1].SecurityGroupIds: must be a list, got a string"},
		{inMember(`"InstanceId": "i-1", "VpcId": "vpc-1", "SecurityGroupIds": ["sg-1", {"SecurityGroupId": "sg-2"}]`), "Instances[1].SecurityGroupIds[1]: must be a string, got an object"},
		{inMember(`"InstanceId": "i-1", "VpcId": "vpc-1", "SecurityGroupIds": ["sg-1", "sg-gone"]`), "Instances[1].SecurityGroupIds[1]: " + ErrGroup.Error()},
		{inMember(`"InstanceId": "i-1", "VpcId": "vpc-1", "SecurityGroupIds": [""]`), "Instances[1].SecurityGroupIds[0]: " + ErrGroup.Error()},
		{inMember(`"InstanceId": "i-1", "VpcId": "vpc-1", "SecurityGroupIds": ["i-0"]`), "Instances[1].SecurityGroupIds[0]: " + ErrGroup.Error()},
		{inMember(`"InstanceId": "i-1", "VpcId": "vpc-1", "SecurityGroupIds": ["sg-north"]`), "Instances[1].SecurityGroupIds[0]: " + ErrGroup.Error()},
		{inMember(`"InstanceId": "i-1", "VpcId": "vpc-1", "SecurityGroupIds": ["sg-theirs"]`), "Instances[1].SecurityGroupIds[0]: " + ErrGroup.Error()},
		{inMember(`"InstanceId": "i-1", "VpcId": "vpc-1", "SecurityGroupIds": ["sg-1", "sg-1"]`), "Instances[1].SecurityGroupIds[1]: sg-1 is in the list already"},
		{inMember(`"InstanceId": "i-1", "VpcId": "vpc-1", "SecurityGroupIds": ["sg-1", "sg-2"]`), "Instances[1].SecurityGroupIds[1]: the group is of vpc-2, the member of vpc-1"},
		{inMember(`"InstanceId": "i-1", "VpcId": "vpc-1", "SecurityGroupIds": ["sg-classic"]`), "Instances[1].SecurityGroupIds[0]: the group is of the classic network, the member of vpc-1"},
		{inMember(`"InstanceId": "i-1", "SecurityGroupIds": ["sg-1"]`), "Instances[1].SecurityGroupIds[0]: the group is of vpc-1, the member of the classic network"},
		{inMember(`"InstanceId": "i-1", "VpcId": "vpc-1", "SecurityGroupIds": ["sg-1", "sg-big"]`), "Instances[1].SecurityGroupIds[1]: the groups of a member are all normal or all enterprise"},
	},
	"addresses": {
		{inMember(`"InstanceId": "i-1", "SecondaryPrivateIpAddresses": "10.0.0.1"`), "Instances[1].SecondaryPrivateIpAddresses: must be a list, got a string"},
		{inMember(`"InstanceId": "i-1", "SecondaryPrivateIpAddresses": ["10.0.0"]`), "Instances[1].SecondaryPrivateIpAddresses[0]: " + errAddress.Error()},
		{inMember(`"InstanceId": "i-1", "SecondaryPrivateIpAddresses": ["2001:db8::1"]`), "Instances[1].SecondaryPrivateIpAddresses[0]: " + errAddress.Error()},
		{inMember(`"InstanceId": "i-1", "Ipv6Addresses": ["10.0.0.1"]`), "Instances[1].Ipv6Addresses[0]: " + errAddress6.Error()},
		{inMember(`"InstanceId": "i-1", "Ipv6Addresses": ["fe80::1%eth0"]`), "Instances[1].Ipv6Addresses[0]: " + errAddress6.Error()},
		{inMember(`"InstanceId": "i-1", "PrivateIpAddress": "10.0.0.1", "SecondaryPrivateIpAddresses": ["10.0.0.2", "10.0.0.1"]`), "Instances[1].SecondaryPrivateIpAddresses[1]: " + errTaken.Error()},
		{inMember(`"InstanceId": "i-1", "Ipv6Addresses": ["2001:db8::1", "2001:db8:0::1"]`), "Instances[1].Ipv6Addresses[1]: " + errTaken.Error()},
		{inVSwitch(`"SecondaryPrivateIpAddresses": ["10.0.0.3"]`), "NetworkInterfaces[0].SecondaryPrivateIpAddresses[0]: " + errTaken.Error()},
		{inVSwitch(`"SecondaryPrivateIpAddresses": ["10.0.0.2"]`), "NetworkInterfaces[0].SecondaryPrivateIpAddresses[0]: " + errTaken.Error()},
		{inVSwitch(`"PrivateIpAddress": "10.0.0.3"`), "NetworkInterfaces[0].PrivateIpAddress: " + errTaken.Error()},
		{inVSwitch(`"Ipv6Addresses": ["2408:4005:3e8:9a01::1"]`), "NetworkInterfaces[0].Ipv6Addresses[0]: " + errTaken.Error()},
	},
	"prefix lists": {
		{`{"PrefixLists": [{"RegionId": "cn-hangzhou"}]}`, "PrefixLists[0].PrefixListId: the field is required"},
		{`{"PrefixLists": [{"RegionId": "cn-hangzhuo", "PrefixListId": "pl-1"}]}`, "PrefixLists[0].RegionId: there is no such region; did you mean cn-hangzhou? To use this id, list it in Regions with a LocalName"},
		{`{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1"}], "PrefixLists": [{"RegionId": "cn-hangzhou", "PrefixListId": "sg-1"}]}`, "PrefixLists[0].PrefixListId: the id sg-1 is used already in the account's cn-hangzhou"},
		{inList(`"Name": "x"`), "PrefixLists[0].Name: there is no such field; did you mean PrefixListName?"},
		{inList(`"AddressFamily": "IPv5"`), "PrefixLists[0].AddressFamily: " + secgroup.ErrFamily.Error()},
		{inList(`"MaxEntries": 0`), "PrefixLists[0].MaxEntries: a list of this kind has 1 to 200 entries"},
		{inList(`"MaxEntries": 201`), "PrefixLists[0].MaxEntries: a list of this kind has 1 to 200 entries"},
		{inList(`"MaxEntries": 1.5`), "PrefixLists[0].MaxEntries: a list of this kind has 1 to 200 entries"},
		{inList(`"CreationTime": "now"`), "PrefixLists[0].CreationTime: a time is written as 2030-01-02T03:04:05Z"},
		{inList(`"Tags": [{"TagKey": "a"}, {"TagKey": "a"}]`), "PrefixLists[0].Tags[1].TagKey: there is a tag with this key already"},
		{inList(`"Entries": ["10.0.0.0/8"]`), "PrefixLists[0].Entries[0]: must be an object, got a string"},
		{inList(`"Entries": [{"Description": "x"}]`), "PrefixLists[0].Entries[0].Cidr: the field is required"},
		{inList(`"Entries": [{"Cidr": "10.0.0.0/33"}]`), "PrefixLists[0].Entries[0].Cidr: " + secgroup.ErrEntry.Error()},
		{inList(`"Entries": [{"Cidr": "10.0.0.0/8"}, {"Cidr": "2001:db8::/32"}]`), "PrefixLists[0].Entries[1].Cidr: " + secgroup.ErrEntry.Error()},
		{inList(`"Entries": [{"Cidr": "10.0.0.0/8"}], "AddressFamily": "IPv6"`), "PrefixLists[0].Entries[0].Cidr: " + secgroup.ErrEntry.Error()},
		{inList(`"Entries": [{"Cidr": "10.0.0.1"}, {"Cidr": "10.0.0.1/32"}]`), "PrefixLists[0].Entries[1].Cidr: the block is in the list already"},
		{inList(`"Entries": [{"Cidr": "10.0.0.1"}, {"Cidr": "10.0.0.2"}], "MaxEntries": 1`), "PrefixLists[0].Entries[1]: the list already has 1 entries, its limit"},
		{inList(`"Entries": [` + manyEntries(201) + `]`), "PrefixLists[0].Entries[200]: the list already has 200 entries, its limit"},
	},
	"port range lists": {
		{`{"PortRangeLists": [{"RegionId": "cn-hangzhou"}]}`, "PortRangeLists[0].PortRangeListId: the field is required"},
		{`{"PrefixLists": [{"RegionId": "cn-hangzhou", "PrefixListId": "x"}], "PortRangeLists": [{"RegionId": "cn-hangzhou", "PortRangeListId": "x"}]}`, "PortRangeLists[0].PortRangeListId: the id x is used already in the account's cn-hangzhou"},
		{inPortList(`"AddressFamily": "IPv4"`), "PortRangeLists[0].AddressFamily: there is no such field; the fields are AccountId, RegionId, PortRangeListId, PortRangeListName, MaxEntries, Description, ResourceGroupId, CreationTime, Tags, Entries"},
		{inPortList(`"MaxEntries": 2001`), "PortRangeLists[0].MaxEntries: a list of this kind has 1 to 2000 entries"},
		{inPortList(`"Entries": [{"Description": "x"}]`), "PortRangeLists[0].Entries[0].PortRange: the field is required"},
		{inPortList(`"Entries": [{"PortRange": "-1/-1"}]`), "PortRangeLists[0].Entries[0].PortRange: " + secgroup.ErrListedPorts.Error()},
		{inPortList(`"Entries": [{"PortRange": "1/2"}, {"PortRange": "1/2"}]`), "PortRangeLists[0].Entries[1].PortRange: the range is in the list already"},
		{inPortList(`"Entries": [{"PortRange": "1/2"}, {"PortRange": "1/3"}], "MaxEntries": 1`), "PortRangeLists[0].Entries[1]: the list already has 1 entries, its limit"},
	},
}

func manyEntries(n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(`{"Cidr": "10.0.0.%d"}`, i))
	}
	return strings.Join(all, ", ")
}

func TestRefusedStates(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Seed([]byte(inGroup(`"AccountId": "5", "Permissions": [`+soundRule+`]`))))
	before := string(w.State())
	for what, cases := range refusals {
		t.Run(what, func(t *testing.T) {
			for _, c := range cases {
				assert.EqualError(t, w.Load([]byte(c.state)), c.says)
				assert.EqualError(t, w.Seed([]byte(c.state)), c.says)
				assert.Error(t, w.Merge([]byte(c.state)))
				require.Equal(t, before, string(w.State()))
				require.NotContains(t, c.says, "\n")
			}
		})
	}
	w.Reset()
	assert.Equal(t, before, string(w.State()), "a refused seed is not remembered")
}

func TestMergeRefusesWhatTheWorldHas(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(`{"Accounts": [{"AccountId": "5", "Email": "five@example.com"}, {"AccountId": "6"}],
		"Instances": [{"RegionId": "cn-hangzhou", "InstanceId": "i-1", "VpcId": "v", "SecurityGroupIds": ["sg-1"]}],
		"PrefixLists": [{"RegionId": "cn-hangzhou", "PrefixListId": "pl-1"}],
		"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "VpcId": "v", "Permissions": [
			{"SecurityGroupRuleId": "sgr-1", "IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-2", "SourceGroupOwnerAccount": "who@example.com"}]}]}`)))
	before := string(w.State())
	for _, c := range []struct{ state, says string }{
		{`{"SecurityGroups": [{"RegionId": "cn-beijing", "SecurityGroupId": "sg-1"}, {"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1"}]}`, "SecurityGroups[1].SecurityGroupId: the id sg-1 is used already in the account's cn-hangzhou"},
		{strings.ReplaceAll(oneRule(`"SecurityGroupRuleId": "sgr-1"`), "sg-1", "sg-2"), "SecurityGroups[0].Permissions[0].SecurityGroupRuleId: the id sgr-1 is used already in the account's cn-hangzhou"},
		{`{"Instances": [{"RegionId": "cn-beijing", "InstanceId": "i-1"}, {"RegionId": "cn-hangzhou", "InstanceId": "i-1"}]}`, "Instances[1].InstanceId: the id i-1 is used already in the account's cn-hangzhou"},
		{`{"NetworkInterfaces": [{"RegionId": "cn-hangzhou", "NetworkInterfaceId": "sgr-1"}]}`, "NetworkInterfaces[0].NetworkInterfaceId: the id sgr-1 is used already in the account's cn-hangzhou"},
		{`{"NetworkInterfaces": [{"RegionId": "cn-hangzhou", "NetworkInterfaceId": "eni-1", "SecurityGroupIds": ["sg-1"]}]}`, "NetworkInterfaces[0].SecurityGroupIds[0]: the group is of v, the member of the classic network"},
		{`{"PrefixLists": [{"RegionId": "cn-hangzhou", "PrefixListId": "pl-1"}]}`, "PrefixLists[0].PrefixListId: the id pl-1 is used already in the account's cn-hangzhou"},
		{inAccounts(`{"AccountId": "5", "Email": "another@example.com"}`), "Accounts[0].Email: the account has the address five@example.com already"},
		{inAccounts(`{"AccountId": "6", "Email": "five@example.com"}`), "Accounts[0].Email: account 5 has this address"},
		{inAccounts(`{"AccountId": "6", "Email": "who@example.com"}`), "Accounts[0].Email: rules of the world name an unknown owner by this address; load the account before them or together with them"},
	} {
		assert.EqualError(t, w.Merge([]byte(c.state)), c.says)
		assert.Equal(t, before, string(w.State()))
	}
	requireSound(t, w)
}
