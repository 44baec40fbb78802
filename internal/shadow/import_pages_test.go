package shadow_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// large returns a state of which each list has more than one page, and a group more rules
// than one.
func large(t *testing.T) []byte {
	t.Helper()
	const at = "2020-01-01T00:00:00Z"
	row := func(id, name string, more ...any) map[string]any {
		row := map[string]any{"RegionId": "cn-hangzhou", id: name, "CreationTime": at}
		for i := 0; i < len(more); i += 2 {
			row[more[i].(string)] = more[i+1]
		}
		return row
	}
	lists := map[string][]map[string]any{}
	for n := range 120 {
		id := fmt.Sprintf("%03d", n)
		lists["Vpcs"] = append(lists["Vpcs"], row("VpcId", "vpc-"+id, "CidrBlock", "10.0.0.0/8", "RouteTableName", "table-"+id))
		lists["VSwitches"] = append(lists["VSwitches"], row("VSwitchId", "vsw-"+id, "VpcId", "vpc-000", "CidrBlock", fmt.Sprintf("10.0.%d.0/24", n)))
		lists["SecurityGroups"] = append(lists["SecurityGroups"], row("SecurityGroupId", "sg-"+id, "VpcId", "vpc-000"))
		lists["Instances"] = append(lists["Instances"], row("InstanceId", "i-"+id, "VpcId", "vpc-000", "VSwitchId", "vsw-"+id, "SecurityGroupIds", []string{"sg-" + id}))
		lists["NetworkInterfaces"] = append(lists["NetworkInterfaces"], row("NetworkInterfaceId", "eni-"+id, "VpcId", "vpc-000", "SecurityGroupIds", []string{"sg-" + id}))
		lists["PrefixLists"] = append(lists["PrefixLists"], row("PrefixListId", "pl-"+id))
		lists["PortRangeLists"] = append(lists["PortRangeLists"], row("PortRangeListId", "prl-"+id))
		lists["ResourceGroups"] = append(lists["ResourceGroups"], map[string]any{"ResourceGroupId": "rg-" + id, "CreateDate": at})
	}
	var rules []any
	for n := range 2100 {
		rules = append(rules, map[string]any{"IpProtocol": "tcp", "PortRange": fmt.Sprintf("%d/%d", n+1, n+1), "SourceCidrIp": "10.0.0.0/8", "CreateTime": at})
	}
	lists["SecurityGroups"][7]["Permissions"] = rules
	text, err := json.Marshal(lists)
	require.NoError(t, err)
	return text
}

func TestImportOfManyPages(t *testing.T) {
	srv := second(t, rpc.Latest(), "1234567890123456", large(t))
	state, _ := importOf(t, srv, "cn-hangzhou").read(t)
	assert.Equal(t, string(srv.World().State()), state)
}

// pageNumber is the number of a page in a query.
var pageNumber = regexp.MustCompile(`&PageNumber=(\d+)`)

// A service of the time before NextToken has pages with numbers.
func TestImportOfNumberedPages(t *testing.T) {
	srv, err := server.New(server.Options{Seed: large(t)})
	require.NoError(t, err)
	token := regexp.MustCompile(`"NextToken":"[^"]*",`)
	// What is made in the meantime comes first: the first row of each other page is the
	// last one of the page before.
	var repeated string
	group := regexp.MustCompile(`\{"SecurityGroupId":"sg-\d+".*?\}\}`)
	state, log := importOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		action := r.Header.Get("X-Acs-Action")
		if action == "DescribeSecurityGroups" || strings.HasSuffix(action, "Interfaces") {
			r.URL.RawQuery = strings.Replace(r.URL.RawQuery, "MaxResults", "Unknown", 1)
		}
		answer := httptest.NewRecorder()
		srv.ServeHTTP(answer, r)
		body := answer.Body.String()
		if action == "DescribeSecurityGroups" {
			body = token.ReplaceAllString(body, "")
			all := group.FindAllString(body, -1)
			if repeated != "" && pageNumber.MatchString(r.URL.RawQuery) {
				body = strings.Replace(body, all[0], repeated+","+all[0], 1)
				body = strings.Replace(body, `"TotalCount":120`, `"TotalCount":131`, 1)
			}
			repeated = all[len(all)-1]
		}
		w.WriteHeader(answer.Code)
		io.WriteString(w, body)
	}), "cn-hangzhou").read(t)
	assert.Equal(t, string(srv.World().State()), state)
	assert.NotContains(t, log, "left out")
}

// An older service gives rules neither ids nor times. Two imports of it are equal.
func TestImportOfRulesWithoutIDs(t *testing.T) {
	srv, err := server.New(server.Options{Seed: ecs.Demo})
	require.NoError(t, err)
	unknown := regexp.MustCompile(`"(SecurityGroupRuleId|CreateTime)":"[^"]*",?`)
	old := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		srv.ServeHTTP(answer, r)
		w.WriteHeader(answer.Code)
		io.WriteString(w, strings.ReplaceAll(unknown.ReplaceAllString(answer.Body.String(), ""), `",}`, `"}`))
	})
	state, _ := importOf(t, old, both...).read(t)
	again, _ := importOf(t, old, both...).read(t)
	assert.Equal(t, state, again)
	assert.Contains(t, state, `"SourceCidrIp": "0.0.0.0/0", "CreateTime": "2019-06-03T08:02:00Z"}`)
	assert.Equal(t, strings.Count(string(ecs.Demo), `"SecurityGroupRuleId"`), strings.Count(state, `"SecurityGroupRuleId"`))
}

// A service that gives one page again and again is not asked for ever.
func TestImportOfOnePageForEver(t *testing.T) {
	srv := second(t, rpc.Latest(), "1234567890123456", nil)
	_, log := importOf(t, broken(srv, "DescribePrefixLists", 10, func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"NextToken": "t", "PrefixLists": {"PrefixList": [{"PrefixListId": "pl-1"}]}}`)
	}), "cn-hangzhou").read(t)
	assert.Contains(t, log, "DescribePrefixLists: the service gives one page again and again; the state lacks PrefixLists of cn-hangzhou\n")
}
