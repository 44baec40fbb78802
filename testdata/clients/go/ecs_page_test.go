package clients_test

import (
	"fmt"
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// newCrowd is an account of five groups, and their ids.
func newCrowd(t *testing.T) (w *world, ids []string) {
	t.Helper()
	w = &world{Client: newECS(t, "HTTP", newKey(t, ofECS)), t: t}
	for i := range 5 {
		ids = append(ids, w.create(fmt.Sprintf("crowd-%d", i)))
	}
	return w, ids
}

func TestGroupsAreListedByPages(t *testing.T) {
	t.Parallel()
	w, ids := newCrowd(t)
	var seen []string
	for page := 1; page <= 4; page++ {
		request := ecs.CreateDescribeSecurityGroupsRequest()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(2)
		answer, err := w.DescribeSecurityGroups(request)
		require.NoError(t, err)
		assert.Equal(t, []int{5, page, 2}, []int{answer.TotalCount, answer.PageNumber, answer.PageSize})
		assert.Len(t, answer.SecurityGroups.SecurityGroup, []int{2, 2, 1, 0}[page-1])
		for _, g := range answer.SecurityGroups.SecurityGroup {
			seen = append(seen, g.SecurityGroupId)
		}
	}
	assert.ElementsMatch(t, ids, seen)
}

func TestGroupsAreListedByTokens(t *testing.T) {
	t.Parallel()
	w, ids := newCrowd(t)
	var seen []string
	request := ecs.CreateDescribeSecurityGroupsRequest()
	request.MaxResults = requests.NewInteger(2)
	for page := 1; ; page++ {
		answer, err := w.DescribeSecurityGroups(request)
		require.NoError(t, err)
		for _, g := range answer.SecurityGroups.SecurityGroup {
			seen = append(seen, g.SecurityGroupId)
		}
		if request.NextToken = answer.NextToken; request.NextToken == "" {
			assert.Equal(t, 3, page)
			break
		}
	}
	assert.ElementsMatch(t, ids, seen)
}

func TestRulesAreListedByTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	want := []string{"22/22"}
	for port := 8000; port < 8020; port++ {
		more := w.ssh()
		more.PortRange = fmt.Sprintf("%d/%d", port, port)
		_, err := w.AuthorizeSecurityGroup(more)
		require.NoError(t, err)
		want = append(want, more.PortRange)
	}
	var seen []string
	request := ecs.CreateDescribeSecurityGroupAttributeRequest()
	request.SecurityGroupId, request.MaxResults = w.web, requests.NewInteger(10)
	for page := 1; ; page++ {
		answer, err := w.DescribeSecurityGroupAttribute(request)
		require.NoError(t, err)
		for _, rule := range answer.Permissions.Permission {
			seen = append(seen, rule.PortRange)
		}
		if request.NextToken = answer.NextToken; request.NextToken == "" {
			assert.Equal(t, 3, page)
			break
		}
	}
	assert.ElementsMatch(t, want, seen)
}
