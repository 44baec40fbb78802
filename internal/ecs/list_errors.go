package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

const tooManyChanged = "The number of entries added or removed exceeds the limit."

// tooManyOf returns the row of more than 200 entries in a list of the request.
func tooManyOf(list, example string) *rpc.Failure {
	return &rpc.Failure{On: param.ErrIndex, Of: list, Status: 400, Code: "LimitExceed.Entry", Message: tooManyChanged,
		When: "More than 200 entries are given as " + list + ".", Try: list + ".201." + example}
}

// The documents give the texts of CidrMalformed and CidrDuplicated as %s.
var prefixListFailures = []*rpc.Failure{
	{On: secgroup.ErrListName, Status: 400, Code: "InvalidParameter.PrefixListName", Message: "The parameter PrefixListName is not valid.",
		When: "PrefixListName does not follow its rules.", Try: "PrefixListName=9lives"},
	{On: secgroup.ErrListDescription, Status: 400, Code: "InvalidDescription.Malformed", Message: "The specified Description is wrongly formed.",
		When: "Description does not have 2 to 256 characters, or that of an entry 2 to 32, or it begins with http:// or https://.", Try: "Description=x"},
}

var createPrefixListFailures = slices.Concat(prefixListFailures, []*rpc.Failure{
	{On: secgroup.ErrFamily, Status: 400, Code: "InvalidParameter.AddressFamily", Message: "The parameter AddressFamily should be IPv4 or IPv6.",
		When: "AddressFamily is neither IPv4 nor IPv6.", Try: "AddressFamily=IPv5"},
	{On: secgroup.ErrListedCIDR, Status: 400, Code: "InvalidParameter.CidrMalformed", Message: "The specified parameter Cidr is not valid.",
		When: "A Cidr is not a CIDR block of the address family, or it has host bits.", Try: "Entry.1.Cidr=10.1.0.1/16"},
	{On: errEntryTwice, Status: 400, Code: "InvalidParameter.CidrDuplicated", Message: "The specified Cidr is duplicated.",
		When: "Two entries are the same.", Try: "Entry.2.Cidr=10.1.0.0/16"},
	tooManyOf("Entry", "Cidr=10.2.0.0/16"),
	{On: errEntries, Status: 400, Code: "LimitExceed.MaxEntries", Message: "The number of entries exceeds the MaxEntries of the specified prefix list.",
		When: "More entries are given than MaxEntries.", Try: "MaxEntries=1&Entry.2.Cidr=10.2.0.0/16"},
	{On: errListQuota, Status: 404, Code: "LimitExceed.PrefixListPerRegion", Message: "The number of prefix lists in the region exceeds the limit.",
		When: "The account has 100 prefix lists in the region.", Try: "100*PrefixListName=list#"},
	{On: product.ErrResourceGroup, Status: 404, Code: "InvalidResourceGroup.NotFound", Message: "The specified resource group is not found.",
		When: "ResourceGroupId does not begin with rg-.", Try: "ResourceGroupId=mine"},
	unknownRegion,
	repeatedTagKey,
}, groupTagFailures(), product.TokenFailures("PrefixListName=other"))

var modifyPrefixListFailures = slices.Concat(prefixListFailures, []*rpc.Failure{
	{On: secgroup.ErrListedCIDR, Status: 400, Code: "InvalidParameter.CidrMalformed", Message: "The specified parameter Cidr is not valid.",
		When: "A Cidr is not a CIDR block of the list's address family, or it has host bits.", Try: "AddEntry.1.Cidr=2001:db8::/32"},
	{On: errEntryTwice, Status: 400, Code: "InvalidParameter.CidrDuplicated", Message: "The specified Cidr is duplicated.",
		When: "Two entries are the same, or one is both added and removed.", Try: "RemoveEntry.1.Cidr=10.3.0.0/16"},
	tooManyOf("AddEntry", "Cidr=10.9.0.0/16"),
	tooManyOf("RemoveEntry", "Cidr=10.9.0.0/16"),
	{On: errEntries, Status: 400, Code: "LimitExceed.MaxEntries", Message: "The number of entries exceeds the MaxEntries of the specified prefix list.",
		When: "The list would have more entries than its MaxEntries.", Try: "AddEntry.2.Cidr=10.4.0.0/16&AddEntry.3.Cidr=10.5.0.0/16&AddEntry.4.Cidr=10.6.0.0/16&AddEntry.5.Cidr=10.7.0.0/16"},
	unknownPrefixList,
	unknownRegion,
})

// regionOfPorts is the row of an unknown region in the actions on port range lists.
var regionOfPorts = &rpc.Failure{
	On: store.ErrRegion, Status: 404, Code: "InvalidRegionId.NotFound", Message: "The specified parameter RegionId is not valid.",
	When: "The region does not exist.", Try: "RegionId=cn-atlantis",
}

