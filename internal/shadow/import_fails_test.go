package shadow_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/shadow"
)

// Each action is throttled six times: the pauses grow, and nothing is lost.
func TestImportWaitsForAThrottledService(t *testing.T) {
	for _, action := range actions() {
		t.Run(action, func(t *testing.T) {
			srv := second(t, rpc.Latest(), "1234567890123456", ecs.Demo)
			inject(t, srv, `{"Action": "`+action+`", "Code": "Throttling.User", "Times": 6}`)
			i := importOf(t, srv, both...)
			state, _ := i.read(t)
			assert.Equal(t, string(srv.World().State()), state)
			assert.Equal(t, []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 16 * time.Second}, i.pauses())
		})
	}
}

// Each action is refused in turn: a sentence names it, and the rest is read.
func TestImportWithoutAPermission(t *testing.T) {
	for _, code := range []string{"Forbidden.RAM", "UnsupportedOperation"} {
		for _, action := range actions()[1:] {
			t.Run(code+" "+action, func(t *testing.T) {
				srv := second(t, rpc.Latest(), "1234567890123456", ecs.Demo)
				inject(t, srv, `{"Action": "`+action+`", "Code": "`+code+`"}`)
				state, log := importOf(t, srv, both...).read(t)
				assert.Regexp(t, regexp.MustCompile(`(?m)^`+action+`: \d+ `+code+`: .*; the state lacks \w+ of `), log)
				lines := strings.Split(log, "\n")
				slices.Sort(lines)
				assert.Equal(t, slices.Compact(slices.Clone(lines)), lines, "each sentence once")
				assert.Contains(t, state, `"sg-web"`)
				assert.Contains(t, state, `"SecurityGroupId": "sg-crowd-4"`)
			})
		}
	}
}

// callsOf imports the demo world from a service that refuses an action, and returns how often the
// action was called, and the log.
func callsOf(t *testing.T, action, code string) (calls int64, log string) {
	t.Helper()
	srv, count := second(t, rpc.Latest(), "1234567890123456", ecs.Demo), atomic.Int64{}
	inject(t, srv, `{"Action": "`+action+`", "Code": "`+code+`"}`)
	_, log = importOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Acs-Action") == action {
			count.Add(1)
		}
		srv.ServeHTTP(w, r)
	}), both...).read(t)
	return count.Load(), log
}

// A part that is throttled without end is given up after seven calls.
func TestImportGivesUpAThrottledPart(t *testing.T) {
	calls, log := callsOf(t, "ListResourceGroups", "Throttling")
	assert.EqualValues(t, 7, calls)
	assert.Contains(t, log, "ListResourceGroups: 400 Throttling: Request was denied due to request throttling.; the state lacks ResourceGroups of the account\n")
}

// An action that is refused for five groups, and answered for none, is called no more.
func TestImportOfRulesThatAreForbidden(t *testing.T) {
	calls, log := callsOf(t, "DescribeSecurityGroupAttribute", "Forbidden.RAM")
	assert.EqualValues(t, 5, calls)
	assert.Contains(t, log, "; the state lacks Permissions of sg-web\n")
	assert.Contains(t, log, "\n9 times: DescribeSecurityGroupAttribute is called no more; the state lacks Permissions of other SecurityGroups\n")
}

// Without any group there is no state.
func TestImportWithoutGroups(t *testing.T) {
	srv := second(t, rpc.Latest(), "1234567890123456", ecs.Demo)
	inject(t, srv, `{"Action": "DescribeSecurityGroups", "Code": "Forbidden.RAM"}`)
	i := importOf(t, srv, both...)
	state, err := i.Read(context.Background())
	assert.EqualError(t, err, "no group could be read")
	assert.Nil(t, state)
	assert.Contains(t, i.log.String(), "DescribeSecurityGroups: 403 Forbidden.RAM: User not authorized to operate on the specified resource, or this API doesn't support RAM.; the state lacks SecurityGroups of cn-hangzhou\n")
}

