package server_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// How many calls each run of the model makes, and after how many the state is compared.
const (
	modelCalls   = 500
	compareEvery = 10
)

// Random calls about VPCs, vSwitches, groups and their members are answered as the model
// expects, and leave the state that the model has. Add a seed that failed to the list.
func TestCallsAgreeWithAModel(t *testing.T) {
	for _, edition := range editions {
		t.Run(fmt.Sprint(edition), func(t *testing.T) {
			t.Parallel()
			outcomes := map[string]bool{}
			for _, seed := range []uint64{1, 2, 3, 4} {
				_, why := runModel(t, edition, seed, compareEvery, outcomes)
				if why == "" {
					continue
				}
				calls, why := runModel(t, edition, seed, 1, outcomes) // stops at the first call that is wrong
				t.Fatalf("seed %d, edition %d: %s\nafter these %d calls:\n%s", seed, edition, why, len(calls), strings.Join(calls, "\n"))
			}
			for _, d := range newModel(nil, edition, 0).draws {
				require.True(t, outcomes[d.action+" "], "%s never succeeded", d.action)
			}
			require.Greater(t, len(outcomes), 95, "too few codes were met to prove anything")
		})
	}
}

// runModel makes the calls of a seed until one is not answered as expected. It returns the
// calls and what is wrong, "" if nothing is. The state is compared after every so many.
// Each action with the code of an answer is added to the outcomes.
func runModel(t *testing.T, edition rpc.Edition, seed uint64, every int, outcomes map[string]bool) (calls []string, why string) {
	m := newModel(start(t, server.Options{Edition: edition}), edition, seed)
	for len(calls) < modelCalls {
		c := m.draw()
		calls = append(calls, c.query)
		status, fields := m.get(c.query)
		if code := strings.Join(values(fields, "Code"), ""); code != c.code {
			return calls, fmt.Sprintf("the last call is answered with %d %q, expected %q", status, code, c.code)
		}
		outcomes[c.action+" "+c.code] = true
		if c.code == "" {
			c.apply(values(fields, c.ids))
		}
		if len(calls)%every == 0 {
			if why := m.differs(t, len(calls)); why != "" {
				return calls, why
			}
		}
	}
	return calls, ""
}

// get makes a call and returns the status and the fields of its answer.
func (m *model) get(query string) (status int, fields []string) {
	got := get(m.s, "/?Format=JSON&"+query)
	fields, err := leaves(got.Body)
	if err != nil {
		panic(got.Body)
	}
	return got.Status, fields
}

// values returns the values with a path among the leaves of an answer.
func values(fields []string, path string) []string {
	var all []string
	for _, f := range fields {
		if value, ok := strings.CutPrefix(f, path+"="); ok {
			all = append(all, value)
		}
	}
	return all
}

// A modelCall is a call with the answer that the model expects.
type modelCall struct {
	action, query string
	code          string             // of the error, "" for success
	ids           string             // the field of the answer that has the ids of what is new
	apply         func(ids []string) // changes the model after a success
}

// A drawer makes calls of one action.
type drawer struct {
	action string // with the version of the product, if that is not ECS
	weight int
	make   func() modelCall
}

// draw returns a random call. As long as something is lacking, most calls create it.
func (m *model) draw() modelCall {
	draws, total := m.draws, 0
	if len(m.vpcs) == 0 || len(m.vswitches) == 0 || len(m.groups) < 3 {
		draws = draws[:3+m.IntN(2)*m.IntN(len(draws)-3)]
	}
	for _, d := range draws {
		total += d.weight
	}
	n := m.IntN(total)
	for _, d := range draws {
		if n -= d.weight; n < 0 {
			c := d.make()
			c.action, c.query = d.action, "Action="+d.action+"&RegionId=cn-hangzhou"+c.query
			return c
		}
	}
	panic("the weights do not add up")
}

