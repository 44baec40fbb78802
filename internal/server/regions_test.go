package server_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

// regionNames returns the names that DescribeRegions lists, by id.
func regionNames(t *testing.T, s *server.Server) map[string]string {
	t.Helper()
	var list struct {
		Regions struct {
			Region []struct{ RegionId, LocalName string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(get(s, "/?Action=DescribeRegions&Format=JSON&AcceptLanguage=en-US").Body), &list))
	names := map[string]string{}
	for _, r := range list.Regions.Region {
		names[r.RegionId] = r.LocalName
	}
	return names
}

// Regions that a server is started with, and those that its state names, are listed, have
// zones and groups, and are suggested; those of a state end with it.
func TestMoreRegions(t *testing.T) {
	more, err := server.ParseRegions("xx-moon-1,cn-hangzhou-finance")
	require.NoError(t, err)
	s := start(t, server.Options{Regions: more, Seed: []byte(`{"Regions": [{"RegionId": "xx-sun", "LocalName": "The Sun"}], "SecurityGroups": [{"RegionId": "xx-star", "SecurityGroupId": "sg-1"}]}`)})
	names := regionNames(t, s)
	assert.Len(t, names, 39)
	assert.Equal(t, []string{"xx-moon-1", "cn-hangzhou-finance", "The Sun", "xx-star"}, []string{names["xx-moon-1"], names["cn-hangzhou-finance"], names["xx-sun"], names["xx-star"]})
	assert.Contains(t, get(s, "/?Action=DescribeZones&Format=JSON&RegionId=xx-moon-1&AcceptLanguage=en-US").Body, `"ZoneId":"xx-moon-1a","LocalName":"xx-moon-1 Zone A"`)
	assert.Contains(t, get(s, "/?Action=DescribeZones&Format=JSON&RegionId=xx-sun&AcceptLanguage=ja").Body, `"ZoneId":"xx-sun-a","LocalName":"The Sun ゾーン A"`)
	assert.Contains(t, get(s, "/?Action=DescribeSecurityGroups&Format=JSON&RegionId=xx-star").Body, `"sg-1"`)
	assert.Equal(t, http.StatusOK, get(s, "/?Action=CreateSecurityGroup&RegionId=xx-moon-1").Status)

	unknown := get(s, "/?Action=DescribeZones&RegionId=xx-mon-1")
	assert.Equal(t, http.StatusNotFound, unknown.Status)
	assert.Equal(t, "there is no such region; did you mean xx-moon-1?", unknown.Header.Get("X-Ecsmock-Hint"))
	missing := get(s, "/?Action=DescribeSecurityGroupAttribute&RegionId=xx-sun&SecurityGroupId=sg-1")
	assert.Equal(t, "the group is in xx-star", missing.Header.Get("X-Ecsmock-Hint"))

	require.Equal(t, http.StatusOK, send(s, http.MethodPut, "/_mock/state", `{"SecurityGroups": [{"RegionId": "xx-sea", "SecurityGroupId": "sg-1"}]}`).Status)
	assert.Equal(t, http.StatusNotFound, get(s, "/?Action=DescribeZones&RegionId=xx-sun").Status)
	names = regionNames(t, s)
	assert.Len(t, names, 38)
	assert.Equal(t, "xx-sea", names["xx-sea"])
	require.Equal(t, http.StatusOK, send(s, http.MethodPost, "/_mock/reset", "").Status)
	assert.Equal(t, "The Sun", regionNames(t, s)["xx-sun"])
	assert.Empty(t, regionNames(t, s)["xx-sea"])
}
