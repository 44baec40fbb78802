package sample_test

import (
	"fmt"
	"go/format"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/sample"
	"github.com/ecsmock/ecsmock/internal/server"
)

// actions returns the actions of all products.
func actions() []*rpc.Description {
	var list []*rpc.Description
	for _, p := range server.Products() {
		for _, a := range p.Actions {
			list = append(list, &a.Description)
		}
	}
	return list
}

// describe returns the action with a name, such as Vpc.CreateVpc; without its product it
// is one of ECS.
func describe(t *testing.T, name string) *rpc.Description {
	t.Helper()
	for _, a := range actions() {
		if a.FullName() == name || a.FullName() == "Ecs."+name {
			return a
		}
	}
	require.Fail(t, "there is no action "+name)
	return nil
}

// write returns the sample of a call.
func write(t *testing.T, client, action string, params ...sample.Pair) string {
	t.Helper()
	text, err := sample.Find(client).Sample(&sample.Call{
		Action: describe(t, action), Params: params, Endpoint: "http://127.0.0.1:2014", KeyID: "testid", Secret: "testsecret",
	})
	require.NoError(t, err)
	return text
}

// everything returns all parameters of an action, lists with two elements, each with a
// different value.
func everything(scope string, docs []param.Doc, next *int) []sample.Pair {
	var pairs []sample.Pair
	for i := range docs {
		d := &docs[i]
		name := scope + d.Name
		if d.Type != "Array" {
			pairs = append(pairs, sample.Pair{Name: strings.TrimSuffix(name, "."), Value: unique(d.Type, next)})
			continue
		}
		for n := 1; n <= 2; n++ {
			pairs = append(pairs, everything(fmt.Sprintf("%s.%d.", name, n), d.Fields, next)...)
		}
	}
	return pairs
}

func unique(kind string, next *int) string {
	*next++
	switch kind {
	case "Boolean":
		return "true"
	case "Integer":
		return fmt.Sprint(70000 + *next)
	case "Long":
		return fmt.Sprint(8000000000 + *next)
	}
	return fmt.Sprintf("value%03d", *next)
}

// Every parameter of a call is in its sample once, on a line with its name.
func TestSamplesHaveEveryParameter(t *testing.T) {
	for _, a := range actions() {
		pairs := everything("", a.Params, new(int))
		for _, c := range sample.Clients() {
			if c.Name == "terraform" || !c.Makes(a) || !c.Has(a.Name) {
				continue
			}
			text := write(t, c.Name, a.FullName(), pairs...)
			plain := strings.Split(strings.ToLower(strings.ReplaceAll(text, "_", "")), "\n")
			for _, p := range pairs {
				found := times(plain, leaf(c.Name, p.Name), p.Value)
				if p.Value == "true" {
					assert.Positive(t, found, "%s: %s\n%s", c.Name, p.Name, text)
				} else {
					assert.Equal(t, 1, found, "%s: %s=%s\n%s", c.Name, p.Name, p.Value, text)
				}
			}
		}
	}
}

var numbers = regexp.MustCompile(`\.\d+`)

// leaf returns the name of a parameter in a sample, in lower case and without
// separators of words.
func leaf(client, name string) string {
	if name == "RegionId" && strings.HasSuffix(client, "-v1") {
		return "" // an argument of the client
	}
	name = numbers.ReplaceAllString(name, "")
	return strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])
}

// times returns how often a value is on lines that have a name.
func times(lines []string, name, value string) int {
	n := 0
	for _, line := range lines {
		if strings.Contains(line, name) {
			n += strings.Count(line, value)
		}
	}
	return n
}

func TestGoSamplesAreFormatted(t *testing.T) {
	for _, a := range actions() {
		for _, client := range []string{"go-v1", "go-v2"} {
			for _, params := range [][]sample.Pair{nil, everything("", a.Params, new(int))} {
				if !sample.Find(client).Has(a.Name) {
					continue
				}
				text := write(t, client, a.FullName(), params...)
				formatted, err := format.Source([]byte(text))
				require.NoError(t, err, text)
				assert.Equal(t, string(formatted), text)
			}
		}
	}
}

