package sample

import (
	"fmt"
	"slices"
	"strings"
)

var terraform = &Client{
	Name: "terraform", Title: "Terraform, provider aliyun/alicloud", Language: "HCL", File: "<Action>.tf",
	Install: "terraform init",
	Run:     "terraform apply",
	comment: "#", trusts: "SSL_CERT_FILE=ca.pem",
	write: writeTerraform,
	takes: takesTerraform,
}

// A resource is the resource that an action creates or removes.
type resource struct {
	kind      string
	direction string      // of a rule
	arguments [][2]string // the argument and the parameter
	removed   bool
}

var groupArguments = [][2]string{
	{"security_group_name", "SecurityGroupName"}, {"description", "Description"}, {"vpc_id", "VpcId"},
	{"security_group_type", "SecurityGroupType"}, {"resource_group_id", "ResourceGroupId"}, {"tags", "Tag"},
}

var vpcArguments = [][2]string{
	{"vpc_name", "VpcName"}, {"cidr_block", "CidrBlock"}, {"description", "Description"}, {"enable_ipv6", "EnableIpv6"},
	{"resource_group_id", "ResourceGroupId"}, {"tags", "Tag"},
}

var vswitchArguments = [][2]string{
	{"vswitch_name", "VSwitchName"}, {"cidr_block", "CidrBlock"}, {"description", "Description"}, {"vpc_id", "VpcId"},
	{"zone_id", "ZoneId"}, {"tags", "Tag"},
}

// ruleArguments returns the arguments of a rule whose peer is the Source or the Dest.
func ruleArguments(peer string) [][2]string {
	return [][2]string{
		{"ip_protocol", "IpProtocol"}, {"port_range", "PortRange"}, {"nic_type", "NicType"}, {"policy", "Policy"}, {"priority", "Priority"},
		{"cidr_ip", peer + "CidrIp"}, {"ipv6_cidr_ip", "Ipv6" + peer + "CidrIp"}, {"source_security_group_id", peer + "GroupId"},
		{"source_group_owner_account", peer + "GroupOwnerAccount"}, {"source_group_owner_id", peer + "GroupOwnerId"},
		{"prefix_list_id", peer + "PrefixListId"}, {"description", "Description"},
	}
}

var resources = map[string]resource{
	"CreateSecurityGroup":          {kind: "alicloud_security_group", arguments: groupArguments},
	"AuthorizeSecurityGroup":       {kind: "alicloud_security_group_rule", direction: "ingress", arguments: ruleArguments("Source")},
	"AuthorizeSecurityGroupEgress": {kind: "alicloud_security_group_rule", direction: "egress", arguments: ruleArguments("Dest")},
	"CreateVpc":                    {kind: "alicloud_vpc", arguments: vpcArguments},
	"CreateVSwitch":                {kind: "alicloud_vswitch", arguments: vswitchArguments},
	"RevokeSecurityGroup":          {kind: "alicloud_security_group_rule", direction: "ingress", arguments: ruleArguments("Source"), removed: true},
	"RevokeSecurityGroupEgress":    {kind: "alicloud_security_group_rule", direction: "egress", arguments: ruleArguments("Dest"), removed: true},
}

// takesTerraform returns why there is no sample: no resource does what the action does,
// or the resource has no argument for a parameter.
func takesTerraform(c *Call) error {
	r, ok := resources[c.Action.Name]
	if !ok {
		return fmt.Errorf("%w: no resource of Terraform does what %s does; choose another client", ErrNone, c.Action.Name)
	}
	values, rest := untyped.arrange(c)
	if listed(values) && r.flat(values) {
		return fmt.Errorf("%w: the rules are given in two forms; give one", ErrNone)
	}
	for i := range values {
		if name := r.lacking(&values[i]); name != "" {
			return fmt.Errorf("%w: Terraform's %s has no argument for %s; choose another client", ErrNone, r.kind, name)
		}
	}
	if len(rest) > 0 {
		return fmt.Errorf("%w: Terraform's %s has no argument for %s; choose another client", ErrNone, r.kind, rest[0].Name)
	}
	return nil
}

