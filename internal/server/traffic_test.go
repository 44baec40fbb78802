package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// traffic has what Terraform's provider sent, a file each and a line a call: for its own
// acceptance tests; for a typical stack; for a wide one, with data sources, which changes
// nearly every argument; and for the vendor's modules of VPCs, security groups and instances.
const traffic = "../../testdata/clients/traffic/"

// A recorded call has the ids and the outcome of the service that answered it.
type recorded struct {
	Product, Action, Account string
	Params                   map[string]string
	Status                   int
	Code                     string
}

// acceptance is the world that the acceptance tests need: a default VPC with this name, and
// two resource groups. The id is that of the recording.
const acceptance = `{
	"ResourceGroups": [{"ResourceGroupId": "rg-default", "Name": "default"}, {"ResourceGroupId": "rg-second", "Name": "second"}],
	"Vpcs": [{"RegionId": "cn-beijing", "VpcId": "vpc-stub0000000000000001", "VpcName": "default-NODELETING", "IsDefault": true}]
}`

// Every recorded call gets its recorded outcome in every edition, in JSON and in XML, and
// has the fields without which the provider fails. In the end the world is that of the
// beginning; the stacks and the modules begin in an empty one.
func TestTraffic(t *testing.T) {
	files, err := filepath.Glob(traffic + "*.jsonl")
	require.NoError(t, err)
	require.Len(t, files, 27)
	for _, file := range files {
		calls := readTraffic(t, file)
		name := strings.TrimSuffix(filepath.Base(file), ".jsonl")
		for _, edition := range editions {
			for _, format := range []string{"JSON", "XML"} {
				t.Run(fmt.Sprintf("%s/%d/%s", name, edition, format), func(t *testing.T) {
					t.Parallel()
					o := server.Options{Edition: edition}
					if strings.HasPrefix(name, "Test") {
						o.Seed = []byte(acceptance)
					}
					r := &replay{s: start(t, o), name: name, edition: edition, format: format, ids: map[string]string{}}
					before := r.world()
					for i := range calls {
						r.call(t, i+1, &calls[i])
					}
					assert.Equal(t, before, r.world(), "the world in the end")
				})
			}
		}
	}
}

func readTraffic(t *testing.T, file string) []recorded {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var calls []recorded
	for line := range bytes.Lines(text) {
		var c recorded
		require.NoError(t, json.Unmarshal(line, &c), "%s: %s", file, line)
		calls = append(calls, c)
	}
	return calls
}

// A replay sends recorded calls to a server.
type replay struct {
	s       *server.Server
	name    string
	edition rpc.Edition
	format  string
	ids     map[string]string // of the server, by those of the recording
	seen    []owned           // ids in answers, in order, that no recorded one stands for
}

// An owned id is one that an answer to an account had.
type owned struct{ id, account string }

var id = regexp.MustCompile(`\b(?:vpc|vsw|sg|sgr|i|eni|pl|d)-[a-z0-9]{16,}\b`)

// world returns the state, without accounts: those of calls are remembered.
func (r *replay) world() string {
	var state map[string]any
	if err := json.Unmarshal([]byte(world(r.s)), &state); err != nil {
		panic(err)
	}
	delete(state, "Accounts")
	text, _ := json.MarshalIndent(state, "", " ")
	return string(text)
}

// call makes a recorded call and compares the outcome.
func (r *replay) call(t *testing.T, n int, c *recorded) {
	t.Helper()
	query := url.Values{"Action": {c.Action}, "Version": {versions[c.Product]}, "AccessKeyId": {c.Account}, "Format": {r.format}}
	for name, value := range c.Params {
		query.Set(name, id.ReplaceAllStringFunc(value, func(one string) string { return r.mapped(one, c.Account) }))
	}
	got := get(r.s, "/?"+query.Encode())
	about := fmt.Sprintf("line %d, %s of %s: %s", n, c.Action, query.Encode(), got.Body)
	code := ""
	if got.Status != http.StatusOK {
		code = readAnswer(t, got)[2]
	}
	status, want := c.Status, "Code="+c.Code
	if succeeds[fmt.Sprintf("%s:%d", r.name, n)] {
		require.NotEqual(t, http.StatusOK, c.Status, "the entry is not needed")
		status, want = http.StatusOK, ""
	}
	assert.Equal(t, status, got.Status, about)
	assert.Equal(t, strings.TrimSuffix(want, "Code="), code, about)
	for _, one := range id.FindAllString(got.Body, -1) {
		r.see(one, c.Account)
	}
	if got.Status == http.StatusOK && r.format == "JSON" {
		var body any
		require.NoError(t, json.Unmarshal([]byte(got.Body), &body))
		for _, path := range needed[c.Product+"."+c.Action] {
			assert.True(t, has(body, strings.Split(path, ".")), "%s is missing: %s", path, about)
		}
	}
}