const invalidAny = "The specified parameter is not valid."

// invalidPage returns the rows of a page of port range lists or of what names them.
func invalidPage() []*rpc.Failure {
	return []*rpc.Failure{
		{On: errNextToken, Status: 400, Code: "InvalidParameter", Message: invalidAny,
			When: "NextToken is not from an answer.", Try: "NextToken=next"},
		{On: param.ErrInvalid, Status: 400, Code: "InvalidParameter", Message: invalidAny,
			When: "MaxResults is not an integer from 1 to 100.", Try: "MaxResults=101"},
		regionOfPorts,
	}
}

var portRangeListFailures = []*rpc.Failure{
	{On: secgroup.ErrListName, Status: 400, Code: "InvalidParameter.PortRangeListName", Message: "The specified parameter PortRangeListName is not valid.",
		When: "PortRangeListName does not follow its rules.", Try: "PortRangeListName=9lives"},
	{On: secgroup.ErrListDescription, Status: 400, Code: "InvalidDescription.Malformed", Message: "The specifid Description is not valid.",
		When: "Description does not have 2 to 256 characters, or that of an entry 2 to 32, or it begins with http:// or https://.", Try: "Description=x"},
	regionOfPorts,
}

var createPortRangeListFailures = slices.Concat(portRangeListFailures, []*rpc.Failure{
	{On: errNoListedPorts, Status: 400, Code: "InvalidParam.Entry", Message: "The specified parameter Entry is not valid.",
		When: "An entry has no PortRange.", Try: "Entry.2.Description=lonely"},
	{On: secgroup.ErrListedPorts, Status: 400, Code: "InvalidParameter.PortRange", Message: badListedPorts,
		When: "A PortRange is not first/last between 1 and 65535.", Try: "Entry.1.PortRange=80"},
	{On: errEntryTwice, Status: 400, Code: "InvalidParameter.PortRangeDuplicated", Message: "The specified PortRange is duplicated.",
		When: "Two entries are the same.", Try: "Entry.2.PortRange=80/80"},
	tooManyOf("Entry", "PortRange=81/81"),
	{On: errMaxPortEntries, Status: 400, Code: "InvalidOperation.MaxEntriesCountExceed", Message: "The specified MaxEntries exceeded the upper limit.",
		When: "MaxEntries is more than 2000.", Try: "MaxEntries=2001"},
	{On: errEntries, Status: 400, Code: "InvalidOperation.EntryCountExceedMaxEntries", Message: "The number of entries in the port list exceeds MaxEntries.",
		When: "More entries are given than MaxEntries.", Try: "MaxEntries=1&Entry.2.PortRange=443/443"},
	{On: errListQuota, Status: 400, Code: "InvalidOperation.MaxCountExceed", Message: "The number of port range list in the current account has exceeded quota.",
		When: "The account has 100 port range lists in the region.", Try: "100*PortRangeListName=list#"},
	unknownResourceGroup,
	repeatedTagKey,
}, groupTagFailures(), product.TokenFailures("PortRangeListName=other"))

const badListedPorts = "The specified parameter PortRange is not valid. It should be two integers less than 65535 in specified format."

var modifyPortRangeListFailures = slices.Concat(portRangeListFailures, []*rpc.Failure{
	{On: errNoListedPorts, Status: 400, Code: "MissingParameter", Message: "Missing mandatory parameter.",
		When: "An entry has no PortRange.", Try: "AddEntry.2.Description=lonely"},
	{On: secgroup.ErrListedPorts, Status: 400, Code: "InvalidParameter.PortRange", Message: badListedPorts,
		When: "A PortRange is not first/last between 1 and 65535.", Try: "AddEntry.1.PortRange=-1/-1"},
	{On: errEntryTwice, Status: 400, Code: "InvalidParameter.PortRangeDuplicated", Message: "The specified PortRange is duplicated.",
		When: "Two entries are the same, or one is both added and removed.", Try: "RemoveEntry.1.PortRange=8080/8080"},
	tooManyOf("AddEntry", "PortRange=81/81"),
	tooManyOf("RemoveEntry", "PortRange=81/81"),
	{On: errEntries, Status: 400, Code: "LimitExceed.MaxEntries", Message: "The number of entries exceeds the MaxEntries of the specified PortRangeList.",
		When: "The list would have more entries than its MaxEntries.", Try: "AddEntry.2.PortRange=81/81&AddEntry.3.PortRange=82/82"},
	unknownPortRangeList,
}, product.TokenFailures("PortRangeListName=other"))
