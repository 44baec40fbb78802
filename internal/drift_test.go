package internal_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/server"
)

// An exception is an intended difference between the vendor's metadata and the
// declarations.
type exception struct {
	actions   string // space-separated
	parameter string
	vendor    string // in the metadata, "" for none
	ours      string
	reason    string
}

const (
	ofRules = "RevokeSecurityGroup RevokeSecurityGroupEgress AuthorizeSecurityGroup AuthorizeSecurityGroupEgress"

	byDocument = "The document of RevokeSecurityGroup requires it of a rule; the metadata is of today's service, which takes rules in other forms too."
	nothing    = "The metadata requires none of them, but there is nothing to do without them."
	hasKey     = "A tag has a key: one without is refused, in whatever list of tags."
	aRange     = "An entry of a port range list is a range; the documents have an error for an entry without one."
	template   = "Only a launch template gives it otherwise, and the mock has none."
	aPage      = "Pages are numbered alike in all actions."
	noValue    = "A tag without a value has an empty one."
)

var exceptions = []exception{
	{ofRules, "IpProtocol", "String", "String required", byDocument},
	{ofRules, "PortRange", "String", "String required", byDocument},
	{"TagResources", "Tag.N.Value", "String required", "String", noValue},
	{"*", "Tag.N.Key", "String", "String required", hasKey},
	{"CreatePortRangeList", "Entry.N.PortRange", "String", "String required", aRange},
	{"ModifyPortRangeList", "AddEntry.N.PortRange", "String", "String required", aRange},
	{"ModifyPortRangeList", "RemoveEntry.N.PortRange", "String", "String required", aRange},
	{"RunInstances CreateInstance", "ImageId", "String", "String required", template},
	{"RunInstances", "InstanceType", "String", "String required", template},
	{"RunInstances", "SystemDisk.Size", "String", "Integer", "The metadata of CreateInstance has a number."},
	{"RunInstances", "NetworkInterface.N.Ipv6AddressCount", "Long", "Integer", "At most ten fit into both."},
	{"DescribeInstanceMaintenanceAttributes", "PageNumber", "Long", "Integer", aPage},
	{"DescribeInstanceMaintenanceAttributes", "PageSize", "Long", "Integer", aPage},
	{"JoinResourceGroup", "ResourceType", "String", "String required", nothing},
	{"JoinResourceGroup", "ResourceId", "String", "String required", nothing},
	{"JoinResourceGroup", "ResourceGroupId", "String", "String required", nothing},
}

// declared is the type of each parameter and whether it is required, by name:
// "Tag.N.Key" → "String", "RegionId" → "String required".
type declared map[string]string

func vendorParameters(t *testing.T, p *product.Product) map[string]declared {
	file, err := os.ReadFile(upstream(p, "parameters.json"))
	require.NoError(t, err)
	var metadata struct{ Parameters map[string][]string }
	require.NoError(t, json.Unmarshal(file, &metadata))
	actions := map[string]declared{}
	for action, lines := range metadata.Parameters {
		actions[action] = declared{}
		for _, line := range lines {
			name, kind, _ := strings.Cut(line, " ")
			actions[action][name] = strings.Replace(kind, "RepeatList", "Array", 1)
		}
	}
	return actions
}

// add adds the parameters of a declaration. The fields of a list are added only where
// the vendor has them.
func (d declared) add(docs []param.Doc, prefix string, vendor declared) {
	for _, doc := range docs {
		kind, name := doc.Type, prefix+doc.Name
		if doc.Required {
			kind += " required"
		}
		d[name] = kind
		if within := name + ".N."; vendor.hasPrefix(within) {
			d.add(doc.Fields, within, vendor)
		}
	}
}

func (d declared) hasPrefix(prefix string) bool {
	for name := range d {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// The parameters are those of the vendor's metadata, with their names, their types and
// whether they are required. Each exception must still be needed.
func TestParametersAreTheVendors(t *testing.T) {
	for _, p := range server.Products() {
		vendors := vendorParameters(t, p)
		for _, a := range p.Actions {
			require.NotNil(t, vendors[a.Name], "%s has no %s", upstream(p, "parameters.json"), a.Name)
			parametersAreTheVendors(t, a, vendors[a.Name])
		}
	}
}

func parametersAreTheVendors(t *testing.T, a *action, vendor declared) {
	ours, used := declared{}, map[exception]bool{}
	ours.add(a.Params, "", vendor)
	for _, name := range union(vendor, ours) {
		if vendor[name] == ours[name] {
			continue
		}
		e, ok := excepted(label(a), name, vendor[name], ours[name])
		if !ok {
			t.Errorf("%s %s: the vendor says %q, the mock %q", label(a), name, vendor[name], ours[name])
		}
		used[e] = true
	}
	for _, e := range exceptions {
		assert.NotEmpty(t, e.reason, "%s", e.parameter)
		if e.actions != "*" && e.of(label(a)) && !used[e] {
			t.Errorf("%s %s: the exception is needed no longer", label(a), e.parameter)
		}
	}
}

func union(a, b declared) []string {
	var names []string
	for name := range a {
		names = append(names, name)
	}
	for name := range b {
		if _, both := a[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func excepted(action, parameter, vendor, ours string) (exception, bool) {
	for _, e := range exceptions {
		if e.of(action) && e.parameter == parameter && e.vendor == vendor && e.ours == ours {
			return e, true
		}
	}
	return exception{}, false
}

func (e *exception) of(action string) bool {
	return e.actions == "*" || slices.Contains(strings.Fields(e.actions), action)
}

// The names of all of a product's actions are looked up by binary search, and those that
// the mock has are among them.
func TestUpstreamIsSortedAndWhole(t *testing.T) {
	for _, p := range server.Products() {
		names := p.Upstream()
		assert.True(t, slices.IsSorted(names), "%s: upstream.txt is not sorted", p.Name)
		assert.Equal(t, names, slices.Compact(slices.Clone(names)), "%s: upstream.txt has a name twice", p.Name)
		for _, a := range p.Actions {
			assert.Contains(t, names, a.Name)
		}
		for name := range vendorParameters(t, p) {
			assert.Contains(t, names, name, upstream(p, "parameters.json"))
		}
	}
}
