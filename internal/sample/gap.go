package sample

// What the classes of SDKs have no place for, though the action takes it, as the
// versions that samples are written for have it. Such parameters are sent beside
// the typed ones.

// tags of old had names in lower case; no class has them.
var oldTags = []string{"*.Tag.key", "*.Tag.value"}

// early are the parameters that came after these SDKs.
var early = append([]string{
	"*.PortRangeListId", "DescribeSecurityGroupAttribute.Attribute", "DescribePrefixLists.ResourceGroupId", "DescribePrefixLists.Tag",
}, oldTags...)

// ownerID is a number everywhere, but a text in the classes made from the vendor's
// description of this one action.
var ownerID = []string{"RevokeSecurityGroupEgress.Permissions.DestGroupOwnerId"}

// In SDKs of the first generation it is the client that has a region.
const region = "*.RegionId"

var (
	goV1Takes     = &dialect{lacks: append([]string{region}, early...)}
	pythonV1Takes = &dialect{lacks: append([]string{region}, oldTags...), blanks: true}
	pythonV2Takes = &dialect{lacks: oldTags, texts: ownerID, blanks: true}
	javaV1Takes   = &dialect{lacks: append([]string{region}, early...), texts: ownerID, blanks: true}
	javaV2Takes   = &dialect{lacks: early, texts: ownerID, blanks: true}
	nodeV2Takes   = &dialect{lacks: oldTags, texts: ownerID, blanks: true}
	untyped       = &dialect{blanks: true}
)
