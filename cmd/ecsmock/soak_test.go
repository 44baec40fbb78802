//go:build linux

package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/sign"
)

const (
	soakers  = 8  // clients, each with its own connection
	readings = 10 // of the memory, spread over the calls
)

// soaker is a client that makes calls of every kind, which together leave the world
// unchanged.
type soaker struct {
	addr    string
	name    int
	conn    net.Conn
	answers *bufio.Reader
	calls   int
	codes   map[string]int // answers by status
}

// round makes one signed call of each kind: it adds a rule with a client token, repeats
// the call, revokes the rule, makes calls that are refused, and uses a new account.
func (s *soaker) round(n int) error {
	rule := fmt.Sprintf("&RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=udp&PortRange=1/%d&SourceCidrIp=10.0.0.0/8", n%60000+1)
	full := rule + "&Priority=" + strconv.Itoa(s.name+1)
	token := fmt.Sprintf("&ClientToken=soak-%d-%d", s.name, n)
	for _, query := range []string{
		"Action=AuthorizeSecurityGroup" + full + token,
		"Action=AuthorizeSecurityGroup" + full + token,
		"Action=DescribeSecurityGroupAttribute&Format=JSON&RegionId=cn-hangzhou&SecurityGroupId=sg-web",
		"Action=RevokeSecurityGroup" + full,
		"Action=RevokeSecurityGroup&Priority=99" + rule,
		"Action=RevokeSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-web",
		"Action=DescribeSecurityGroups&RegionId=cn-hangzhou&AccessKeyId=" + fmt.Sprintf("%016d", s.name*1_000_000_000+n),
		"Action=Nothing" + strconv.Itoa(n),
		"Action=RevokeSecurityGroup&RegionId=%zz",
	} {
		if err := s.call("GET", "/?"+s.signed(query), ""); err != nil {
			return err
		}
	}
	return s.control(n)
}

// signed returns a query with a signature, if it can be signed.
func (s *soaker) signed(query string) string {
	params, err := url.ParseQuery(query)
	if err != nil {
		return query
	}
	if !params.Has("AccessKeyId") {
		params.Set("AccessKeyId", "testid")
	}
	params.Set("Timestamp", sign.FormatTimestamp(time.Now()))
	params.Set("SignatureNonce", fmt.Sprintf("%d-%d", s.name, s.calls))
	params.Set("SignatureMethod", "HMAC-SHA1")
	params.Set("SignatureVersion", "1.0")
	call := &sign.V1{Method: http.MethodGet}
	for name := range params {
		call.Query = append(call.Query, sign.Pair{Name: name, Value: params.Get(name)})
	}
	signature, _ := call.Sign("testsecret")
	params.Set("Signature", signature)
	return params.Encode()
}

// control does in every hundredth round what tests do now and then: it adds a fault and
// uses it up, reads the state and the journal, and reconnects.
func (s *soaker) control(n int) error {
	if n%100 != 0 {
		return nil
	}
	fault := `{"Action": "DescribeZones", "AccountId": "` + fmt.Sprintf("%016d", 9_000_000_000+s.name) + `", "Code": "Throttling.User", "Times": 1}`
	for _, c := range [][3]string{
		{"POST", "/_mock/faults", fault},
		{"GET", "/?" + s.signed(fmt.Sprintf("Action=DescribeZones&RegionId=cn-hangzhou&AccessKeyId=%016d", 9_000_000_000+s.name)), ""},
		{"GET", "/_mock/state", ""},
		{"GET", "/_mock/journal?action=Nothing" + strconv.Itoa(n), ""},
	} {
		if err := s.call(c[0], c[1], c[2]); err != nil {
			return err
		}
	}
	s.conn.Close() // the next call opens a new one
	s.conn = nil
	return nil
}

func (s *soaker) call(method, path, body string) error {
	if s.conn == nil {
		conn, err := net.Dial("tcp", s.addr)
		if err != nil {
			return err
		}
		s.conn, s.answers = conn, bufio.NewReader(conn)
	}
	if _, err := fmt.Fprintf(s.conn, "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n%s", method, path, s.addr, len(body), body); err != nil {
		return err
	}
	answer, err := http.ReadResponse(s.answers, nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	s.calls++
	s.codes[strconv.Itoa(answer.StatusCode)]++
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}

// resident returns the memory that a process uses, in KiB.
func resident(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	require.NoError(t, err)
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kib, err := strconv.Atoi(strings.Fields(rest)[0])
	require.NoError(t, err)
	return kib
}

// The memory of a mock is bounded: it does not grow between half of the calls and all.
func TestSoak(t *testing.T) {
	onlyForSafety(t)
	total, err := strconv.Atoi(cmp.Or(os.Getenv("CALLS"), "1000000"))
	require.NoError(t, err)
	t.Setenv("ECSMOCK_SIGNATURES", "require")
	p := launch(t)
	_, before := get(t, p.url+"/_mock/state")
	memory := []int{resident(t, p.Process.Pid)}
	clients := make([]*soaker, soakers)
	for i := range clients {
		clients[i] = &soaker{addr: strings.TrimPrefix(p.url, "http://"), name: i, codes: map[string]int{}}
	}
	var n atomic.Int64
	for reading := range readings {
		until := int64(total / 9 / readings * (reading + 1)) // a round has nine calls
		var all sync.WaitGroup
		for _, c := range clients {
			all.Go(func() {
				for i := n.Add(1); i <= until; i = n.Add(1) {
					if !assert.NoError(t, c.round(int(i))) {
						return
					}
				}
			})
		}
		all.Wait()
		n.Store(until)
		memory = append(memory, resident(t, p.Process.Pid))
		t.Logf("%7d rounds: %d MiB", until, memory[reading+1]>>10)
	}
	_, after := get(t, p.url+"/_mock/state")
	assert.Equal(t, before, after, "each added rule was revoked")
	calls, codes := 0, map[string]int{}
	for _, c := range clients {
		calls += c.calls
		for code, times := range c.codes {
			codes[code] += times
		}
	}
	assert.Equal(t, []string{"200", "400", "403", "404"}, slices.Sorted(maps.Keys(codes)))
	warm := slices.Max(memory[:readings/2+1])
	assert.LessOrEqual(t, slices.Max(memory[readings/2+1:]), warm*5/4, "memory grows: %v KiB", memory)
	t.Logf("soak: %d calls by %d clients, answered %v; memory %.1f MiB before, %.1f MiB after half, %.1f MiB after all",
		calls, soakers, codes, float64(memory[0])/1024, float64(memory[readings/2])/1024, float64(memory[readings])/1024)
}
