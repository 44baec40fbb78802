package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/ecsmock/ecsmock/internal/server"
)

// The cost of one call in process, routing and the journal included. The budget is
// 5 µs and 15 allocations for a hit, whatever the number of rules, 8 µs for a miss
// with its hint, and 150 µs for a hundred permissions.

// BenchmarkHit revokes and adds again the rules of a world of a thousand, one after the
// other, with the 17 parameters that an SDK sends.
func BenchmarkHit(b *testing.B) {
	const groups, rules = 16, 62
	list := make([]string, groups)
	var calls []func() *http.Request
	for i := range groups * rules {
		protocol, port, source, priority := []string{"tcp", "udp"}[i%2], fmt.Sprintf("%d/%d", i+1, i+9), fmt.Sprintf("10.%d.%d.0/24", i>>8, i&255), i%100+1
		if i >= groups {
			list[i%groups] += ", "
		}
		list[i%groups] += fmt.Sprintf(`{"IpProtocol": %q, "PortRange": %q, "SourceCidrIp": %q, "Priority": %d}`, protocol, port, source, priority)
		group := strings.Replace(benchCommon, "sg-bench", fmt.Sprintf("sg-%d", i%groups), 1)
		rule := fmt.Sprintf("%s&SignatureType=&IpProtocol=%s&PortRange=%s&SourceCidrIp=%s&Policy=accept&Priority=%d", group, protocol, port, source, priority)
		for _, action := range []string{"RevokeSecurityGroup", "AuthorizeSecurityGroup"} {
			r := httptest.NewRequest(http.MethodGet, "/?Action="+action+"&"+rule, nil)
			calls = append(calls, func() *http.Request { return r })
		}
	}
	state := make([]string, groups)
	for i := range state {
		state[i] = fmt.Sprintf(`{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-%d", "VpcId": "vpc-1", "Permissions": [%s]}`, i, list[i])
	}
	newBench(b, `{"SecurityGroups": [`+strings.Join(state, ", ")+"]}").calls(b, http.StatusOK, calls...)
}

// BenchmarkHitInBody revokes and adds one rule, with a form.
func BenchmarkHitInBody(b *testing.B) {
	s := newBench(b, benchState(10))
	s.calls(b, http.StatusOK, benchForm("RevokeSecurityGroup", benchHit), benchForm("AuthorizeSecurityGroup", benchHit))
}

// BenchmarkHitAmong revokes rules among others. It adds them again untimed, by loading
// the state, since quotas forbid to add to a group of so many rules.
func BenchmarkHitAmong(b *testing.B) {
	const revoked = 20_000
	for _, size := range []struct{ groups, rules int }{{1, 10}, {1, 1_000}, {1, 100_000}, {1_000, 10}, {100_000, 10}} {
		b.Run(fmt.Sprintf("groups=%d/rules=%d", size.groups, size.rules), func(b *testing.B) {
			state := benchWorld(size.groups, size.rules, revoked)
			s := newBench(b, state)
			r := benchQuery("RevokeSecurityGroup", "")()
			queries := make([]string, revoked)
			for i := range queries {
				queries[i] = fmt.Sprintf("%s&IpProtocol=tcp&PortRange=%d/%d&SourceCidrIp=192.0.2.1", r.URL.RawQuery, i+1, i+1)
			}
			for i := 0; b.Loop(); i++ {
				if i == revoked {
					b.StopTimer()
					s.call(b, http.StatusOK, httptest.NewRequest(http.MethodPut, "http://127.0.0.1/_mock/state", strings.NewReader(state)))
					i = 0
					b.StartTimer()
				}
				r.URL.RawQuery = queries[i]
				s.call(b, http.StatusOK, r)
			}
		})
	}
}

// BenchmarkMiss revokes a rule that does not exist, and finds the nearest.
func BenchmarkMiss(b *testing.B) {
	for _, rules := range []int{10, 100_000} {
		b.Run(fmt.Sprintf("rules=%d", rules), func(b *testing.B) {
			s := newBench(b, benchState(rules))
			s.calls(b, http.StatusForbidden, benchQuery("RevokeSecurityGroup", strings.Replace(benchHit, "tcp", "udp", 1)+"&Priority=7"))
		})
	}
}

// BenchmarkBadPortRange makes a call that is refused for its parameters.
func BenchmarkBadPortRange(b *testing.B) {
	s := newBench(b, benchState(10))
	s.calls(b, http.StatusBadRequest, benchQuery("RevokeSecurityGroup", strings.Replace(benchHit, "PortRange=1/", "PortRange=9/", 1)))
}

// BenchmarkHundredPermissions adds and revokes a hundred rules, with one call each.
func BenchmarkHundredPermissions(b *testing.B) {
	var list strings.Builder
	for i := 1; i <= 100; i++ {
		fmt.Fprintf(&list, "&Permissions.%d.IpProtocol=tcp&Permissions.%d.PortRange=%d/%d&Permissions.%d.SourceCidrIp=10.0.0.0/8", i, i, i, i, i)
	}
	s := newBench(b, benchState(0))
	s.calls(b, http.StatusOK, benchForm("AuthorizeSecurityGroup", list.String()), benchForm("RevokeSecurityGroup", list.String()))
}

// BenchmarkDescribeHundred describes a hundred rules.
func BenchmarkDescribeHundred(b *testing.B) {
	s := newBench(b, benchState(100))
	s.calls(b, http.StatusOK, benchQuery("DescribeSecurityGroupAttribute", ""))
}