// lacking returns the name of the parameter if the resource has no argument for it,
// else "". The provider sets the region and the client token.
func (r *resource) lacking(v *value) string {
	switch v.name {
	case "RegionId", "ClientToken":
		return ""
	case "SecurityGroupId":
		if r.direction != "" {
			return ""
		}
	case "Permissions":
		for i := range v.inside {
			for j := range v.inside[i].inside {
				if f := &v.inside[i].inside[j]; r.argument(f.name) == "" {
					return v.name + "." + ordinal(i) + "." + f.name
				}
			}
		}
		return ""
	}
	if r.argument(v.name) == "" {
		return v.name
	}
	return ""
}

// flat reports whether parameters of a rule are among those of the request.
func (r *resource) flat(values []value) bool {
	return r.direction != "" && slices.ContainsFunc(values, func(v value) bool { return r.argument(v.name) != "" })
}

// argument returns the argument for a parameter, or "".
func (r *resource) argument(parameter string) string {
	for _, a := range r.arguments {
		if a[1] == parameter {
			return a[0]
		}
	}
	return ""
}

const terraformText = `terraform {
  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = "1.289.0"
    }
  }
}

provider "alicloud" {
  region                 = {region}
  access_key             = {key}
  secret_key             = {secret}
  account_id             = {account}
  account_type           = "Domestic"
  protocol               = {SCHEME}
  skip_region_validation = true

  endpoints {
    ecs        = {host}
    bssopenapi = {host}
    location   = {host}
    sts        = {host}
    vpc        = {host}
  }
}

{resources}`

func writeTerraform(c *Call) string {
	r := resources[c.Action.Name]
	values, _ := untyped.arrange(c)
	b := block{step: "  "}
	if r.removed {
		b.line("# terraform apply adopts the rule, terraform destroy revokes it. The provider revokes over HTTPS:")
		b.line("# set SSL_CERT_FILE to a file with the certificate from ", c.Endpoint, "/_mock/ca.pem.")
	}
	shared, rules := [][2]string(nil), []value(nil)
	if r.direction != "" {
		shared = append(shared, [2]string{"type", hclText(r.direction)})
	}
	for _, v := range values {
		switch v.name {
		case "SecurityGroupId":
			shared = append(shared, [2]string{"security_group_id", hclText(v.text)})
		case "Permissions":
			rules = v.inside
		}
	}
	if rules == nil {
		b.terraformResource(&r, "sample", shared, values)
	}
	for i := range rules {
		b.terraformResource(&r, "sample"+ordinal(i), shared, rules[i].inside)
	}
	return c.fill(terraformText, hclText, "{account}", hclText(c.Account), "{resources}", strings.TrimSuffix(b.String(), "\n\n")+"\n")
}

func (b *block) terraformResource(r *resource, name string, shared [][2]string, values []value) {
	arguments := slices.Clone(shared)
	var tags []value
	for i := range values {
		v := &values[i]
		switch argument := r.argument(v.name); {
		case argument == "":
		case v.kind == "Array":
			tags = v.inside
		case argument == "priority" && digits(v.text):
			arguments = append(arguments, [2]string{argument, v.text})
		default:
			arguments = append(arguments, [2]string{argument, hclText(v.text)})
		}
	}
	b.begin("resource ", hclText(r.kind), " ", hclText(name), " {")
	b.hclArguments(arguments)
	if len(arguments) > 0 && len(tags) > 0 {
		b.text.WriteByte('\n')
	}
	if len(tags) > 0 {
		b.terraformTags(tags)
	}
	b.end("}\n")
}

func (b *block) terraformTags(tags []value) {
	var pairs [][2]string
	for i := range tags {
		pairs = append(pairs, tagOf(&tags[i]))
	}
	b.begin("tags = {")
	b.hclArguments(pairs)
	b.end("}")
}

// tagOf returns a tag as an argument. The case of its fields' names does not matter.
func tagOf(element *value) (tag [2]string) {
	tag[1] = hclText("")
	for _, f := range element.inside {
		if strings.EqualFold(f.name, "key") {
			tag[0] = hclText(f.text)
		} else {
			tag[1] = hclText(f.text)
		}
	}
	return tag
}

// hclArguments writes arguments, aligned as by terraform fmt.
func (b *block) hclArguments(arguments [][2]string) {
	width := 0
	for _, a := range arguments {
		width = max(width, len(a[0]))
	}
	for _, a := range arguments {
		b.line(a[0], strings.Repeat(" ", width-len(a[0])), " = ", a[1])
	}
}