// mapped returns the server's id for one of the recording: the oldest of its kind that no
// other stands for, of the caller's account if there is one. The recording has no answers,
// and what is made together is used alike.
func (r *replay) mapped(recorded, account string) string {
	if ours, ok := r.ids[recorded]; ok {
		return ours
	}
	kind, _, _ := strings.Cut(recorded, "-")
	of := func(account string) int {
		return slices.IndexFunc(r.seen, func(o owned) bool {
			return strings.HasPrefix(o.id, kind+"-") && (account == "" || o.account == account)
		})
	}
	i := of(account)
	if i < 0 {
		i = of("")
	}
	if i < 0 || strings.Contains(acceptance, recorded) {
		return recorded
	}
	r.ids[recorded] = r.seen[i].id
	r.seen = slices.Delete(r.seen, i, i+1)
	return r.ids[recorded]
}

// see adds an id to those that a recorded id may stand for. An id of the seed stands for
// itself.
func (r *replay) see(one, account string) {
	known := slices.ContainsFunc(r.seen, func(o owned) bool { return o.id == one })
	if !known && !strings.Contains(acceptance, one) && !slices.Contains(slices.Collect(maps.Values(r.ids)), one) {
		r.seen = append(r.seen, owned{one, account})
	}
}

// has reports whether a value has a path: in a list, every element.
func has(value any, path []string) bool {
	if list, ok := value.([]any); ok {
		for _, element := range list {
			if !has(element, path) {
				return false
			}
		}
		return true
	}
	if len(path) == 0 {
		return true
	}
	object, ok := value.(map[string]any)
	if !ok {
		return false
	}
	inner, ok := object[path[0]]
	return ok && has(inner, path[1:])
}

// versions are the versions of products by name.
var versions = func() map[string]string {
	all := map[string]string{}
	for _, p := range server.Products() {
		all[p.Name] = p.Version
	}
	return all
}()

// needed are the fields without which the provider panics, finds nothing or waits in vain.
var needed = map[string][]string{
	"Vpc.DescribeVpcAttribute": {
		"Status", "SecondaryCidrBlocks.SecondaryCidrBlock", "UserCidrs.UserCidr", "VSwitchIds.VSwitchId",
	},
	"Vpc.DescribeVpcs": {
		"Vpcs.Vpc.Status", "Vpcs.Vpc.SecondaryCidrBlocks.SecondaryCidrBlock", "Vpcs.Vpc.UserCidrs.UserCidr", "Vpcs.Vpc.VSwitchIds.VSwitchId",
	},
	"Vpc.DescribeRouteTableList":    {"RouterTableList.RouterTableListType.RouteTableType"},
	"Vpc.DescribeVSwitchAttributes": {"VSwitchId", "Status"},
	"Ecs.DescribeZones": {
		"Zones.Zone.AvailableInstanceTypes.InstanceTypes", "Zones.Zone.AvailableDiskCategories.DiskCategories",
	},
	"Ecs.DescribeDisks": {
		"Disks.Disk.OperationLocks.OperationLock", "Disks.Disk.MountInstances.MountInstance", "Disks.Disk.Encrypted", "Disks.Disk.DiskChargeType",
	},
	"Ecs.DescribeInstanceRamRole":   {"InstanceRamRoleSets.InstanceRamRoleSet.RamRoleName"},
	"Ecs.DescribeInstanceAttribute": {"InstanceId"},
	"Ecs.DescribeInstances":         {"Instances.Instance.Status", "Instances.Instance.SecurityGroupIds.SecurityGroupId"},
	"Ecs.DescribeNetworkInterfaces": {
		"NetworkInterfaceSets.NetworkInterfaceSet.Status", "NetworkInterfaceSets.NetworkInterfaceSet.PrivateIpSets.PrivateIpSet",
		"NetworkInterfaceSets.NetworkInterfaceSet.Ipv6Sets.Ipv6Set", "NetworkInterfaceSets.NetworkInterfaceSet.Ipv4PrefixSets.Ipv4PrefixSet",
		"NetworkInterfaceSets.NetworkInterfaceSet.SecurityGroupIds.SecurityGroupId",
	},
	"Sts.GetCallerIdentity":              {"AccountId"},
	"ResourceManager.ListResourceGroups": {"ResourceGroups.ResourceGroup.Id", "TotalCount"},
}

// succeeds are the calls, as file and line, that were refused when they were recorded and
// that the service accepts: rules whose peer is a group of another account.
var succeeds = map[string]bool{
	"TestAccAliCloudECSSecurityGroupRuleSourceGroupOwnerIDCrossAccount:16": true,
	"TestAccAliCloudECSSecurityGroupRuleSourceGroupOwnerIDCrossAccount:18": true,
}
