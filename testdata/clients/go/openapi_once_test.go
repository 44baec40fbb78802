package clients_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGenericClientTokenIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	p := newPlain(t)
	revoke := with(p.ssh(), params{"ClientToken": "123e4567-e89b-12d3-a456-426655440000"})
	first := p.does("RevokeSecurityGroup", revoke)
	again := p.does("RevokeSecurityGroup", revoke)
	assert.NotEqual(t, first["RequestId"], again["RequestId"])
	revoke["PortRange"] = "23/23"
	_, err := p.call("RevokeSecurityGroup", params{"RegionId": region}, revoke)
	refusedGeneric(t, err, 400, "IdempotentParameterMismatch", "^The request is retried with updated parameters.$")
}

func TestGenericThrottlingIsTriedAgain(t *testing.T) {
	t.Parallel()
	p := newPlain(t)
	p.fail(t, "RevokeSecurityGroup", "Throttling.User", 2)
	p.does("RevokeSecurityGroup", p.ssh())
	assert.Equal(t, []string{"Throttling.User", "Throttling.User", ""}, p.codes(t, "RevokeSecurityGroup"))
	assert.Empty(t, p.rules(p.web))
}

// What is throttled once too often is an error.
func TestGenericThrottlingIsToldInTheEnd(t *testing.T) {
	t.Parallel()
	p := newPlain(t)
	p.fail(t, "RevokeSecurityGroup", "Throttling.User", 3)
	_, err := p.call("RevokeSecurityGroup", params{"RegionId": region}, p.ssh())
	refusedGeneric(t, err, 400, "Throttling.User", "^Request was denied due to user flow control.$")
	assert.Len(t, p.codes(t, "RevokeSecurityGroup"), 3)
	assert.Len(t, p.rules(p.web), 1)
}

func TestGenericGroupsAreListedByPages(t *testing.T) {
	t.Parallel()
	p := newPlain(t)
	for i := range 4 {
		p.create(fmt.Sprintf("crowd-%d", i))
	}
	seen := map[any]bool{}
	for page, want := range []int{2, 2, 1, 0} {
		answer := p.does("DescribeSecurityGroups", params{"PageNumber": strconv.Itoa(page + 1), "PageSize": "2"})
		assert.Equal(t, "5", fmt.Sprint(answer["TotalCount"]))
		groups := list(answer, "SecurityGroups", "SecurityGroup")
		require.Len(t, groups, want)
		for _, g := range groups {
			seen[g["SecurityGroupId"]] = true
		}
	}
	assert.Len(t, seen, 5)
}

func TestGenericGroupsAreListedByTokens(t *testing.T) {
	t.Parallel()
	p := newPlain(t)
	for i := range 4 {
		p.create(fmt.Sprintf("crowd-%d", i))
	}
	seen, token := map[any]bool{}, ""
	for page := 1; ; page++ {
		answer := p.does("DescribeSecurityGroups", params{"MaxResults": "2", "NextToken": token})
		for _, g := range list(answer, "SecurityGroups", "SecurityGroup") {
			seen[g["SecurityGroupId"]] = true
		}
		if token = answer["NextToken"].(string); token == "" {
			assert.Equal(t, 3, page)
			break
		}
	}
	assert.Len(t, seen, 5)
}

func TestBothGenerationsSeeOneWorld(t *testing.T) {
	t.Parallel()
	k := newKey(t, ofBoth)
	p := &plain{generic: newOpenAPI(t, "HTTP", k), t: t}
	w := &world{Client: newECS(t, "HTTP", k), t: t}
	assert.Empty(t, w.rules(p.create("web")))
}
