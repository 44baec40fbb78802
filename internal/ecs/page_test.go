package ecs_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// world returns a world with a state.
func world(t *testing.T, state string) *store.World {
	w := store.New(clock.Seeded(1))
	require.NoError(t, w.Load([]byte(state)))
	return w
}

// ask carries out a call in cn-hangzhou and decodes its answer.
func ask(t *testing.T, w *store.World, a *rpc.Action[*product.Caller], query string, into any) {
	t.Helper()
	r := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: "/", RawQuery: "Format=JSON&RegionId=cn-hangzhou&Action=" + a.Name + "&" + query}}
	call := rpc.Read(r, "", ecs.Product().Product)
	request, err := a.Decode(call, false)
	require.NoError(t, err, query)
	caller := &product.Caller{Access: store.Access{World: w, Account: account.DefaultID, Region: "cn-hangzhou"}, Call: call, Limits: secgroup.LimitsOf(2019)}
	answer, err := a.Perform(caller, request)
	require.NoError(t, err, query)
	out := rpc.Succeed(answer)
	require.NoError(t, json.Unmarshal(call.Render(nil, &out), into))
}

func TestPagesOfTags(t *testing.T) {
	var groups []string
	for i := range 3 {
		var tags []string
		for j := range 20 {
			tags = append(tags, fmt.Sprintf(`{"TagKey": "key%d", "TagValue": "v%d"}`, j, i))
		}
		groups = append(groups, fmt.Sprintf(`{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-%d", "Tags": [%s]}`, i, strings.Join(tags, ", ")))
	}
	w := world(t, `{"SecurityGroups": [`+strings.Join(groups, ", ")+`]}`)
	list := func(query string) (ids []string, next string) {
		var a struct {
			NextToken    string
			TagResources struct {
				TagResource []struct{ ResourceId, TagKey, TagValue string }
			}
		}
		ask(t, w, ecs.ListTagResources, "ResourceType=securitygroup&"+query, &a)
		for _, tag := range a.TagResources.TagResource {
			ids = append(ids, tag.ResourceId)
		}
		return ids, a.NextToken
	}
	first, next := list("")
	assert.Equal(t, append(slices.Repeat([]string{"sg-2"}, 20), slices.Repeat([]string{"sg-1"}, 20)...), first, "the tags of a group stay together")
	second, last := list("NextToken=" + next)
	assert.Equal(t, slices.Repeat([]string{"sg-0"}, 20), second)
	assert.Empty(t, last)

	filtered, _ := list("TagFilter.1.TagKey=key1&TagFilter.1.TagValues.1=v0&TagFilter.1.TagValues.2=v2")
	assert.Equal(t, append(slices.Repeat([]string{"sg-2"}, 20), slices.Repeat([]string{"sg-0"}, 20)...), filtered)
	filtered, _ = list("TagFilter.1.TagKey=key1&TagFilter.2.TagKey=key2&TagFilter.2.TagValues.1=v1")
	assert.Equal(t, slices.Repeat([]string{"sg-1"}, 20), filtered, "a filter without values matches any, and all filters must match")
	filtered, _ = list("TagFilter.1.TagKey=key99")
	assert.Empty(t, filtered)
}

func TestPagesOfPrefixLists(t *testing.T) {
	var lists []string
	for i := range 25 {
		lists = append(lists, fmt.Sprintf(`{"RegionId": "cn-hangzhou", "PrefixListId": "pl-%02d"}`, i))
	}
	w := world(t, `{"PrefixLists": [`+strings.Join(lists, ", ")+`]}`)
	var sizes []int
	var ids []string
	for next := "-"; next != ""; {
		var a struct {
			NextToken   string
			PrefixLists struct {
				PrefixList []struct{ PrefixListId string }
			}
		}
		ask(t, w, ecs.DescribePrefixLists, "NextToken="+strings.TrimPrefix(next, "-"), &a)
		for _, l := range a.PrefixLists.PrefixList {
			ids = append(ids, l.PrefixListId)
		}
		sizes, next = append(sizes, len(a.PrefixLists.PrefixList)), a.NextToken
	}
	assert.Equal(t, []int{10, 10, 5}, sizes)
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(ids))), 25)
}

func TestReferencesHaveAtMostAHundredGroups(t *testing.T) {
	groups := []string{`{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-peer", "VpcId": "vpc-1"}`}
	for i := range 101 {
		groups = append(groups, fmt.Sprintf(`{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-%03d", "VpcId": "vpc-1",
			"Permissions": [{"IpProtocol": "tcp", "PortRange": "22/22", "SourceGroupId": "sg-peer"}]}`, i))
	}
	var a struct {
		SecurityGroupReferences struct {
			SecurityGroupReference []struct {
				ReferencingSecurityGroups struct {
					ReferencingSecurityGroup []struct{ SecurityGroupId string }
				}
			}
		}
	}
	ask(t, world(t, `{"SecurityGroups": [`+strings.Join(groups, ", ")+`]}`), ecs.DescribeSecurityGroupReferences, "SecurityGroupId.1=sg-peer", &a)
	require.Len(t, a.SecurityGroupReferences.SecurityGroupReference, 1)
	by := a.SecurityGroupReferences.SecurityGroupReference[0].ReferencingSecurityGroups.ReferencingSecurityGroup
	require.Len(t, by, 100)
	assert.Equal(t, "sg-000", by[0].SecurityGroupId)
	assert.Equal(t, "sg-099", by[99].SecurityGroupId)
}
