package shadow_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
	"github.com/ecsmock/ecsmock/internal/shadow"
)

// keys are those that the second mock knows, and no output may have.
var keys = shadow.Keys{ID: "STS.keyofthetest", Secret: "secretofthetest", Token: "tokenofthetest"}

// account is that of the keys.
const account = "5123456789012345"

// second returns a second mock, which takes the place of the service, and requires
// signatures.
func second(t *testing.T, edition rpc.Edition, owner string, seed []byte) *server.Server {
	t.Helper()
	srv, err := server.New(server.Options{
		Edition: edition, Seed: seed, Signatures: server.SignaturesRequire, Log: slog.New(slog.DiscardHandler),
		Keys: []server.Credential{{ID: keys.ID, Secret: keys.Secret, Account: owner, Token: keys.Token}},
	})
	require.NoError(t, err)
	return srv
}

// A trial is an import, with a clock that waiting moves.
type trial struct {
	shadow.Import
	log    bytes.Buffer
	waited []time.Duration
}

// importOf returns an import of an account from a handler, which serves one call at a time.
func importOf(t *testing.T, service http.Handler, regions ...string) *trial {
	t.Helper()
	var one sync.Mutex
	listener := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		one.Lock()
		defer one.Unlock()
		service.ServeHTTP(w, r)
	}))
	t.Cleanup(listener.Close)
	i := &trial{Import: shadow.Import{Interval: 200 * time.Millisecond, Patience: 20 * time.Second, Clock: clock.New()}}
	i.Log = &i.log
	i.Clock.Set(time.Now(), true)
	for _, p := range server.Products() {
		i.Products = append(i.Products, p.Product)
	}
	for _, region := range regions {
		s, err := shadow.New(listener.URL)
		require.NoError(t, err)
		s.Keys = keys
		s.SetSleep(func(ctx context.Context, d time.Duration) error {
			i.waited = append(i.waited, d)
			i.Clock.Advance(d)
			return ctx.Err()
		})
		i.Places = append(i.Places, &shadow.Place{Region: region, Service: s})
	}
	return i
}

// read returns the state, without an error, and what was logged. Neither has a key.
func (i *trial) read(t *testing.T) (state, log string) {
	t.Helper()
	got, err := i.Read(context.Background())
	require.NoError(t, err, i.log.String())
	for _, text := range []string{string(got), i.log.String()} {
		for _, key := range []string{keys.ID, keys.Secret, keys.Token, "Signature="} {
			assert.NotContains(t, text, key)
		}
	}
	return string(got), i.log.String()
}

// pauses returns the times that it waited besides those of its rate.
func (i *trial) pauses() (list []time.Duration) {
	for _, d := range i.waited {
		if d >= time.Second {
			list = append(list, d)
		}
	}
	return list
}

var both = []string{"cn-hangzhou", "cn-beijing"}

// The demo world comes back byte for byte.
func TestImportOfTheDemoWorld(t *testing.T) {
	for _, edition := range []rpc.Edition{rpc.Edition2019, rpc.Edition2020, rpc.Edition2025} {
		t.Run(fmt.Sprint(edition), func(t *testing.T) {
			srv := second(t, edition, "1234567890123456", ecs.Demo)
			state, log := importOf(t, srv, both...).read(t)
			assert.Equal(t, string(srv.World().State()), state)
			assert.Regexp(t, `\n\d+ calls, details of 19 of 19 groups and lists\n$`, log)
			assert.NotContains(t, log, "lacks")
		})
	}
}

// A world of another account that has all that import reads comes back, but for what no action
// tells: the e-mail address of the account.
func TestImportOfAFullWorld(t *testing.T) {
	seed, err := os.ReadFile("testdata/full.json")
	require.NoError(t, err)
	for _, edition := range []rpc.Edition{rpc.Edition2019, rpc.Edition2025} {
		srv := second(t, edition, account, seed)
		state, _ := importOf(t, srv, "cn-hangzhou").read(t)
		want := strings.Replace(string(srv.World().State()), `, "Email": "boss@corp.example"`, "", 1)
		assert.Equal(t, want, state)
	}
}

