//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	kills    = 100
	families = 5  // each with one file and its mocks
	window   = 20 // how many ports are open at a time
	busy     = 3 * time.Millisecond
)

// stream is a client that opens ports of a group, one after the other, and closes
// them in the same order. A port is two rules, added by one call. So at any moment
// the open ports are consecutive, and a state of one moment shows no gap.
type stream struct {
	oldest, newest int // ports that are open if all calls that were sent succeeded
	opened, closed []moment
}

// moment is the time of the answer about a port.
type moment struct {
	port int
	at   time.Time
}

func (s *stream) call(base, action string, port int) error {
	q := url.Values{"Action": {action}, "RegionId": {"cn-hangzhou"}, "SecurityGroupId": {"sg-1"}}
	for i, protocol := range []string{"tcp", "udp"} {
		rule := fmt.Sprintf("Permissions.%d.", i+1)
		q.Set(rule+"IpProtocol", protocol)
		q.Set(rule+"PortRange", fmt.Sprintf("%d/%d", port, port))
		q.Set(rule+"SourceCidrIp", "10.0.0.0/8")
	}
	answer, err := http.PostForm(base, q)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%d: %s", answer.StatusCode, body)
	}
	return err
}

// run makes calls until one fails because the mock was killed.
func (s *stream) run(base string) error {
	for {
		if s.newest-s.oldest+1 == window {
			s.oldest++
			if err := s.call(base, "RevokeSecurityGroup", s.oldest-1); err != nil {
				return err
			}
			s.closed = append(s.closed, moment{s.oldest - 1, time.Now()})
		}
		s.newest++
		if err := s.call(base, "AuthorizeSecurityGroup", s.newest); err != nil {
			return err
		}
		s.opened = append(s.opened, moment{s.newest, time.Now()})
		time.Sleep(busy)
	}
}

// last returns the last port answered before a time.
func last(answered []moment, before time.Time) (port int) {
	for _, m := range answered {
		if m.at.Before(before) {
			port = m.port
		}
	}
	return port
}

// openPorts returns the ports that are open in the file, each for both protocols.
func openPorts(t *testing.T, path string) (open []int) {
	t.Helper()
	var state struct {
		SecurityGroups []struct {
			SecurityGroupId string
			Permissions     []struct{ IpProtocol, PortRange string }
		}
	}
	text := read(t, path)
	require.NoError(t, json.Unmarshal([]byte(text), &state), "the file is torn: %.200s", text)
	protocols := map[int]string{}
	for _, g := range state.SecurityGroups {
		for _, p := range g.Permissions {
			if g.SecurityGroupId == "sg-1" {
				port := 0
				fmt.Sscanf(p.PortRange, "%d/", &port)
				protocols[port] += p.IpProtocol
			}
		}
	}
	for port, both := range protocols {
		require.Len(t, both, len("TCPUDP"), "port %d is half open", port)
		open = append(open, port)
	}
	slices.Sort(open)
	return open
}

// check checks that the file has the state of one moment, at most a second before
// the kill, and lets the stream continue from there. It returns the age of the oldest
// lost change.
func (s *stream) check(t *testing.T, path string, killed time.Time) (lost time.Duration) {
	t.Helper()
	open := openPorts(t, path)
	require.NotEmpty(t, open)
	oldest, newest := open[0], open[len(open)-1]
	require.Len(t, open, newest-oldest+1, "there is a gap in %v", open)
	require.LessOrEqual(t, len(open), window, "%v", open)
	require.True(t, oldest == 1 || len(open) >= window-1, "%v", open)
	due := killed.Add(-time.Second)
	require.GreaterOrEqual(t, newest, last(s.opened, due), "a change that is older than a second is lost")
	require.Greater(t, oldest, last(s.closed, due), "a change that is older than a second is lost")
	require.LessOrEqual(t, newest, s.newest, "a change that was never made")
	i := slices.IndexFunc(s.opened, func(m moment) bool { return m.port > newest })
	if i >= 0 {
		lost = killed.Sub(s.opened[i].at)
	}
	*s = stream{oldest: oldest, newest: newest}
	return lost
}

