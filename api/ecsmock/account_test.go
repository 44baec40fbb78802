package ecsmock_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/api/ecsmock"
)

// revokeSSH returns a call that revokes ssh in the account of a server.
func revokeSSH(srv *ecsmock.Server) string {
	return srv.URL + "/?Action=RevokeSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8&AccessKeyId=" + srv.AccessKeyID
}

// Parallel subtests with an account each use the same ids on one server, made by New as
// TestMain does, and do not see each other.
func TestSubtestsShareAServer(t *testing.T) {
	srv, err := ecsmock.New()
	require.NoError(t, err)
	t.Cleanup(srv.Close)
	t.Run("subtests", func(t *testing.T) {
		for i := range 4 {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				mine := srv.For(t)
				mine.Add(web)
				mine.HasRule(t, "sg-web", ssh)
				mine.Fail("RevokeSecurityGroup", "Throttling.User", 1)
				require.Len(t, mine.Faults(), 1)
				get(t, revokeSSH(mine))
				mine.HasRule(t, "sg-web", ssh)
				get(t, revokeSSH(mine))
				mine.LacksRule(t, "sg-web", ssh)
				mine.WasCalled(t, "RevokeSecurityGroup", "PortRange=22/22")
				mine.WasNotCalled(t, "AuthorizeSecurityGroup")
				calls := mine.Calls("*")
				require.Len(t, calls, 2)
				assert.Equal(t, mine.AccountID, calls[0].Account)
				assert.Equal(t, "Throttling.User", calls[0].Code)
				assert.Len(t, mine.FindCalls(ecsmock.CallFilter{Code: "Throttling.User"}), 1)
				assert.Len(t, mine.FindCalls(ecsmock.CallFilter{After: calls[0].Number}), 1)
				state := mine.State()
				require.Len(t, state.SecurityGroups, 1)
				assert.Equal(t, mine.AccountID, state.SecurityGroups[0].AccountId)
				mine.Load(web)
				mine.HasRule(t, "sg-web", ssh)
				mine.ClearCalls()
				assert.Empty(t, mine.Calls("*"))
				mine.ClearFaults()
				mine.Reset()
				assert.Empty(t, mine.State().SecurityGroups)
			})
		}
	})
	assert.Empty(t, srv.State().SecurityGroups, "what the subtests had is removed")
	assert.Empty(t, srv.Faults())
	assert.Empty(t, srv.Calls("*"))
}

func TestAnAccountIsOneAlone(t *testing.T) {
	srv := ecsmock.Start(t, ecsmock.SeedState(web))
	inner := begin()
	mine := srv.For(inner)
	assert.Empty(t, mine.State().SecurityGroups)
	other := web
	other.SecurityGroups = []ecsmock.SecurityGroup{{AccountId: "77", RegionId: "cn-hangzhou", SecurityGroupId: "sg-1"}}
	for want, do := range map[string]func(*ecsmock.Server){
		"Add: SecurityGroups[0].AccountId: the state is for the account %s, got 77; leave AccountId out\n":  func(s *ecsmock.Server) { s.Add(other) },
		"Load: SecurityGroups[0].AccountId: the state is for the account %s, got 77; leave AccountId out\n": func(s *ecsmock.Server) { s.Load(other) },
		"Fault: AccountId is 77, and the faults of this server are those of %s; leave it out\n":             func(s *ecsmock.Server) { s.Fault(ecsmock.Fault{Action: "*", AccountId: "77", Drop: true}) },
	} {
		wrong := begin()
		bound := srv.For(wrong)
		do(bound)
		assert.Equal(t, fmt.Sprintf(want, bound.AccountID), wrong.output)
		assert.Empty(t, srv.Faults())
		wrong.close()
	}
	srv.LacksRule(t, "sg-web", ecsmock.Permission{IpProtocol: "udp", PortRange: "1/1", SourceCidrIp: "10.0.0.0/8"})
	assert.Len(t, srv.State().SecurityGroups, 1, "the world of the default account stays")
	get(t, srv.URL+regions+"&AccessKeyId="+mine.AccessKeyID)
	get(t, srv.URL+regions)
	mine.Fail("RevokeSecurityGroup", "Throttling.User", 2)
	inner.failed = true
	inner.close()
	assert.Contains(t, inner.output, "DescribeRegions")
	assert.Equal(t, 1, strings.Count(inner.output, "DescribeRegions"), "only the call of the account")
	assert.Contains(t, inner.output, `ecsmock: the fault {"Action":"RevokeSecurityGroup","AccountId":"`+mine.AccountID+`","Times":2,"Code":"Throttling.User"} never acted; it matched 0 calls`)
	assert.Empty(t, srv.Faults())
	assert.Len(t, srv.Calls("*"), 1)
}

