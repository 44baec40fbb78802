package secgroup

// A Cause is the reason why a value, a rule or a request is refused, in a sentence for
// people. Causes are compared by identity.
type Cause string

func (c *Cause) Error() string { return string(*c) }

func cause(sentence string) error {
	c := Cause(sentence)
	return &c
}

// Causes of single values.
var (
	ErrProtocol         = cause("a protocol is one of icmp, icmpv6, gre, tcp, udp and all")
	ErrProtocolCase     = cause("a protocol is needed: icmp, gre, tcp, udp or all")
	ErrNoPorts          = cause("a rule needs ports: first/last for tcp and udp, -1/-1 for every other protocol")
	ErrPorts            = cause("ports are first/last between 1 and 65535 for tcp and udp, and -1/-1 for every other protocol")
	ErrPolicy           = cause("a policy is accept or drop")
	ErrPriorityForm     = cause("a priority is an integer")
	ErrPriorityRange    = cause("a priority is 1 to 100")
	ErrNic              = cause("a NIC type is internet or intranet")
	ErrDirection        = cause("a direction is ingress or egress")
	ErrSource4          = cause("an IPv4 source is an address or a CIDR block such as 10.0.0.0/8")
	ErrDest4            = cause("an IPv4 destination is an address or a CIDR block such as 10.0.0.0/8")
	ErrSource6          = cause("an IPv6 source is an address or a CIDR block such as 2001:db8::/32")
	ErrDest6            = cause("an IPv6 destination is an address or a CIDR block such as 2001:db8::/32")
	ErrIllegal6         = cause("the text has a colon but is no IPv6 address or CIDR block; zones are not allowed")
	ErrRuleDescription  = cause("a rule's description has 1 to 512 characters")
	ErrGroupID          = cause("a group id is sg- and 1 to 61 letters, digits, - or _, or a GUID")
	ErrGroupName        = cause("a group's name has 2 to 128 letters, digits, colons, underscores, periods and hyphens, begins with a letter and not with http:// or https://")
	ErrGroupDescription = cause("a group's description has 2 to 256 characters and does not begin with http:// or https://")
	ErrGroupType        = cause("a group's type is normal or enterprise")
	ErrOwnerID          = cause("an owner id is an integer")
)

// Causes of values of a rule that do not fit together.
var (
	ErrNoPeer           = cause("a rule needs a source or a destination: a CIDR block, an IPv6 CIDR block, a group or a prefix list; the document's default of 0.0.0.0/0 is not applied")
	ErrBlankPeer        = cause("the CIDR block or the group is given but blank")
	ErrPortListProtocol = cause("only tcp and udp rules have a port range list")
	ErrTwoSources       = cause("a source is an IPv4 or an IPv6 block, not both")
	ErrTwoDestinations  = cause("a destination is an IPv4 or an IPv6 block, not both")
	ErrIPv6Conflict     = cause("a rule for IPv4 cannot have an IPv6 address")
	ErrIPv4Conflict     = cause("a rule for IPv6 cannot have an IPv4 address")
	ErrGroupOnInternet  = cause("a rule with a group as its source or destination has the NIC type intranet")
	ErrSameGroup        = cause("a group cannot be the source or the destination in a rule of itself")
)

// Causes of rules that do not fit their group.
var (
	ErrNoRule      = cause("no rule of the group matches")
	ErrNicMismatch = cause("a rule matches but for its NIC type")
	ErrIPv6Classic = cause("a classic group has no IPv6 rules")
	ErrRuleQuota   = cause("the group already holds as many rules as its limit")
)

// Causes of lists.
var (
	ErrListName        = cause("a list's name has 2 to 128 letters, digits, colons, underscores, periods and hyphens, begins with a letter and not with http://, https://, com.aliyun or com.alibabacloud")
	ErrListDescription = cause("a list's description has 2 to 256 characters, that of an entry 2 to 32; neither begins with http:// or https://")
)

// Causes of tags.
var (
	ErrTagKey       = cause("a tag's key has 1 to 128 characters")
	ErrTagKeyPrefix = cause("a tag's key does not begin with aliyun, acs:, http:// or https://")
	ErrTagValue     = cause("a tag's value has up to 128 characters and does not begin with http:// or https://")
)