// BenchmarkParallel has 8 clients that add and revoke a rule and 8 that describe a group
// of ten rules, all in one account or each in its own.
func BenchmarkParallel(b *testing.B) {
	const clients = 16
	for _, accounts := range []int{1, clients} {
		b.Run(fmt.Sprintf("accounts=%d", accounts), func(b *testing.B) {
			s := newBench(b, benchAccounts(accounts))
			var count atomic.Int64
			b.SetParallelism(clients / runtime.GOMAXPROCS(0))
			b.RunParallel(func(next *testing.PB) {
				n := int(count.Add(1)) - 1
				own := &benchServer{Server: s.Server, header: http.Header{}}
				calls := benchClient(n, n%accounts)
				for i := 0; next.Next(); i++ {
					own.call(b, http.StatusOK, calls[i%len(calls)])
				}
			})
		})
	}
}

// benchClient is the calls that a client of BenchmarkParallel makes in turn.
func benchClient(n, account int) []*http.Request {
	of := func(action, parameters string) *http.Request {
		r := benchQuery(action, parameters)()
		r.URL.RawQuery = strings.Replace(r.URL.RawQuery, "testid", fmt.Sprintf("%016d", account), 1)
		return r
	}
	if n%2 == 0 {
		return []*http.Request{of("DescribeSecurityGroupAttribute", "")}
	}
	rule := fmt.Sprintf("&IpProtocol=tcp&PortRange=%d/%d&SourceCidrIp=192.0.2.1", n+1, n+1)
	return []*http.Request{of("AuthorizeSecurityGroup", rule), of("RevokeSecurityGroup", rule)}
}

// benchAccounts returns a state with a group of ten rules for each of n accounts.
func benchAccounts(n int) string {
	group := strings.TrimSuffix(strings.TrimPrefix(benchState(10), `{"SecurityGroups": [{`), "]}")
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(`{"AccountId": "%016d", %s`, i, group)
	}
	return `{"SecurityGroups": [` + strings.Join(list, ",") + "]}"
}

const (
	// benchCommon are the parameters that SDKs send with every call.
	benchCommon = "Format=JSON&Version=2014-05-26&AccessKeyId=testid&SignatureMethod=HMAC-SHA1&Timestamp=2030-01-02T03%3A04%3A05Z" +
		"&SignatureVersion=1.0&SignatureNonce=0123456789abcdef&Signature=AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D&RegionId=cn-hangzhou&SecurityGroupId=sg-bench"
	benchHit = "&IpProtocol=tcp&PortRange=1/1&SourceCidrIp=10.0.0.0/8"
)

// benchQuery returns a function that returns a call with all parameters in the query.
func benchQuery(action, parameters string) func() *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/?Action="+action+"&"+benchCommon+parameters, nil)
	return func() *http.Request { return r }
}

func benchForm(action, parameters string) func() *http.Request {
	form := "Action=" + action + "&" + benchCommon + parameters
	body := strings.NewReader(form)
	r := httptest.NewRequest(http.MethodPost, "/", body)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return func() *http.Request {
		body.Reset(form)
		return r
	}
}

// benchServer is a server and the http.ResponseWriter of its answers.
type benchServer struct {
	*server.Server
	header http.Header
	status int
	body   []byte
}

func newBench(tb testing.TB, state string) *benchServer {
	s, err := server.New(server.Options{Seed: []byte(state)})
	if err != nil {
		tb.Fatal(err)
	}
	return &benchServer{Server: s, header: http.Header{}}
}

func (s *benchServer) call(tb testing.TB, status int, r *http.Request) {
	clear(s.header)
	if s.ServeHTTP(s, r); s.status != status {
		tb.Fatalf("status %d, want %d: %s", s.status, status, s.body)
	}
}

// calls makes calls in turn, first until the journal is full.
func (s *benchServer) calls(b *testing.B, status int, calls ...func() *http.Request) {
	for i := range 8192 {
		s.call(b, status, calls[i%len(calls)]())
	}
	for i := 0; b.Loop(); i++ {
		s.call(b, status, calls[i%len(calls)]())
	}
}

func (s *benchServer) Header() http.Header    { return s.header }
func (s *benchServer) WriteHeader(status int) { s.status = status }
func (s *benchServer) Write(p []byte) (int, error) {
	s.body = append(s.body[:0], p...)
	return len(p), nil
}

// benchState returns a state with a group of rules.
func benchState(rules int) string { return benchWorld(1, rules, 0) }

// benchWorld returns a state with a group of rules and those that BenchmarkHitAmong revokes,
// among groups that have none.
func benchWorld(groups, rules, revoked int) string {
	var state strings.Builder
	state.WriteString(`{"SecurityGroups": [`)
	for i := range groups - 1 {
		fmt.Fprintf(&state, `{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-%d", "VpcId": "vpc-1"},`+"\n", i)
	}
	state.WriteString(`{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-bench", "VpcId": "vpc-1", "Permissions": [`)
	comma := ""
	add := func(port int, source string) {
		fmt.Fprintf(&state, `%s{"IpProtocol": "tcp", "PortRange": "%d/%d", "SourceCidrIp": "%s"}`, comma, port, port, source)
		comma = ",\n"
	}
	for i := range rules {
		add(i%60_000+1, fmt.Sprintf("%d.0.0.0/8", 10+i/60_000))
	}
	for i := range revoked {
		add(i+1, "192.0.2.1")
	}
	state.WriteString("]}]}")
	return state.String()
}
