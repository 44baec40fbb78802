package sample

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
)

// A value is a parameter as SDKs with types take it.
type value struct {
	name   string
	kind   string  // String, Long, Integer, Boolean; Array of elements; "" for an element with fields
	text   string  // of a scalar
	inside []value // the elements of an Array, the fields of an element
}

// plain reports whether v is an Array whose elements are texts.
func (v *value) plain() bool { return v.kind == "Array" && len(v.inside) > 0 && v.inside[0].kind != "" }

// A dialect is what differs between the classes of SDKs.
type dialect struct {
	blanks bool     // they send blank values
	lacks  []string // parameters that they do not have; * is any action of the product, or of any
	texts  []string // numbers that they take as texts
}

// arrange returns pairs as values. The rest are pairs that the dialect's classes cannot
// send: parameters that they lack, invalid numbers, lists with gaps.
func (d *dialect) arrange(call *Call) (values []value, rest []Pair) {
	return d.fields(call.Action.FullName()+".", "", call.Action.Params, call.Params)
}

// fields returns the values of pairs whose names begin, in the call, with scope. The
// action begins with its product and ends with a dot: Vpc.CreateVpc.
func (d *dialect) fields(action, scope string, docs []param.Doc, pairs []Pair) (values []value, rest []Pair) {
	for len(pairs) > 0 {
		head, _, _ := strings.Cut(pairs[0].Name, ".")
		mine, others := split(pairs, head)
		pairs = others
		v, left := d.value(action, scope, find(docs, head), mine)
		if v != nil {
			values = append(values, *v)
		}
		rest = append(rest, left...)
	}
	return values, rest
}

func (d *dialect) value(action, scope string, doc *param.Doc, pairs []Pair) (*value, []Pair) {
	whole := qualify(scope, pairs)
	if doc == nil || doc.Type == "Struct" || d.lacking(action, scope+doc.Name) {
		return nil, whole
	}
	if doc.Type == "Array" {
		return d.list(action, scope, doc, pairs)
	}
	kind := doc.Type
	if slices.Contains(d.texts, action+bare(scope)+doc.Name) {
		kind = "String"
	}
	if text := pairs[0].Value; d.allows(kind, text) {
		return &value{name: doc.Name, kind: kind, text: text}, nil
	}
	return nil, whole
}

// list returns the value of name.1, name.2, …, or the pairs if they have a gap or are
// too many.
func (d *dialect) list(action, scope string, doc *param.Doc, pairs []Pair) (*value, []Pair) {
	v, rest := value{name: doc.Name, kind: "Array"}, []Pair(nil)
	for left := strip(pairs); len(left) > 0; {
		number := strconv.Itoa(len(v.inside) + 1)
		mine, others := split(left, number)
		if len(mine) == 0 || len(v.inside) == doc.Most {
			return nil, qualify(scope, pairs)
		}
		element, more := d.element(action, scope+doc.Name+"."+number, doc, mine)
		if element == nil {
			return nil, qualify(scope, pairs)
		}
		v.inside, rest, left = append(v.inside, *element), append(rest, more...), others
	}
	return &v, rest
}

func (d *dialect) element(action, scope string, doc *param.Doc, pairs []Pair) (*value, []Pair) {
	if ofTexts(doc) {
		if text := pairs[0].Value; d.allows(doc.Fields[0].Type, text) {
			return &value{kind: doc.Fields[0].Type, text: text}, nil
		}
		return nil, nil
	}
	fields, rest := d.fields(action, scope+".", doc.Fields, strip(pairs))
	if len(fields) == 0 {
		return nil, nil
	}
	return &value{inside: fields}, rest
}

// decimal is a number that every language writes alike.
var decimal = regexp.MustCompile(`^(0|[1-9][0-9]{0,5})(\.[0-9]{1,2})?$`)

// allows reports whether a value of a type can be this text.
func (d *dialect) allows(kind, text string) bool {
	switch kind {
	case "Integer":
		n, err := strconv.ParseInt(text, 10, 32)
		return err == nil && strconv.FormatInt(n, 10) == text
	case "Long":
		n, err := strconv.ParseInt(text, 10, 64)
		return err == nil && strconv.FormatInt(n, 10) == text
	case "Float":
		return decimal.MatchString(text)
	case "Boolean":
		return text == "true" || text == "false"
	}
	return text != "" || d.blanks
}

func (d *dialect) lacking(action, name string) bool {
	name = bare(name)
	product, _, _ := strings.Cut(action, ".")
	return slices.Contains(d.lacks, action+name) || slices.Contains(d.lacks, product+".*."+name) || slices.Contains(d.lacks, "*."+name)
}

// bare returns a name without the numbers of elements: Permissions.IpProtocol.
func bare(name string) string {
	parts := strings.Split(name, ".")
	return strings.Join(slices.DeleteFunc(parts, digits), ".")
}