// HasRule says by which call a rule went.
func TestARevokedRuleIsToldWithItsCall(t *testing.T) {
	srv := ecsmock.Start(t, ecsmock.SeedState(web))
	get(t, revokeSSH(srv))
	got := failure(t, func(t ecsmock.TB) bool { return srv.HasRule(t, "sg-web", ssh) })
	assert.Contains(t, got, "; the group had it, as sgr-ssh, until call 1 revoked it\n")
}

func TestWasNotCalled(t *testing.T) {
	srv := ecsmock.Start(t, ecsmock.SeedState(web))
	srv.WasNotCalled(t, "RevokeSecurityGroup")
	get(t, revokeSSH(srv))
	srv.WasNotCalled(t, "RevokeSecurityGroup", "PortRange=80/80")
	srv.WasNotCalled(t, "Vpc.DescribeVpcs")
	for params, want := range map[string]string{
		"":                "RevokeSecurityGroup was called: call 1: RevokeSecurityGroup SecurityGroupId=sg-web IpProtocol=tcp PortRange=22/22 SourceCidrIp=10.0.0.0/8 by 1234567890123456 in cn-hangzhou: 200",
		"PortRange=22/22": "RevokeSecurityGroup was called: call 1: ",
		"PortRange":       `WasNotCalled: a parameter is Name=value, got "PortRange"`,
	} {
		assert.Contains(t, failure(t, func(t ecsmock.TB) bool {
			return srv.WasNotCalled(t, "RevokeSecurityGroup", strings.Fields(params)...)
		}), want)
	}
	for name, f := range map[string]func(ecsmock.TB) bool{
		"WasNotCalled": func(t ecsmock.TB) bool { return srv.WasNotCalled(t, "RevokeSecurityGruop") },
		"WasCalled":    func(t ecsmock.TB) bool { return srv.WasCalled(t, "RevokeSecurityGruop") },
	} {
		assert.Contains(t, failure(t, f), name+`: there is no action "RevokeSecurityGruop"; did you mean RevokeSecurityGroup`, "a test of absence must not pass for a name that no action has")
	}
}

func TestOneFaultIsRemoved(t *testing.T) {
	srv := ecsmock.Start(t)
	first, second := srv.Fail("*", "Throttling", 1), srv.Delay("*", time.Millisecond)
	srv.RemoveFault(first)
	left := srv.Faults()
	require.Len(t, left, 1)
	assert.Equal(t, second, left[0].Id)
}

func TestCallsAreFollowed(t *testing.T) {
	srv := ecsmock.Start(t)
	get(t, srv.URL+regions)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var seen []string
	for c := range srv.Follow(ctx, ecsmock.CallFilter{}) {
		if seen = append(seen, c.Action); len(seen) == 2 {
			break
		}
		get(t, srv.URL+"/?Action=DescribeZones&RegionId=cn-hangzhou")
	}
	assert.Equal(t, []string{"DescribeRegions", "DescribeZones"}, seen)
}

// A call says what it changed, and is found by what it changed.
func TestChanges(t *testing.T) {
	srv := ecsmock.Start(t, ecsmock.Seed("demo"))
	rule := "RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=udp&PortRange=53/53&SourceCidrIp=10.0.0.0/8"
	get(t, srv.URL+"/?Action=AuthorizeSecurityGroup&"+rule)
	get(t, srv.URL+"/?Action=RevokeSecurityGroup&"+rule)
	get(t, srv.URL+"/?Action=RevokeSecurityGroup&"+rule)
	calls := srv.Calls("*")
	require.Len(t, calls, 3)
	require.Len(t, calls[1].Changes, 1)
	removed := calls[1].Changes[0]
	assert.Equal(t, ecsmock.Change{Kind: "rule", ID: calls[0].Changes[0].ID, SecurityGroup: "sg-web", Account: "1234567890123456", Region: "cn-hangzhou", Was: calls[0].Changes[0].Is}, removed)
	assert.Equal(t, []ecsmock.Change{}, calls[2].Changes)
	assert.Len(t, srv.FindCalls(ecsmock.CallFilter{Search: removed.ID}), 3, "the hint of the last one names it")
	assert.Len(t, srv.FindCalls(ecsmock.CallFilter{Errors: true}), 1)
	assert.EqualValues(t, 2, srv.FindCalls(ecsmock.CallFilter{Before: 3, Limit: 1})[0].Number)
	whole := srv.FindCalls(ecsmock.CallFilter{Number: 3})[0]
	assert.Equal(t, "/?Action=RevokeSecurityGroup&"+rule, whole.Request.Target)
	assert.Contains(t, whole.Answer.Body, "InvalidGroupAuthItem.NotFound")
	assert.Nil(t, calls[2].Answer)
	again := srv.Replay(1)
	assert.EqualValues(t, 4, again.Number)
	assert.Equal(t, calls[0].Params, again.Params)
	require.Len(t, again.Changes, 1)
	assert.Contains(t, again.Answer.Body, again.RequestID)
}