// manyRules returns a seed that takes a while to write, so that a kill may come
// during a write.
func manyRules(t *testing.T) string {
	t.Helper()
	var rules []string
	for port := range 2000 {
		rules = append(rules, fmt.Sprintf(`{"IpProtocol": "tcp", "PortRange": "%d/%d", "SourceCidrIp": "10.0.0.0/8"}`, port+1, port+1))
	}
	path := filepath.Join(t.TempDir(), "seed.json")
	require.NoError(t, os.WriteFile(path, []byte(`{"SecurityGroups": [
		{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "VpcId": "vpc-1",
		 "Permissions": [{"IpProtocol": "tcp", "PortRange": "1/1", "SourceCidrIp": "10.0.0.0/8"}, {"IpProtocol": "udp", "PortRange": "1/1", "SourceCidrIp": "10.0.0.0/8"}]},
		{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-2", "VpcId": "vpc-1", "Permissions": [`+strings.Join(rules, ",")+`]}]}`), 0o600))
	return path
}

// kill kills a working mock at a random time; if late, only after a second; if aimed,
// during a write. It returns the time of the kill.
func kill(p *process, late, aimed bool, temp string) time.Time {
	time.Sleep(rand.N(400 * time.Millisecond))
	if late {
		time.Sleep(time.Second)
	}
	for end := time.Now().Add(time.Second); aimed && time.Now().Before(end); time.Sleep(50 * time.Microsecond) {
		if _, err := os.Stat(temp); err == nil {
			time.Sleep(rand.N(2 * time.Millisecond))
			break
		}
	}
	now := time.Now()
	p.Process.Kill()
	return now
}

// runAndKill runs a mock until it is killed, and returns the age of the oldest lost
// change.
func runAndKill(t *testing.T, s *stream, path, seed string, nth int) time.Duration {
	cmd := withState(path, "ECSMOCK_SEED="+seed)
	if nth%5 == 4 { // while it starts
		require.NoError(t, cmd.Start())
		time.Sleep(rand.N(150 * time.Millisecond))
		cmd.Process.Kill()
		cmd.Wait()
		return s.check(t, path, time.Time{})
	}
	p := boot(t, cmd)
	killed := make(chan time.Time, 1)
	go func() { killed <- kill(p, nth%4 == 0, nth%2 == 1, path+".tmp") }()
	err := s.run(p.url)
	at := <-killed
	p.end(t)
	require.Equal(t, "signal: killed", p.ProcessState.String(), "%v\n%s", err, p.log)
	require.NotContains(t, p.log.String(), notKept)
	return s.check(t, path, at)
}

func TestKill(t *testing.T) {
	onlyForSafety(t)
	each := kills / families
	seed := manyRules(t)
	var torn, lost atomic.Int64
	t.Run("families", func(t *testing.T) {
		for i := range families {
			t.Run(strconv.Itoa(i), func(t *testing.T) {
				t.Parallel()
				path := filepath.Join(t.TempDir(), "state.json")
				s := &stream{oldest: 1, newest: 1}
				for nth := range each {
					if age := int64(runAndKill(t, s, path, seed, nth)); age > lost.Load() {
						lost.Store(age) // a race between families only changes the log
					}
					if _, err := os.Stat(path + ".tmp"); err == nil {
						torn.Add(1)
					}
				}
				assert.Greater(t, s.newest, window, "the stream made calls")
				boot(t, withState(path))
			})
		}
	})
	t.Logf("%d kills, %d of them during a write; the oldest lost change was %s old",
		each*families, torn.Load(), time.Duration(lost.Load()))
}

func TestAFileIsFreeAfterAKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	p := boot(t, withState(path))
	out, err := withState(path).CombinedOutput()
	assert.ErrorContains(t, err, "exit status 1")
	assert.Contains(t, string(out), "ecsmock: the state file "+path+" is in use by another server; stop that one, or give this one another file\n")
	require.NoError(t, p.Process.Kill())
	p.end(t)
	boot(t, withState(path))
}

// withState returns the program with a state file.
func withState(path string, env ...string) *exec.Cmd {
	return programWith(append(env, "ECSMOCK_LOG=text", "ECSMOCK_STATE="+path)...)
}

// onlyForSafety skips a test that make safety runs.
func onlyForSafety(t *testing.T) {
	t.Helper()
	if os.Getenv("SAFETY") == "" {
		t.Skip("make safety runs this test; SAFETY=1 does so here")
	}
}