// split separates the pairs whose first part is head from the others.
func split(pairs []Pair, head string) (mine, others []Pair) {
	for _, p := range pairs {
		if h, _, _ := strings.Cut(p.Name, "."); h == head {
			mine = append(mine, p)
		} else {
			others = append(others, p)
		}
	}
	return mine, others
}

// strip removes the first part of each name.
func strip(pairs []Pair) []Pair {
	list := make([]Pair, len(pairs))
	for i, p := range pairs {
		_, list[i].Name, _ = strings.Cut(p.Name, ".")
		list[i].Value = p.Value
	}
	return list
}

func qualify(scope string, pairs []Pair) []Pair {
	list := make([]Pair, len(pairs))
	for i, p := range pairs {
		list[i] = Pair{scope + p.Name, p.Value}
	}
	return list
}

func find(docs []param.Doc, name string) *param.Doc {
	for i := range docs {
		if docs[i].Name == name {
			return &docs[i]
		}
	}
	return nil
}

// texts returns the elements of a list of texts, as literals of a language.
func texts(v *value, literal func(string) string) []string {
	list := make([]string, len(v.inside))
	for i := range v.inside {
		list[i] = literal(v.inside[i].text)
	}
	return list
}

func ordinal(i int) string { return strconv.Itoa(i + 1) }

// Parameters that actions take, but the classes of the SDKs do not have, in the
// versions that the samples are written for. They are sent in addition to the typed
// ones.

// oldTags are the names of an older API; no class has them.
var oldTags = []string{"*.Tag.key", "*.Tag.value"}

// early are parameters that are newer than the SDKs.
var early = append([]string{
	"*.PortRangeListId", "*.Permissions.PortRangeListId", "Ecs.DescribeSecurityGroupAttribute.Attribute", "Ecs.CreatePrefixList.ResourceGroupId", "Ecs.CreatePrefixList.Tag",
	"Ecs.DescribePrefixLists.ResourceGroupId", "Ecs.DescribePrefixLists.Tag", "Ecs.DeleteInstance.ForceStop", "Ecs.DeleteInstances.ForceStop",
	"Ecs.DescribeInstanceTypes.AdditionalAttributes", "Ecs.ModifyInstanceAttribute.EnableNetworkEncryption", "*.NetworkInterface.SecondaryPrivateIpAddressCount",
	"Vpc.CreateVpc.Ipv6IpamPoolId", "Vpc.CreateVpc.Ipv6CidrMask", "Vpc.DeleteVSwitch.DryRun", "Sts.AssumeRole.SourceIdentity",
}, oldTags...)

// earlyJava are parameters that are newer than the packages for Java, or of another type
// there.
var earlyJava = append([]string{
	"*.SourceDestCheck", "*.NetworkInterface.SourceDestCheck",
	"Ecs.DescribeInstanceMaintenanceAttributes.PageNumber", "Ecs.DescribeInstanceMaintenanceAttributes.PageSize",
	"Vpc.*.Ipv4IpamPoolId", "Vpc.*.Ipv4CidrMask", "Vpc.*.EnableDnsHostname", "Vpc.*.ForceDelete", "Vpc.*.RouteTableType", "Vpc.*.RoutePropagationEnable",
	"Vpc.*.ProductType", "Vpc.DeleteVpc.DryRun", "Vpc.DeleteVpc.ClientToken", "Vpc.DescribeVpcs.EnableIpv6", "Vpc.DescribeVSwitches.EnableIpv6",
	"Vpc.CreateVpc.Tag", "Vpc.DescribeVpcs.Tag", "Vpc.CreateVSwitch.Tag", "Vpc.DescribeVSwitches.Tag", "Vpc.DescribeRouteTableList.Tag",
}, early...)

// untypedTags are tags that the contract has as texts, and the classes as elements with
// fields.
const untypedTags = "ResourceManager.*.Tag"

// ownerID is a number in all actions, but a text in the classes of this one.
var ownerID = []string{"Ecs.RevokeSecurityGroupEgress.Permissions.DestGroupOwnerId"}

// In SDKs of the first generation the client has the region.
const region = "*.RegionId"

var (
	goV1Takes     = &dialect{lacks: append([]string{region, untypedTags}, early...)}
	pythonV1Takes = &dialect{lacks: append([]string{region, untypedTags, "ResourceManager.*.ResourceGroupIds"}, oldTags...), blanks: true}
	pythonV2Takes = &dialect{lacks: append([]string{untypedTags}, oldTags...), texts: ownerID, blanks: true}
	javaV1Takes   = &dialect{lacks: append([]string{region}, earlyJava...), texts: ownerID, blanks: true}
	javaV2Takes   = &dialect{lacks: earlyJava, texts: ownerID, blanks: true}
	nodeV2Takes   = &dialect{lacks: oldTags, texts: ownerID, blanks: true}
	untyped       = &dialect{blanks: true}
)
