package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
	"github.com/ecsmock/ecsmock/internal/shadow"
)

// report is the form of /_mock/differences.
type report struct {
	Service     string
	Calls       int
	Equal       int
	Apart       []struct{ Refusal string }
	Unanswered  int
	Diverged    int
	Differences []difference
}

type difference struct {
	Product, Action, Kind, Path, Service, Mock string
	Count                                      int
}

// couple is a mock in the shadow of another one, and a mock of the same edition that is alone:
// where its answers differ from those of the service, the shadow has to find it.
type couple struct{ shadow, service, alone *server.Server }

// all returns the three servers.
func (c *couple) all() []*server.Server { return []*server.Server{c.shadow, c.service, c.alone} }

func startCouple(t *testing.T, mock, service server.Options) *couple {
	t.Helper()
	c := &couple{service: start(t, service), alone: start(t, mock)}
	mock.Shadow = serve(t, c.service)
	mock.Shadow.Host = "localhost" // as the calls have it, which ACS3 signs
	seed := uint64(2)              // the shadow makes ids of its own
	mock.RandomSeed = &seed
	var err error
	c.shadow, err = server.New(mock)
	require.NoError(t, err)
	for _, s := range c.all() {
		freeze(t, s)
	}
	return c
}

// serve returns the service that a handler is.
func serve(t *testing.T, h http.Handler) *shadow.Service {
	t.Helper()
	l := httptest.NewServer(h)
	t.Cleanup(l.Close)
	s, err := shadow.New(l.URL)
	require.NoError(t, err)
	s.Keys = shadow.Keys{ID: "testid", Secret: "testsecret"}
	return s
}

// found returns what the shadow has found, and forgets it.
func found(t *testing.T, s *server.Server) report {
	t.Helper()
	var r report
	require.NoError(t, json.Unmarshal([]byte(get(s, "/_mock/differences").Body), &r))
	require.Equal(t, http.StatusOK, send(s, http.MethodDelete, "/_mock/differences", "").Status)
	return r
}

// The rows of the error tables say what the shadow of an edition finds at another one. Each row
// is tried with each edition as the mock and as the service. One that both have is no difference; of another one the
// answer of a mock that is alone says which difference it is.
func TestShadowFindsWhatTheTablesSay(t *testing.T) {
	for i, mock := range editions {
		service := editions[(i+1)%len(editions)]
		t.Run(fmt.Sprintf("%d in the shadow of %d", mock, service), func(t *testing.T) {
			t.Parallel()
			c := startCouple(t, server.Options{Seed: ecs.Demo, Edition: mock}, server.Options{Seed: ecs.Demo, Edition: service})
			for _, a := range actions() {
				for _, row := range a.Failures {
					if row.HoldsIn(service) && len(a.Steps(row.Try)) <= mostSteps {
						c.tryRow(t, mock, &a.Description, row)
					}
				}
			}
		})
	}
}

// mostSteps is the number of calls of the longest Try that is made. Longer ones fill a quota.
const mostSteps = 20

func (c *couple) tryRow(t *testing.T, mock rpc.Edition, a *rpc.Description, row *rpc.Failure) {
	t.Helper()
	about := fmt.Sprintf("%s %s: %s", a.FullName(), row.Code, row.Try)
	steps := a.Steps(row.Try)
	var want []string
	differs := false
	for _, step := range steps {
		query := "/?Action=" + a.Name + "&Version=" + a.Product.Version + "&Format=JSON&" + step
		kinds := c.predict(t, get(c.shadow, query), get(c.alone, query))
		want = append(want, kinds...)
		if differs = len(kinds) > 0; differs {
			break // from here on the mock alone is not in step
		}
	}
	got := found(t, c.shadow)
	assert.Equal(t, merged(want, got), got.kinds(), about)
	if row.HoldsIn(mock) && !differs && row.Status != http.StatusOK {
		assert.Empty(t, got.Differences, about)
	}
	if len(steps) > 1 || row.Status == http.StatusOK || differs {
		for _, s := range c.all() {
			send(s, http.MethodPost, "/_mock/reset", "")
			freeze(t, s)
		}
	}
}

// kinds returns the kinds and places of the differences, sorted, and the calls that were
// refused for reasons of the service.
func (r *report) kinds() []string {
	var all []string
	for _, d := range r.Differences {
		all = append(all, strings.TrimSpace(d.Kind+" "+strings.ReplaceAll(d.Path, "[]", "")))
	}
	for _, a := range r.Apart {
		all = append(all, "apart "+a.Refusal)
	}
	return sorted(all)
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

// What the service makes beside the answer, such as a rule, has two names. A call by the
// service's name reaches the mock's.
func TestThingsWithTwoNames(t *testing.T) {
	c := startCouple(t, server.Options{Seed: ecs.Demo}, server.Options{Seed: ecs.Demo})
	ask := func(query string) map[string][]string {
		t.Helper()
		got := get(c.shadow, "/?Format=JSON&RegionId=cn-hangzhou&"+query)
		require.Equal(t, http.StatusOK, got.Status, got.Body)
		return byPath(t, got.Body)
	}
	group := ask("Action=CreateSecurityGroup&VpcId=vpc-1")["SecurityGroupId"][0]
	assert.Contains(t, world(c.shadow), group, "the mock takes over the id")
	ask("Action=AuthorizeSecurityGroup&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8&SecurityGroupId=" + group)
	rule := ask("Action=DescribeSecurityGroupAttribute&SecurityGroupId=" + group)["Permissions.Permission.SecurityGroupRuleId"][0]
	assert.NotContains(t, world(c.shadow), rule)
	ask("Action=ModifySecurityGroupRule&Description=front&SecurityGroupRuleId=" + rule + "&SecurityGroupId=" + group)
	assert.Contains(t, world(c.shadow), `"front"`)
	r := found(t, c.shadow)
	assert.Empty(t, r.kinds())
	assert.Equal(t, 4, r.Equal)
}