// Parameters that the classes of an SDK cannot send are sent by their whole names.
func TestParametersWithoutAClass(t *testing.T) {
	for _, p := range []sample.Pair{
		{"SourceGroupOwnerId", "abc"},            // not a number
		{"SourceGroupOwnerId", "007"},            // would lose its zeros
		{"SecurityGroupRuleId.2", "sgr-1"},       // there is no first
		{"Permissions.0.Policy", "drop"},         // lists begin with 1
		{"Permissions.01.Policy", "drop"},        // not 01
		{"Permissions.1.SourceGroupOwnerId", ""}, // not a number, and the only field of the element
		{"Permissions", `[{"Policy": "drop"}]`},  // one text
	} {
		for client, beside := range map[string]string{
			"go-v1": "request.QueryParams[%q] = ", "python-v1": "request.add_query_param(%q, ", "java-v1": "request.putQueryParameter(%q, ",
			"python-v2": "ExtendsParameters(queries={\n    %q: ", "java-v2": "Map.entry(%q, ", "node-v2": "queries: {\n      %s: ",
		} {
			name := any(p.Name)
			if client == "node-v2" && strings.Contains(p.Name, ".") {
				name = "'" + p.Name + "'"
			}
			assert.Contains(t, write(t, client, "RevokeSecurityGroup", p), fmt.Sprintf(beside, name), client)
		}
	}
}

// The names and types are those of the pinned versions. The client suites, which run
// the samples, prove all of them.
func TestNamesOfSDKs(t *testing.T) {
	params := []sample.Pair{
		{"Permissions.1.Ipv6DestCidrIp", "::/0"}, {"Permissions.1.DestGroupOwnerId", "7"}, {"DestGroupOwnerId", "7"}, {"SecurityGroupRuleId.1", "sgr-1"},
	}
	for client, lines := range map[string][]string{
		"go-v1":     {`Ipv6DestCidrIp:   "::/0",`, `DestGroupOwnerId: "7",`, `= requests.NewInteger64(7)`, `.SecurityGroupRuleId = &[]string{"sgr-1"}`},
		"python-v1": {`request.set_Permissions([`, `"DestGroupOwnerId": 7`, `set_DestGroupOwnerId(7)`, `set_SecurityGroupRuleIds(["sgr-1"])`},
		"python-v2": {`ipv_6dest_cidr_ip="::/0",`, `dest_group_owner_id="7",`, `dest_group_owner_id=7,`, `security_group_rule_id=["sgr-1"],`, `.revoke_security_group_egress(`},
		"java-v1":   {`RevokeSecurityGroupEgressRequest.Permissions permission1 `, `.setDestGroupOwnerId("7")`, `.setDestGroupOwnerId(7L)`, `.setSecurityGroupRuleIds(List.of("sgr-1"))`},
		"java-v2":   {`new RevokeSecurityGroupEgressRequestPermissions()`, `.setDestGroupOwnerId("7")`, `.setDestGroupOwnerId(7L)`, `.setSecurityGroupRuleId(List.of("sgr-1"))`},
		"node-v2":   {`new $ecs.RevokeSecurityGroupEgressRequestPermissions({`, `destGroupOwnerId: '7',`, `destGroupOwnerId: 7,`, `securityGroupRuleId: ['sgr-1'],`},
	} {
		text := write(t, client, "RevokeSecurityGroupEgress", params...)
		for _, line := range lines {
			assert.Contains(t, text, line, client)
		}
	}
	list := sample.Pair{Name: "PortRangeListId", Value: "prl-1"}
	assert.Contains(t, write(t, "go-v1", "ModifySecurityGroupRule", list), `request.QueryParams["PortRangeListId"] = "prl-1"`)
	assert.Contains(t, write(t, "java-v1", "ModifySecurityGroupRule", list), `request.putQueryParameter("PortRangeListId", "prl-1");`)
	assert.Contains(t, write(t, "java-v2", "ModifySecurityGroupRule", list), `Map.entry("PortRangeListId", "prl-1")`)
	assert.Contains(t, write(t, "python-v1", "ModifySecurityGroupRule", list), `request.set_PortRangeListId("prl-1")`)
	values := write(t, "java-v1", "ListTagResources", sample.Pair{"TagFilter.1.TagKey", "k"}, sample.Pair{"TagFilter.1.TagValues.1", "v"})
	assert.Contains(t, values, `tagFilter1.setTagValuess(List.of("v"));`)
}

