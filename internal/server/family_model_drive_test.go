package server_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// TestFamilyModel sends random sequences of all rule actions in all forms, and
// compares the answer of each, and what Describe returns then, with the model. make
// safety tries more seeds. A seed that fails is added to the list.
func TestFamilyModel(t *testing.T) {
	seeds := []uint64{2, 4}
	if os.Getenv("SAFETY") != "" {
		seeds = append(seeds, 1, 3, rand.Uint64(), rand.Uint64(), rand.Uint64())
	}
	met := &familyMet{times: map[string]int{}}
	t.Run("drives", func(t *testing.T) {
		for _, edition := range editions {
			for _, seed := range seeds {
				t.Run(fmt.Sprintf("%d, seed %d", edition, seed), func(t *testing.T) {
					t.Parallel()
					driveFamily(t, edition, seed, met)
				})
			}
		}
	})
	if !t.Failed() {
		met.prove(t)
	}
}

// prove wants the drives to have met enough.
func (m *familyMet) prove(t *testing.T) {
	for _, verb := range []string{"Authorize", "Revoke", "Modify"} {
		for _, form := range []string{"flat", "dotted", "json", "ids"} {
			if verb == "Modify" && (form == "dotted" || form == "json") || verb == "Authorize" && form == "ids" {
				continue
			}
			for _, direction := range []string{"ingress", "egress"} {
				assert.Greater(t, m.times[verb+" "+direction+" "+form+" done"], 10, "too few were to succeed to prove anything")
				assert.Greater(t, m.times[verb+" "+direction+" "+form+" refused"], 5, "too few were to be refused to prove anything")
			}
		}
	}
	for _, code := range familyCodes {
		assert.NotZero(t, m.times[code], "no request met %s", code)
	}
}

// familyCodes are those that the drives must have met, whatever the fresh seeds are.
var familyCodes = strings.Fields(`
	AuthorizationLimitExceed AuthorizedGroupRule.LimitExceed ILLEGAL_IPV6_CIDR InvalidDestGroupId.Mismatch
	InvalidDestGroupId.NotFound InvalidGroupAuthItem.NotFound InvalidGroupAuthParameter.OperationDenied
	InvalidGroupParameter.OperationDenied InvalidIpProtocol.ValueNotSupported InvalidNicType.Mismatch
	InvalidNicType.ValueNotSupported InvalidOperation.ModifyNicType InvalidOperation.ModifySgRuleEntityType
	InvalidOperation.RuleDuplicate InvalidParam.DestIp InvalidParam.DuplicatePermissions
	InvalidParam.InvalidModifyRuleRequest InvalidParam.Ipv4ProtocolConflictWithIpv6Address
	InvalidParam.Ipv6DestCidrIp InvalidParam.Ipv6ProtocolConflictWithIpv4Address InvalidParam.Ipv6SourceCidrIp
	InvalidParam.Permissions InvalidParam.PortRange InvalidParam.PrefixListAddressFamilyMismatch
	InvalidParam.SecurityGroupRuleId InvalidParam.SecurityGroupRuleIdRepeated InvalidParam.SourceIp InvalidParameter
	InvalidParamter.Conflict InvalidPolicy.Malformed InvalidPrefixListId.NotFound InvalidPriority.Malformed
	InvalidPriority.ValueNotSupported InvalidSecurityGroup.InvalidNetworkType InvalidSecurityGroupDiscription.Malformed
	InvalidSecurityGroupId.NotFound InvalidSecurityGroupRule.RuleNotExist InvalidSecurityGroupRuleId.NotFound
	InvalidSourceGroupId.Mismatch InvalidSourceGroupId.NotFound MissingParameter MissingParameter.Dest
	MissingParameter.Source NotSupported.ClassicNetworkPrefixList SecurityGroupRule.NotFound`)

// familyMet counts what the drives met: they prove nothing of what they never met.
type familyMet struct {
	sync.Mutex
	times map[string]int
}

func (m *familyMet) note(what ...string) {
	m.Lock()
	defer m.Unlock()
	for _, one := range what {
		m.times[one]++
	}
}

const familySteps = 260