// A group or a list that is deleted during the import is left out.
func TestImportOfAGroupThatIsDeleted(t *testing.T) {
	srv := second(t, rpc.Latest(), "1234567890123456", ecs.Demo)
	inject(t, srv, `{"Action": "DescribeSecurityGroupAttribute", "Params": {"SecurityGroupId": "sg-crowd-3"}, "Code": "InvalidSecurityGroupId.NotFound"}`)
	state, log := importOf(t, srv, both...).read(t)
	assert.NotContains(t, state, "sg-crowd-3")
	assert.Contains(t, log, "sg-crowd-3 was deleted in the meantime\n")
	assert.Contains(t, log, "left out, for the mock cannot have it: Instances i-crowded SecurityGroupIds sg-crowd-3: ")
}

// broken returns a service that answers an action otherwise.
func broken(of http.Handler, action string, times int, answer http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Acs-Action") == action && times > 0 {
			times--
			answer(w, r)
			return
		}
		of.ServeHTTP(w, r)
	})
}

var breaks = map[string]http.HandlerFunc{
	"garbage": func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<html>proxy") },
	"reset":   func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	"short": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, "{}")
	},
	"unavailable": func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(503)
		io.WriteString(w, `{"Code": "ServiceUnavailable", "Message": "The request has failed due to a temporary failure of the server."}`)
	},
}

// What goes wrong for a while is asked again.
func TestImportRepeatsACall(t *testing.T) {
	for name, answer := range breaks {
		t.Run(name, func(t *testing.T) {
			srv := second(t, rpc.Latest(), "1234567890123456", ecs.Demo)
			i := importOf(t, broken(srv, "DescribePrefixListAttributes", 3, answer), both...)
			state, log := i.read(t)
			assert.Equal(t, string(srv.World().State()), state)
			assert.Equal(t, []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}, i.pauses())
			assert.NotContains(t, log, "lacks")
		})
	}
}

// What stays wrong is left out.
func TestImportGivesUpACall(t *testing.T) {
	for name, answer := range breaks {
		t.Run(name, func(t *testing.T) {
			srv := second(t, rpc.Latest(), "1234567890123456", ecs.Demo)
			state, log := importOf(t, broken(srv, "DescribeVSwitches", 1000, answer), both...).read(t)
			assert.NotContains(t, state, "VSwitchName")
			assert.Regexp(t, `(?m)^DescribeVSwitches: .*; the state lacks VSwitches of cn-beijing$`, log)
		})
	}
}

// A service that is silent is asked again when the patience with the call is at an end.
func TestImportOfASilentService(t *testing.T) {
	srv := second(t, rpc.Latest(), "1234567890123456", ecs.Demo)
	i := importOf(t, broken(srv, "DescribeVpcs", 1, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), both...)
	i.Patience = 2 * time.Second
	state, _ := i.read(t)
	assert.Equal(t, string(srv.World().State()), state)
}

// Three actions that are never answered do not end the reading.
func TestImportWithoutThreeActions(t *testing.T) {
	srv := http.Handler(second(t, rpc.Latest(), "1234567890123456", ecs.Demo))
	for _, action := range []string{"DescribeVpcs", "DescribeInstances", "DescribePrefixLists"} {
		srv = broken(srv, action, 1000, breaks["reset"])
	}
	state, log := importOf(t, srv, "cn-hangzhou").read(t)
	assert.Contains(t, state, `"sgr-web-http"`)
	assert.Contains(t, log, "\n6 times: a vSwitch is left out: its VPC was not read\n")
}

// Where nothing listens, no time is lost.
func TestImportFromNowhere(t *testing.T) {
	i := importOf(t, http.NotFoundHandler(), "cn-hangzhou")
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, free.Close())
	s, err := shadow.New("http://" + free.Addr().String())
	require.NoError(t, err)
	s.SetSleep(func(context.Context, time.Duration) error { t.Error("it waits"); return nil })
	i.Places[0].Service = s
	_, err = i.Read(context.Background())
	assert.ErrorContains(t, err, "connection refused); check -endpoint and -region, and that the network lets the call through")
	assert.ErrorContains(t, err, "no answer from "+free.Addr().String()+" (")
}

