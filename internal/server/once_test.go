package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// callers is the number of concurrent callers.
const callers = 50

// race sends concurrent calls and returns their answers.
func race(s *server.Server, target func(caller int) string) []answer {
	answers := make([]answer, callers)
	var ready, done sync.WaitGroup
	ready.Add(callers)
	for i := range answers {
		done.Go(func() {
			ready.Done()
			ready.Wait()
			answers[i] = get(s, target(i))
		})
	}
	done.Wait()
	return answers
}

const revokeSample = "/?Action=RevokeSecurityGroup&Format=JSON&RegionId=cn-hangzhou&SecurityGroupId=C0003E8B-B930-4F59-ADC0-0E209A9012B0" +
	"&SourceGroupId=sg-F876FF7BA&IpProtocol=tcp&PortRange=1/65535"

// Of calls that race with one client token one takes effect, and all are answered
// as that one is, each under an id of its own. Without the token all but one would
// find the rule gone.
func TestTokenRacedRevoke(t *testing.T) {
	s := demo(t)
	checkAlike(t, race(s, func(int) string { return revokeSample + "&ClientToken=once" }))
	assert.Equal(t, http.StatusForbidden, get(s, revokeSample).Status, "the rule is still there")
}

func TestTokenRacedCreate(t *testing.T) {
	s := demo(t)
	before := strings.Count(world(s), `"SecurityGroupId": `)
	checkAlike(t, race(s, func(int) string {
		return "/?Action=CreateSecurityGroup&Format=JSON&RegionId=cn-beijing&VpcId=vpc-1&ClientToken=once"
	}))
	assert.Equal(t, before+1, strings.Count(world(s), `"SecurityGroupId": `), "there is not one new group")
}

// checkAlike proves that answers are those of one success and its replays.
func checkAlike(t *testing.T, answers []answer) {
	t.Helper()
	ids, bodies, first := map[string]bool{}, map[string]bool{}, 0
	for _, a := range answers {
		require.Equal(t, http.StatusOK, a.Status, a.Body)
		id := a.Header.Get("X-Acs-Request-Id")
		ids[id] = true
		bodies[strings.Replace(a.Body, id, "", 1)] = true
		if a.Header.Get("X-Ecsmock-Hint") == "" {
			first++
		}
	}
	assert.Len(t, ids, len(answers), "ids of requests are not distinct")
	assert.Len(t, bodies, 1, "answers differ by more than the id of the request")
	assert.Equal(t, 1, first, "not one call but another number took effect")
}

// Of calls that race without a token one finds the rule.
func TestRacedRevoke(t *testing.T) {
	statuses := map[int]int{}
	for _, a := range race(demo(t), func(int) string { return revokeSample }) {
		statuses[a.Status]++
	}
	assert.Equal(t, map[int]int{http.StatusOK: 1, http.StatusForbidden: callers - 1}, statuses)
}

// Of calls that race with one token and other parameters each one is either the
// first, or refused; what is refused has no effect.
func TestTokenRacedMismatch(t *testing.T) {
	s := start(t, server.Options{})
	statuses := map[int]int{}
	for _, a := range race(s, func(i int) string {
		return fmt.Sprintf("/?Action=CreateSecurityGroup&Format=JSON&RegionId=cn-beijing&SecurityGroupName=web%d&ClientToken=once", i)
	}) {
		statuses[a.Status]++
	}
	assert.Equal(t, map[int]int{http.StatusOK: 1, http.StatusBadRequest: callers - 1}, statuses)
	assert.Equal(t, 1, strings.Count(world(s), `"SecurityGroupId": `))
}

// A group may hold 100 rules of both directions, 200 from the edition 2020 on;
// adding one that is there already is no matter of quota.
func TestRuleQuota(t *testing.T) {
	const seed = `{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "VpcId": "vpc-1",
		"Permissions": [{"Direction": "egress", "IpProtocol": "all", "PortRange": "-1/-1", "DestCidrIp": "0.0.0.0/0"}]}]}`
	for edition, most := range map[rpc.Edition]int{rpc.Edition2019: 100, rpc.Edition2020: 200, rpc.Edition2025: 200} {
		s := start(t, server.Options{Seed: []byte(seed), Edition: edition})
		authorize := func(port int) answer {
			return get(s, fmt.Sprintf("/?Action=AuthorizeSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-1&IpProtocol=tcp&PortRange=%d/%d&SourceCidrIp=10.0.0.0/8", port, port))
		}
		rules := 1
		for authorize(rules).Status == http.StatusOK {
			rules++
		}
		assert.Equal(t, most, rules, "edition %d", edition)
		assert.Equal(t, http.StatusOK, authorize(1).Status, "edition %d", edition)
	}
}