func driveFamily(t *testing.T, edition rpc.Edition, seed uint64, met *familyMet) {
	m := newFamilyModel(int(edition))
	d := familyDraw{rand.New(rand.NewPCG(seed, uint64(edition))), m}
	s := start(t, server.Options{Seed: m.state(), Edition: edition})
	m.compareAll(t, s, "the world as it was loaded")
	for step := range familySteps {
		r := d.request()
		codes, apply := m.due(r)
		got, sent := d.send(s, r)
		about := fmt.Sprintf("edition %d, seed %d, step %d: %s %s in group %s of %s\n%s", m.year, seed, step, r.verb, r.direction, r.group, r.caller, sent)
		code := r.checkAnswer(t, got, codes, about)
		what := r.verb + " " + r.direction + " " + r.form
		if len(codes) == 0 {
			apply()
			m.group(r.caller, r.group).compared = [2]string{}
			met.note(what + " done")
		} else {
			met.note(what+" refused", code)
		}
		if g := m.group(r.caller, r.group); g != nil {
			m.compare(t, s, g, about)
		}
		if step%40 == 39 {
			m.compareAll(t, s, about)
		}
	}
	for _, g := range m.groups {
		m.compareFormats(t, s, g, fmt.Sprintf("edition %d, seed %d", m.year, seed))
	}
}

// checkAnswer wants a request to have become what is due, and gives the code that
// it was refused with.
func (r *familyRequest) checkAnswer(t *testing.T, got answer, codes []string, about string) string {
	t.Helper()
	all, err := leaves(got.Body)
	require.NoError(t, err, "%s\n%s", about, got.Body)
	code := ""
	for _, leaf := range all {
		if text, ok := strings.CutPrefix(leaf, "Code="); ok {
			code = text
		}
	}
	if len(codes) == 0 {
		codes = []string{""}
	}
	require.Contains(t, codes, code, "%s\n%s", about, got.Body)
	if code == "" {
		require.Len(t, all, 1, "%s\n%s", about, got.Body)
	}
	require.Contains(t, r.statuses(code), got.Status, "%s\n%s", about, got.Body)
	return code
}

// statuses are those that the tables of the action have for a code.
func (c familyCall) statuses(code string) []int {
	switch {
	case code == "":
		return []int{http.StatusOK}
	case code == "InvalidNicType.Mismatch" && c.verb != "Revoke": // 400 in the tables, 403 in the readings
		return []int{http.StatusBadRequest, http.StatusForbidden}
	case code == "InvalidParamter.Conflict" && c.verb == "Revoke" && c.direction == "ingress", code == "MissingParameter" && c.verb == "Revoke":
		return []int{http.StatusBadRequest}
	case slices.Contains([]string{
		"AuthorizationLimitExceed", "InvalidGroupAuthItem.NotFound", "InvalidNetworkType.Conflict", "InvalidNetworkType.Mismatch",
		"InvalidNicType.Mismatch", "InvalidParamter.Conflict", "InvalidSecurityGroup.IsSame", "MissingParameter",
	}, code):
		return []int{http.StatusForbidden}
	case strings.HasSuffix(code, ".NotFound"):
		return []int{http.StatusNotFound}
	}
	return []int{http.StatusBadRequest}
}

// compareAll compares every group, how many rules each has, and who refers to whom.
func (m *familyModel) compareAll(t *testing.T, s *server.Server, about string) {
	t.Helper()
	for _, g := range m.groups {
		m.compare(t, s, g, about)
		m.compareCounts(t, s, g, about)
		m.compareReferences(t, s, g, about)
	}
}

func (m *familyModel) compareCounts(t *testing.T, s *server.Server, g *familyGroup, about string) {
	t.Helper()
	var told struct {
		SecurityGroups struct {
			SecurityGroup []struct{ RuleCount, GroupToGroupRuleCount int }
		}
	}
	familyTold(t, s, g, "Action=DescribeSecurityGroups&SecurityGroupId="+g.id, &told)
	peered := 0
	for _, r := range g.rules {
		if r.group != "" {
			peered++
		}
	}
	require.Len(t, told.SecurityGroups.SecurityGroup, 1, about)
	require.Equal(t, len(g.rules), told.SecurityGroups.SecurityGroup[0].RuleCount, "%s\n%s", g.id, about)
	require.Equal(t, peered, told.SecurityGroups.SecurityGroup[0].GroupToGroupRuleCount, "%s\n%s", g.id, about)
}
