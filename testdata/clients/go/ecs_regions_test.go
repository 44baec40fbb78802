package clients_test

import (
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A client that follows a region's endpoint stays with the mock.
func TestRegionsLeadBack(t *testing.T) {
	needsOwnAnswers(t)
	t.Parallel()
	client := newECS(t, "HTTP", newKey(t, ofECS))
	request := ecs.CreateDescribeRegionsRequest()
	request.AcceptLanguage = "en-US"
	answer, err := client.DescribeRegions(request)
	require.NoError(t, err)
	require.NotEmpty(t, answer.Regions.Region)
	names := map[string]string{}
	for _, region := range answer.Regions.Region {
		names[region.RegionId] = region.LocalName
		require.Equal(t, endpoint, region.RegionEndpoint)
		list := ecs.CreateDescribeSecurityGroupsRequest()
		list.RegionId = region.RegionId
		list.Domain = region.RegionEndpoint
		groups, err := client.DescribeSecurityGroups(list)
		require.NoError(t, err)
		assert.Equal(t, region.RegionId, groups.RegionId)
	}
	assert.Contains(t, names[region], "Hangzhou")
}