// modelState is the part of the state form that the model has.
type modelState struct {
	Vpcs           []struct{ VpcId string }
	VSwitches      []struct{ VSwitchId, VpcId string }
	SecurityGroups []struct {
		SecurityGroupId, VpcId string
		Permissions            []struct{ SourceGroupId, PortRange string }
	}
	Instances []struct {
		InstanceId, Status, VpcId, VSwitchId, PrivateIpAddress string
		SecurityGroupIds                                       []string
	}
	NetworkInterfaces []struct {
		NetworkInterfaceId, InstanceId, VpcId, VSwitchId, PrivateIpAddress string
		SecondaryPrivateIpAddresses, SecurityGroupIds                      []string
	}
}

// lines returns a line for each fact of the state.
func (s *modelState) lines() []string {
	var all []string
	add := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	for _, v := range s.Vpcs {
		add("VPC %s", v.VpcId)
	}
	for _, v := range s.VSwitches {
		add("vSwitch %s in %s", v.VSwitchId, v.VpcId)
	}
	for _, g := range s.SecurityGroups {
		add("group %s in %q", g.SecurityGroupId, g.VpcId)
		for _, p := range g.Permissions {
			add("rule of %s from %s to %s", g.SecurityGroupId, p.SourceGroupId, p.PortRange)
		}
	}
	for _, i := range s.Instances {
		if i.Status == "" {
			i.Status = "Running"
		}
		add("instance %s %s in %q %q", i.InstanceId, i.Status, i.VpcId, i.VSwitchId)
		for _, g := range i.SecurityGroupIds {
			add("%s is a member of %s", i.InstanceId, g)
		}
	}
	for _, e := range s.NetworkInterfaces {
		add("interface %s of %q in %q %q with %d more addresses", e.NetworkInterfaceId, e.InstanceId, e.VpcId, e.VSwitchId, len(e.SecondaryPrivateIpAddresses))
		for _, g := range e.SecurityGroupIds {
			add("%s is a member of %s", e.NetworkInterfaceId, g)
		}
	}
	slices.Sort(all)
	return all
}

// shared returns an address that two interfaces of a vSwitch have, "" if there is none.
func (s *modelState) shared() string {
	var all []string
	for _, i := range s.Instances {
		all = append(all, i.VSwitchId+" "+i.PrivateIpAddress)
	}
	for _, e := range s.NetworkInterfaces {
		for _, a := range append(e.SecondaryPrivateIpAddresses, e.PrivateIpAddress) {
			all = append(all, e.VSwitchId+" "+a)
		}
	}
	for i, a := range all {
		if slices.Contains(all[:i], a) {
			return a
		}
	}
	return ""
}

// differs returns how the state of the server, or what it says of the references of the
// n-th group, differs from the model, "" if they agree. It draws no random number, so that
// the calls do not depend on how often it is asked.
func (m *model) differs(t *testing.T, n int) string {
	var state modelState
	require.NoError(t, json.Unmarshal([]byte(world(m.s)), &state))
	if address := state.shared(); address != "" {
		return "two interfaces have the address " + address
	}
	has, expected := state.lines(), m.lines()
	var all []string
	for _, line := range has {
		if !slices.Contains(expected, line) {
			all = append(all, "the state has: "+line)
		}
	}
	for _, line := range expected {
		if !slices.Contains(has, line) {
			all = append(all, "the state lacks: "+line)
		}
	}
	if len(all) > 0 || len(has) != len(expected) {
		return fmt.Sprintf("%d facts, expected %d\n%s", len(has), len(expected), strings.Join(all, "\n"))
	}
	return m.referencesDiffer(n)
}

// referencesDiffer does so for the references of the n-th group, counted round and round.
func (m *model) referencesDiffer(n int) string {
	if len(m.groups) == 0 {
		return ""
	}
	id := keys(m.groups)[n%len(m.groups)]
	_, fields := m.get("Action=DescribeSecurityGroupReferences&RegionId=cn-hangzhou&SecurityGroupId.1=" + id)
	by := values(fields, "SecurityGroupReferences.SecurityGroupReference.ReferencingSecurityGroups.ReferencingSecurityGroup.SecurityGroupId")
	slices.Sort(by)
	if expected := m.referrers(id); !slices.Equal(by, expected) {
		return fmt.Sprintf("%s is named by %v, expected %v", id, by, expected)
	}
	return ""
}