// Reading ends when the service has ceased to answer. What was read is kept.
func TestImportOfAServiceThatCeases(t *testing.T) {
	srv := second(t, rpc.Latest(), "1234567890123456", ecs.Demo)
	var n atomic.Int64
	i := importOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1) > 25 {
			panic(http.ErrAbortHandler)
		}
		srv.ServeHTTP(w, r)
	}), both...)
	state, err := i.Read(context.Background())
	assert.EqualError(t, err, "reading ended early, and the state lacks what was not read until then")
	assert.Contains(t, string(state), `"sgr-web-http"`)
	assert.LessOrEqual(t, n.Load(), int64(25+3*7))
}

// Reading ends when a temporary key expires.
func TestImportWithAKeyThatExpires(t *testing.T) {
	srv := second(t, rpc.Latest(), "1234567890123456", ecs.Demo)
	inject(t, srv, `{"Action": "DescribeSecurityGroupAttribute", "Params": {"SecurityGroupId": "sg-six"}, "Code": "InvalidSecurityGroupId.NotFound"}`)
	inject(t, srv, `{"Action": "DescribeSecurityGroupAttribute", "After": 3, "Code": "InvalidSecurityToken.Expired"}`)
	i := importOf(t, srv, both...)
	state, err := i.Read(context.Background())
	assert.EqualError(t, err, "reading ended early, and the state lacks what was not read until then")
	assert.Contains(t, string(state), `"sgr-web-http"`)
	assert.NotContains(t, string(state), `"sgr-classic-internet"`)
	assert.NotContains(t, string(state), `"sg-six"`)
	assert.Contains(t, i.log.String(), "the service refuses the access key (InvalidSecurityToken.Expired); check ")
}

// An import that is interrupted has no state.
func TestImportThatIsInterrupted(t *testing.T) {
	srv := second(t, rpc.Latest(), "1234567890123456", ecs.Demo)
	ctx, cancel := context.WithCancel(context.Background())
	i := importOf(t, broken(srv, "DescribeVpcs", 1, func(http.ResponseWriter, *http.Request) { cancel() }), both...)
	state, err := i.Read(ctx)
	assert.ErrorIs(t, err, context.Canceled)
	assert.Nil(t, state)
}

// Errors of the whole say what to do, and have no key.
func TestImportThatIsRefused(t *testing.T) {
	const check = "; check ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, for a temporary key, ALIBABA_CLOUD_SECURITY_TOKEN"
	for want, change := range map[string]func(i *trial, s *shadow.Service){
		"the service refuses the access key (SignatureDoesNotMatch)" + check:          func(_ *trial, s *shadow.Service) { s.Keys.Secret = "wrongsecret" },
		"the service refuses the access key (InvalidAccessKeyId.NotFound)" + check:    func(_ *trial, s *shadow.Service) { s.Keys.ID = "wrongid" },
		"the service refuses the access key (InvalidSecurityToken.Malformed)" + check: func(_ *trial, s *shadow.Service) { s.Keys.Token = "wrongtoken" },
		"the service refuses the access key (MissingSecurityToken)" + check:           func(_ *trial, s *shadow.Service) { s.Keys.Token = "" },
		"the service refuses the time of the call (InvalidTimeStamp.Expired); set the clock of this machine": func(i *trial, _ *shadow.Service) {
			i.Clock.Advance(time.Hour)
		},
		"the service does not know the region cn-nowhere; give another with -region": func(i *trial, _ *shadow.Service) { i.Places[0].Region = "cn-nowhere" },
	} {
		t.Run(want, func(t *testing.T) {
			i := importOf(t, second(t, rpc.Latest(), account, nil), "cn-hangzhou")
			change(i, i.Places[0].Service)
			state, err := i.Read(context.Background())
			assert.EqualError(t, err, want)
			assert.Nil(t, state)
			assert.NotContains(t, i.log.String(), "wrong")
		})
	}
}

// A message that has the keys is shown without them.
func TestKeysInAMessageAreHidden(t *testing.T) {
	srv := second(t, rpc.Latest(), account, nil)
	i := importOf(t, broken(srv, "DescribeVpcs", 1, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(400)
		fmt.Fprintf(w, `{"Code": "Odd.%s", "Message": "%s and %s\nand more"}`, keys.ID, keys.Secret, keys.Token)
	}), "cn-hangzhou")
	_, log := i.read(t)
	assert.Contains(t, log, "DescribeVpcs: 400 Odd.***: *** and ***; the state lacks Vpcs of cn-hangzhou\n")
}