// Parameters are printed in the order of their numbers, the group first.
func TestCallsArePrintedInOrder(t *testing.T) {
	c := ecsmock.Call{Number: 7, Action: "RevokeSecurityGroup", Account: "1", Status: 200, Params: map[string]string{
		"Permissions.10.PortRange": "10/10", "Permissions.2.PortRange": "2/2", "SecurityGroupId": "sg-1", "Action": "x", "SignatureNonce": "n", "Timestamp": "t",
	}}
	assert.Equal(t, "call 7: RevokeSecurityGroup SecurityGroupId=sg-1 Permissions.2.PortRange=2/2 Permissions.10.PortRange=10/10 by 1 in no region: 200", c.String())
	c.Params = map[string]string{"A": strings.Repeat("a", 500), "B": "b"}
	assert.NotContains(t, c.String(), "B=b")
}

// Everything that /_mock/ can, the package can.
func TestThePackageHasAllThatTheMockHas(t *testing.T) {
	methods := map[string]string{
		"GET /_mock/": "", "GET /_mock/explorer/*": "", // the page
		"GET /_mock/health": "Health", "GET /_mock/ca.pem": "CAPEM",
		"GET /_mock/state": "State", "PUT /_mock/state": "Load", "POST /_mock/seed": "Add", "GET /_mock/demo": "Demo", "POST /_mock/reset": "Reset", "POST /_mock/rule": "HasRule LacksRule",
		"GET /_mock/journal": "Calls FindCalls Follow", "GET /_mock/events": "Follow", "POST /_mock/replay": "Replay", "DELETE /_mock/journal": "ClearCalls",
		"GET /_mock/faults": "Faults", "POST /_mock/faults": "Fault", "DELETE /_mock/faults": "ClearFaults RemoveFault",
		"GET /_mock/differences": "Differences AgreesWithService", "DELETE /_mock/differences": "ClearDifferences",
		"GET /_mock/reach": "Reach Reaches CannotReach",
		"GET /_mock/clock": "Now", "PUT /_mock/clock": "SetTime Freeze Advance",
		"GET /_mock/actions": "Actions", "GET /_mock/samples": "Clients", "GET /_mock/samples/{client}": "Sample",
	}
	srv := ecsmock.Start(t)
	r, err := http.NewRequest(http.MethodGet, srv.URL+"/_mock/", nil)
	require.NoError(t, err)
	r.Header.Set("Accept", "application/json")
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer answer.Body.Close()
	var list struct {
		Resources []struct {
			Path    string
			Methods []string
		}
	}
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&list))
	for _, resource := range list.Resources {
		for _, method := range resource.Methods {
			if method == http.MethodHead {
				continue
			}
			key := method + " " + resource.Path
			names, ok := methods[key]
			assert.True(t, ok, "the package has nothing for %s", key)
			for _, name := range strings.Fields(names) {
				_, has := reflect.TypeOf(srv).MethodByName(name)
				assert.True(t, has, "%s of %s", name, key)
			}
			delete(methods, key)
		}
	}
	assert.Empty(t, methods, "the mock has no such resources")
	assert.Equal(t, "ok", srv.Health().Status)
	assert.NotEmpty(t, srv.Demo().SecurityGroups)
	assert.Contains(t, string(srv.Actions()), "RevokeSecurityGroup")
	assert.Contains(t, srv.Clients(), "curl")
	assert.Contains(t, srv.Sample("curl", "Action=DescribeRegions"), "Action=DescribeRegions")
}

func TestAnswer(t *testing.T) {
	srv := ecsmock.Start(t, ecsmock.SeedState(web))
	mine := srv.For(t)
	mine.Add(web)
	mine.Answer("DescribeSecurityGroups", map[string]any{"TotalCount": 0, "SecurityGroups": map[string]any{"SecurityGroup": []any{}}})
	groups := func(key string) string {
		answer, err := srv.Client().Get(srv.URL + "/?Action=DescribeSecurityGroups&RegionId=cn-hangzhou&Format=JSON&AccessKeyId=" + key)
		require.NoError(t, err)
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		return string(text)
	}
	assert.Contains(t, groups(srv.AccessKeyID), `"TotalCount":1`, "another account")
	assert.Contains(t, groups(mine.AccessKeyID), `"TotalCount":0`)
	assert.Contains(t, groups(mine.AccessKeyID), `"TotalCount":1`, "once")
	assert.EqualValues(t, 1, mine.Faults()[0].Acted)
	inner := begin()
	wrong := srv.For(inner)
	wrong.Answer("DescribeSecurityGroups", map[string]any{"TotalCuont": 0})
	assert.Equal(t, "Answer: Answer.TotalCuont: DescribeSecurityGroups has no such field in its answer; did you mean TotalCount?\n", inner.output)
	inner.close()
}