// Without the permission for GetCallerIdentity, the account is that of the VPCs.
func TestImportWithoutACaller(t *testing.T) {
	seed, err := os.ReadFile("testdata/full.json")
	require.NoError(t, err)
	srv := second(t, rpc.Latest(), account, seed)
	inject(t, srv, `{"Action": "GetCallerIdentity", "Code": "Forbidden.RAM"}`)
	state, _ := importOf(t, srv, "cn-hangzhou").read(t)
	assert.Contains(t, state, `"AccountId": "`+account+`"`)
}

// inject adds a fault to a mock.
func inject(t *testing.T, srv http.Handler, fault string) {
	t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequest("POST", "http://127.0.0.1/_mock/faults", strings.NewReader(fault))
	srv.ServeHTTP(w, r)
	require.Less(t, w.Code, 300, w.Body.String())
}

// actions returns the actions of import without the names of their products.
func actions() []string {
	list := shadow.Permissions()
	for i := range list {
		_, list[i], _ = strings.Cut(list[i], ":")
	}
	return list
}

// An import of 2,000 groups shows its progress, and keeps its rate by the clock.
func TestImportOfManyGroups(t *testing.T) {
	const groups = 2000
	var list []map[string]any
	for n := range groups {
		list = append(list, map[string]any{
			"RegionId": "cn-hangzhou", "SecurityGroupId": fmt.Sprintf("sg-%04d", n), "VpcId": "vpc-1", "CreationTime": "2020-01-01T00:00:00Z",
			"Permissions": []any{map[string]any{"SecurityGroupRuleId": fmt.Sprintf("sgr-%04d", n), "IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8", "CreateTime": "2020-01-01T00:00:00Z"}},
		})
	}
	seed, err := json.Marshal(map[string]any{"SecurityGroups": list})
	require.NoError(t, err)
	srv := second(t, rpc.Latest(), "1234567890123456", seed)
	var count atomic.Int64
	var i *trial
	var last time.Time
	i = importOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		now := i.Clock.Now()
		assert.GreaterOrEqual(t, now.Sub(last), i.Interval)
		last = now
		count.Add(1)
		srv.ServeHTTP(w, r)
	}), "cn-hangzhou")
	before := i.Clock.Now()
	state, log := i.read(t)
	calls := int(count.Load())
	assert.Equal(t, string(srv.World().State()), state)
	assert.Equal(t, groups+groups/100+9, calls)
	assert.Equal(t, time.Duration(calls-1)*i.Interval, i.Clock.Now().Sub(before))
	lines := strings.Split(strings.TrimSpace(log), "\n")
	assert.Equal(t, 1+int(i.Clock.Now().Sub(before)/(5*time.Second)), len(lines), "a line each five seconds")
	assert.Regexp(t, `^\d+ calls, details of \d+ of 2000 groups and lists, about 3m\d+s left$`, lines[len(lines)/2])
	assert.Equal(t, fmt.Sprintf("%d calls, details of 2000 of 2000 groups and lists", calls), lines[len(lines)-1])
}

// On a terminal the progress is one line.
func TestProgressOnATerminal(t *testing.T) {
	i := importOf(t, second(t, rpc.Latest(), "1234567890123456", ecs.Demo), both...)
	i.Terminal = true
	_, log := i.read(t)
	assert.Equal(t, 1, strings.Count(log, "\n"))
	assert.Greater(t, strings.Count(log, "\r\x1b[K"), 10)
	assert.True(t, strings.HasSuffix(log, " of 19 groups and lists\n"), log)
}

// The policy in the guide has the actions that import calls, which the mock has.
func TestPolicyOfTheGuide(t *testing.T) {
	guide, err := os.ReadFile("../../api/docs/shadow.md")
	require.NoError(t, err)
	_, policy, _ := strings.Cut(string(guide), "```json\n")
	policy, _, _ = strings.Cut(policy, "```")
	var read struct {
		Statement []struct{ Action []string }
	}
	require.NoError(t, json.Unmarshal([]byte(policy), &read))
	assert.Equal(t, shadow.Permissions(), read.Statement[0].Action)
	for _, action := range actions() {
		assert.Contains(t, string(guide), "`"+action+"`")
	}
}
