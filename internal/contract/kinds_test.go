package contract_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/param"
)

// A parameter whose value in an example is the id of something in the demo world has the
// kind of that thing. The kinds of the world are those of the changes in the journal.
func TestKindsAreThoseOfTheExamples(t *testing.T) {
	things, found := demoThings(t), map[string]bool{}
	for _, p := range current().Products {
		for _, a := range p.Actions {
			query, err := url.ParseQuery(a.Example)
			require.NoError(t, err)
			for name := range query {
				kind := things[query.Get(name)]
				if kind == "" {
					continue
				}
				of := kindIn(a.Parameters, name)
				found[kind] = true
				if of != "resource" {
					assert.Equal(t, kind, of, "%s of %s", name, a.Name)
				}
			}
		}
	}
	for id, kind := range things {
		assert.True(t, found[kind], "no example names a thing such as %s", id)
	}
}

// demoThings returns the kinds of what is in the demo world, by id.
func demoThings(t *testing.T) map[string]string {
	var world map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(ecs.Demo, &world))
	kinds := map[string]string{}
	for list, of := range map[string][2]string{
		"SecurityGroups": {"SecurityGroupId", "group"}, "Instances": {"InstanceId", "instance"},
		"NetworkInterfaces": {"NetworkInterfaceId", "interface"}, "Vpcs": {"VpcId", "vpc"}, "VSwitches": {"VSwitchId", "vswitch"},
		"PrefixLists": {"PrefixListId", "prefix-list"}, "PortRangeLists": {"PortRangeListId", "port-range-list"},
		"ResourceGroups": {"ResourceGroupId", "resource-group"},
	} {
		var all []map[string]any
		require.NoError(t, json.Unmarshal(world[list], &all))
		for _, one := range all {
			kinds[one[of[0]].(string)] = of[1]
		}
	}
	return kinds
}

// kindIn returns the kind of the parameter with the name, which may have numbers.
func kindIn(docs []param.Doc, name string) string {
	for i := range docs {
		d := &docs[i]
		if d.Name == name {
			return d.Kind
		}
		if rest, ok := strings.CutPrefix(name, d.Name+"."); ok && d.Type == "Array" {
			_, field, _ := strings.Cut(rest, ".")
			return kindIn(d.Fields, field)
		}
	}
	return ""
}

func TestKindsOfOtherParameters(t *testing.T) {
	kinds := map[string]string{}
	for _, a := range current().Products[0].Actions {
		for _, d := range a.Parameters {
			kinds[d.Name] = d.Kind
		}
	}
	for name, kind := range map[string]string{"RegionId": "region", "ZoneId": "zone", "SourceGroupOwnerId": "account", "SourceGroupId": "group", "Priority": "", "SecurityGroupName": ""} {
		assert.Equal(t, kind, kinds[name], name)
	}
	permissions := current().Products[0].Actions[0].Parameters
	assert.Equal(t, "rule", kindIn(permissions, "SecurityGroupRuleId.1"))
	assert.Equal(t, "group", kindIn(permissions, "Permissions.7.SourceGroupId"))
}