// The elements of a list are in the order of their numbers, not of the query.
func TestListsAreInOrder(t *testing.T) {
	pairs := []sample.Pair{{"RegionId", "cn-hangzhou"}}
	for n := 12; n > 0; n-- {
		pairs = append(pairs, sample.Pair{Name: fmt.Sprintf("SecurityGroupRuleId.%d", n), Value: fmt.Sprintf("sgr-%02d", n)})
	}
	text := write(t, "python-v1", "RevokeSecurityGroup", pairs...)
	assert.Contains(t, text, `"sgr-01", "sgr-02", "sgr-03"`)
	assert.Contains(t, text, `"sgr-09", "sgr-10", "sgr-11", "sgr-12"]`)
}

// More elements than a list may have are sent one by one, so that the service refuses them.
func TestListsThatAreTooLong(t *testing.T) {
	var pairs []sample.Pair
	for n := range 101 {
		pairs = append(pairs, sample.Pair{Name: fmt.Sprintf("SecurityGroupRuleId.%d", n+1), Value: "sgr"})
	}
	assert.Contains(t, write(t, "go-v1", "RevokeSecurityGroup", pairs[:100]...), "request.SecurityGroupRuleId = ")
	text := write(t, "go-v1", "RevokeSecurityGroup", pairs...)
	assert.NotContains(t, text, "request.SecurityGroupRuleId = ")
	assert.Contains(t, text, `request.QueryParams["SecurityGroupRuleId.101"] = "sgr"`)
}

// Without a region the SDKs of the first generation send a blank one, or they would
// send their client's.
func TestNoRegion(t *testing.T) {
	id := sample.Pair{Name: "SecurityGroupId", Value: "sg-1"}
	assert.Contains(t, write(t, "go-v1", "RevokeSecurityGroup", id), `request.QueryParams["RegionId"] = ""`)
	assert.NotContains(t, write(t, "go-v1", "DescribeRegions"), "RegionId")
	assert.NotContains(t, write(t, "go-v2", "RevokeSecurityGroup", id), "RegionId")
}

// The CLI would read a value that begins with a hyphen as a flag.
func TestAliyunJoinsHyphens(t *testing.T) {
	text := write(t, "aliyun", "RevokeSecurityGroup", sample.Pair{"PortRange", "-1/-1"}, sample.Pair{"IpProtocol", "all"})
	assert.Contains(t, text, "\n    --PortRange=-1/-1 \\\n    --IpProtocol all\n")
}

// Over HTTPS a sample says how to trust the certificate, in a comment of its language.
func TestSamplesOverHTTPS(t *testing.T) {
	for _, c := range sample.Clients() {
		call := sample.Call{Action: describe(t, "CreateSecurityGroup"), Endpoint: "https://127.0.0.1:2014", KeyID: "testid", Secret: "testsecret"}
		text, err := c.Sample(&call)
		require.NoError(t, err)
		if c.Name == "aliyun" {
			assert.Contains(t, text, " --skip-secure-verify ")
			continue
		}
		first, rest, _ := strings.Cut(text, "\n\n")
		assert.Regexp(t, `^(#|//) Run it with .*ca\.p.*; ca\.pem is https://127\.0\.0\.1:2014/_mock/ca\.pem\.$`, first)
		assert.Contains(t, strings.ToLower(rest), "https")
	}
}

func TestTerraformSamples(t *testing.T) {
	text := write(t, "terraform", "RevokeSecurityGroupEgress", sample.Pair{"SecurityGroupId", "sg-1"},
		sample.Pair{"Permissions.1.IpProtocol", "tcp"}, sample.Pair{"Permissions.1.Ipv6DestCidrIp", "::/0"}, sample.Pair{"Permissions.2.IpProtocol", "${var}"})
	for _, line := range []string{
		`  type              = "egress"`, `  security_group_id = "sg-1"`, `  ip_protocol       = "tcp"`, `  ipv6_cidr_ip      = "::/0"`,
		`  ip_protocol       = "$${var}"`, `resource "alicloud_security_group_rule" "sample2" {`, `    ecs        = "127.0.0.1:2014"`,
		"# terraform apply adopts the rule, terraform destroy revokes it. The provider revokes over HTTPS:",
	} {
		assert.Contains(t, text, line+"\n")
	}
	text = write(t, "terraform", "CreateSecurityGroup", sample.Pair{"Tag.1.Key", "owner"}, sample.Pair{"Tag.1.Value", "me"}, sample.Pair{"ClientToken", "t"})
	assert.Contains(t, text, "  tags = {\n    \"owner\" = \"me\"\n  }\n}\n")
	assert.NotContains(t, text, "token")
}
