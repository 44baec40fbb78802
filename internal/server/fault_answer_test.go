package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/server"
)

// The fields of a fault's answer are laid over those of the call, in the call's format.
func TestAnswersOfOnesOwn(t *testing.T) {
	for _, c := range []struct{ name, fault, call, json, xml string }{
		{"an empty page", `"Answer": {"TotalCount": 0, "NextToken": "", "SecurityGroups": {"SecurityGroup": []}}`, "Action=DescribeSecurityGroups&RegionId=cn-hangzhou",
			`"RegionId":"cn-hangzhou","TotalCount":0,"PageNumber":1,"PageSize":10,"NextToken":"","SecurityGroups":{"SecurityGroup":[]}}`,
			`<RegionId>cn-hangzhou</RegionId><TotalCount>0</TotalCount><PageNumber>1</PageNumber><PageSize>10</PageSize><NextToken></NextToken><SecurityGroups></SecurityGroups></DescribeSecurityGroupsResponse>`},
		{"the whole answer", `"Replace": true, "Answer": {"Regions": {"Region": [{"RegionId": "xx-<moon>"}, {"RegionId": "b"}]}}`, "Action=DescribeRegions",
			`"Regions":{"Region":[{"RegionId":"xx-<moon>"},{"RegionId":"b"}]}}`,
			`<Regions><Region><RegionId>xx-&lt;moon&gt;</RegionId></Region><Region><RegionId>b</RegionId></Region></Regions></DescribeRegionsResponse>`},
		{"a list without an object around it", `"Replace": true, "Answer": {"PortRangeLists": [{"PortRangeListId": "prl-1", "MaxEntries": 3}]}`, "Action=DescribePortRangeLists&RegionId=cn-hangzhou",
			`"PortRangeLists":[{"PortRangeListId":"prl-1","MaxEntries":3}]}`,
			`<PortRangeLists><PortRangeList><PortRangeListId>prl-1</PortRangeListId><MaxEntries>3</MaxEntries></PortRangeList></PortRangeLists></DescribePortRangeListsResponse>`},
		{"what no action has", `"Replace": true, "Unchecked": true, "Answer": {"A": [1, "b", null], "C": {"D": 1.5, "E": true}}`, "Action=DescribeRegions",
			`"A":[1,"b",null],"C":{"D":1.5,"E":true}}`,
			`<A>1</A><A>b</A><A></A><C><D>1.5</D><E>true</E></C></DescribeRegionsResponse>`},
	} {
		for format, want := range map[string]string{"JSON": c.json, "XML": c.xml} {
			t.Run(c.name+"/"+format, func(t *testing.T) {
				s := demo(t)
				action, _, _ := strings.Cut(strings.TrimPrefix(c.call, "Action="), "&")
				added := send(s, http.MethodPost, "/_mock/faults", fmt.Sprintf(`{"Action": %q, "Times": 1, %s}`, action, c.fault))
				require.Equal(t, http.StatusOK, added.Status, added.Body)
				got := get(s, "/?"+c.call+"&Format="+format)
				assert.Equal(t, http.StatusOK, got.Status)
				assert.True(t, strings.HasSuffix(got.Body, want), got.Body)
				assert.Contains(t, got.Body, got.Header.Get("X-Acs-Request-Id"))
				assert.Contains(t, got.Header.Get("X-Ecsmock-Hint"), "fault 1 (answer) acted")
				assert.NotEqual(t, got.Body, get(s, "/?"+c.call+"&Format="+format).Body, "once")
			})
		}
	}
}

// The call takes effect, unless its answer is replaced before. A call that fails keeps its
// error.
func TestTheEffectOfAnAnsweredCall(t *testing.T) {
	for fault, remains := range map[string]bool{
		`"Unchecked": true, "Answer": {"X": 1}`:                                    false,
		`"Unchecked": true, "Answer": {"X": 1}, "Replace": true`:                   true,
		`"Unchecked": true, "Answer": {"X": 1}, "Replace": true, "When": "after"`:  false,
		`"Unchecked": true, "Answer": {"X": 1}, "Replace": true, "When": "before"`: true,
	} {
		s := demo(t)
		before := world(s)
		require.Equal(t, http.StatusOK, send(s, http.MethodPost, "/_mock/faults", `{"Action": "RevokeSecurityGroup", "Times": 1, `+fault+`}`).Status, fault)
		got := get(s, "/?Action=RevokeSecurityGroup&Format=JSON&"+ecs.RevokeSecurityGroup.Example)
		assert.Contains(t, got.Body, `"X":1`, fault)
		assert.Equal(t, remains, before == world(s), fault)
	}
	s := demo(t)
	added := send(s, http.MethodPost, "/_mock/faults", `{"Action": "DescribeRegions", "Answer": {"Regions": {"Region": []}}, "Replace": true, "TruncateAt": 9}`)
	assert.Equal(t, http.StatusOK, added.Status, "an answer of one's own can be cut off: %s", added.Body)
	send(s, http.MethodPost, "/_mock/faults", `{"Action": "RevokeSecurityGroup", "Unchecked": true, "Answer": {"X": 1}}`)
	got := get(s, "/?Action=RevokeSecurityGroup&RegionId=cn-nowhere&SecurityGroupId=sg-1&IpProtocol=tcp&PortRange=1/1&SourceCidrIp=10.0.0.0/8")
	assert.Equal(t, http.StatusNotFound, got.Status)
	assert.Contains(t, got.Header.Get("X-Ecsmock-Hint"), "the call failed, so that it has no answer to change")
}

func TestAnswersAreChecked(t *testing.T) {
	s := start(t, server.Options{})
	for fault, want := range map[string]string{
		`"Answer": {"TotalCuont": 0}`:                                      "Answer.TotalCuont: DescribeSecurityGroups has no such field in its answer; did you mean TotalCount?",
		`"Answer": {"RequestId": "x"}`:                                     `Answer.RequestId: DescribeSecurityGroups has no such field in its answer; "Unchecked": true allows it`,
		`"Answer": {"TotalCount": "0"}`:                                    "Answer.TotalCount: DescribeSecurityGroups has an integer here",
		`"Answer": {"NextToken": 0}`:                                       "Answer.NextToken: DescribeSecurityGroups has a text here",
		`"Answer": {"SecurityGroups": []}`:                                 `Answer.SecurityGroups: DescribeSecurityGroups has {"SecurityGroup": [...]} here`,
		`"Answer": {"SecurityGroups": {"SecurityGroup": [{"Name": "x"}]}}`: `Answer.SecurityGroups.SecurityGroup[0].Name: DescribeSecurityGroups has no such field in its answer; did you mean SecurityGroupName?`,
		`"Answer": {"SecurityGroups": {"SecurityGroup": ["sg-1"]}}`:        "Answer.SecurityGroups.SecurityGroup[0]: DescribeSecurityGroups has an object here",
		`"Answer": 3`:                                  "Answer: must be an object, got a number",
		`"Replace": true, "DelayMs": 1`:                "Replace: has no effect without Answer; give Answer too",
		`"Unchecked": true, "DelayMs": 1`:              "Unchecked: has no effect without Answer; give Answer too",
		`"Answer": {}, "Code": "Throttling"`:           "Answer: is that of a call that succeeds; leave out Code or Answer",
		`"Answer": {}, "Drop": true`:                   "Answer: a dropped connection has no answer; leave out Drop or Answer",
		`"Answer": {}, "When": "before"`:               `When: the call has no answer before its effect; leave out When, or give "Replace": true`,
		`"Drop": true, "Every": -1`:                    "Every: must not be negative, got -1",
		`"Drop": true, "Chance": 1.5`:                  "Chance: must be 0 to 1, got 1.5",
		`"Action": "*", "Answer": {"A": 1}`:            `Answer: has the fields of one action; name it in Action, or give "Unchecked": true`,
		`"Answer": {"A": {"B": 1}, "Unchecked": true}`: `Answer.A: DescribeSecurityGroups has no such field in its answer; "Unchecked": true allows it`,
	} {
		if !strings.Contains(fault, `"Action"`) {
			fault = `"Action": "DescribeSecurityGroups", ` + fault
		}
		got := send(s, http.MethodPost, "/_mock/faults", "{"+fault+"}")
		assert.Equal(t, http.StatusBadRequest, got.Status, fault)
		assert.Equal(t, want, errorOf(t, got), fault)
	}
	assert.JSONEq(t, `{"Faults": []}`, get(s, "/_mock/faults").Body)
}

// Every and Chance select among the calls that a fault matches. Chance draws from the
// seeded source.
func TestEveryAndChance(t *testing.T) {
	hits := func(fault string, seed uint64) string {
		s, err := server.New(server.Options{RandomSeed: &seed})
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, send(s, http.MethodPost, "/_mock/faults", `{"Action": "*", "Code": "Throttling", `+fault+`}`).Status)
		var b strings.Builder
		for range 40 {
			if get(s, "/?Action=DescribeRegions").Status == http.StatusOK {
				b.WriteByte('.')
			} else {
				b.WriteByte('x')
			}
		}
		return b.String()
	}
	assert.Equal(t, "..x..x"+strings.Repeat(".", 34), hits(`"Every": 3, "Times": 2`, 1))
	assert.Equal(t, "...x.x"+strings.Repeat(".", 34), hits(`"Every": 2, "After": 2, "Times": 2`, 1))
	half := hits(`"Chance": 0.5`, 1)
	assert.Equal(t, half, hits(`"Chance": 0.5`, 1))
	assert.NotEqual(t, half, hits(`"Chance": 0.5`, 2))
	assert.InDelta(t, 20, strings.Count(half, "x"), 12)
	assert.Equal(t, strings.Repeat("x", 40), hits(`"Chance": 1`, 1))
	assert.Equal(t, 3, strings.Count(hits(`"Chance": 0.5, "Times": 3`, 1), "x"))
}
