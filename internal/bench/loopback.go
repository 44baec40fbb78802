package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/ecsmock/ecsmock/internal/sign"
)

const (
	pairs     = 11
	callsARun = 16_000
	rules     = 1_000
	groups    = 16
)

// serveBare answers every request with the bytes that the mock answers a hit with.
func serveBare() error {
	debug.SetGCPercent(125)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("listening on http://%s\n", l.Addr())
	body := []byte(`{"RequestId":"CEF72CEB-54B6-4AE8-B225-F876FF7BA984"}`)
	return http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json;charset=utf-8")
		w.Header().Set("X-Acs-Request-Id", "CEF72CEB-54B6-4AE8-B225-F876FF7BA984")
		w.Write(body)
	}))
}

// A process is a running server.
type process struct {
	*exec.Cmd
	address string
}

func start(program string, args ...string) (*process, error) {
	cmd := exec.Command(program, args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	return &process{cmd, strings.TrimPrefix(strings.TrimSpace(line), "listening on http://")}, err
}

func (p *process) stop() {
	p.Process.Signal(syscall.SIGTERM)
	p.Wait()
}

// cpu returns the processor time that the process has used. Linux counts it in
// hundredths of a second.
func (p *process) cpu() time.Duration {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.Process.Pid))
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// resident returns the memory that the process uses, in MiB.
func (p *process) resident() float64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	_, rest, _ := strings.Cut(string(text), "VmRSS:")
	kib, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	return kib / 1024
}

// overLoopback returns the figures of the program.
func overLoopback(program, dir string) ([]figure, error) {
	seed := filepath.Join(dir, "seed.json")
	if err := os.WriteFile(seed, []byte(seedState()), 0o644); err != nil {
		return nil, err
	}
	var figures []figure
	for _, way := range []struct {
		what        string
		connections int
		signatures  string
		rate, cpu   float64
	}{
		{"4 connections", 4, "off", 0.65, 1.8},
		{"16 connections", 16, "off", 0.6, 0},
		{"4 connections, `-signatures require`", 4, "require", 0.5, 0},
	} {
		rate, cpu, err := compare(program, seed, way.connections, way.signatures)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", way.what, err)
		}
		figures = append(figures, figure{what: way.what + ": calls a second, ratio to bare", value: rate, budget: way.rate, atLeast: true},
			figure{what: way.what + ": processor time a call, ratio to bare", value: cpu, budget: way.cpu})
	}
	started, err := starts(program)
	if err != nil {
		return nil, err
	}
	mock, err := start(program, "-addr", "127.0.0.1:0", "-log", "off", "-seed", seed)
	if err != nil {
		return nil, err
	}
	defer mock.stop()
	if _, err := send(mock.address, 4, 200_000, false); err != nil {
		return nil, err
	}
	return append(append(figures, started...), figure{what: "memory after 200,000 calls", value: mock.resident(), unit: "MiB", budget: 32}), nil
}

// compare returns the mock's calls a second and processor time a call, as ratios to
// those of the bare server.
func compare(program, seed string, connections int, signatures string) (rate, cpu float64, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, 0, err
	}
	bare, err := start(self, "bare")
	if err != nil {
		return 0, 0, err
	}
	defer bare.stop()
	mock, err := start(program, "-addr", "127.0.0.1:0", "-log", "off", "-seed", seed, "-signatures", signatures)
	if err != nil {
		return 0, 0, err
	}
	defer mock.stop()
	ratios, both := make([]float64, pairs), []*process{mock, bare}
	for i := range ratios {
		took := map[*process]time.Duration{}
		for _, p := range both {
			if took[p], err = send(p.address, connections, callsARun, signatures == "require"); err != nil {
				return 0, 0, err
			}
		}
		ratios[i] = float64(took[bare]) / float64(took[mock])
		slices.Reverse(both)
	}
	return median(ratios), float64(mock.cpu()) / float64(bare.cpu()), nil
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// send makes calls over several connections at once, and returns how long they took.
func send(address string, connections, calls int, signed bool) (time.Duration, error) {
	failed := make(chan error, connections)
	ready, goes := sync.WaitGroup{}, make(chan struct{})
	for c := range connections {
		ready.Add(1)
		go func() {
			requests := make([][]byte, calls/connections)
			for i := range requests {
				if cycle := 2 * (rules / connections); i >= cycle && !signed {
					requests[i] = requests[i-cycle]
				} else {
					requests[i] = request(i, c, connections, signed)
				}
			}
			ready.Done()
			<-goes
			failed <- exchange(address, requests)
		}()
	}
	ready.Wait()
	began := time.Now()
	close(goes)
	for range connections {
		if err := <-failed; err != nil {
			return 0, err
		}
	}
	return time.Since(began), nil
}

// exchange sends requests one after the other. All answers have one length. It avoids
// net/http, whose cost would be taken from the server on the same cores.
func exchange(address string, requests [][]byte) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	answer := make([]byte, 4096)
	for i, r := range requests {
		if _, err := conn.Write(r); err != nil {
			return err
		}
		if i == 0 {
			n, err := conn.Read(answer)
			if err != nil {
				return err
			}
			answer = answer[:n]
		} else if _, err := io.ReadFull(conn, answer); err != nil {
			return err
		}
		if !bytes.HasPrefix(answer, []byte("HTTP/1.1 200 OK\r\n")) {
			return fmt.Errorf("call %d was answered by %q", i, answer)
		}
	}
	return nil
}

// request returns a call of a connection: it revokes one of its rules if n is even,
// and adds it again if n is odd.
func request(n, connection, connections int, signed bool) []byte {
	action := "RevokeSecurityGroup"
	if n%2 == 1 {
		action = "AuthorizeSecurityGroup"
	}
	var query []sign.Pair
	now := time.Now().UTC()
	for _, p := range append([][2]string{
		{"Action", action}, {"Format", "JSON"}, {"Version", "2014-05-26"}, {"AccessKeyId", "testid"},
		{"SignatureMethod", "HMAC-SHA1"}, {"SignatureVersion", "1.0"}, {"SignatureType", ""},
		{"SignatureNonce", fmt.Sprintf("%x-%d-%d", now.UnixNano(), connection, n)},
		{"Timestamp", now.Format("2006-01-02T15:04:05Z")}, {"RegionId", "cn-hangzhou"},
	}, rule(connection+connections*(n/2%(rules/connections)))...) {
		query = append(query, sign.Pair{Name: p[0], Value: p[1]})
	}
	signature := "AAAAAAAAAAAAAAAAAAAAAAAAAAA="
	if signed {
		signature, _ = (&sign.V1{Method: "GET", Query: query}).Sign("testsecret") // fails for an unknown algorithm only
	}
	var b bytes.Buffer
	b.WriteString("GET /?Signature=" + url.QueryEscape(signature))
	for _, p := range query {
		b.WriteString("&" + p.Name + "=" + url.QueryEscape(p.Value))
	}
	b.WriteString(" HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\nAccept: application/json\r\n\r\n")
	return b.Bytes()
}

// rule returns the parameters of a rule. No two are alike.
func rule(i int) [][2]string {
	return [][2]string{
		{"SecurityGroupId", fmt.Sprintf("sg-%d", i%groups)}, {"IpProtocol", []string{"tcp", "udp"}[i%2]}, {"PortRange", fmt.Sprintf("%d/%d", i+1, i+9)},
		{"SourceCidrIp", fmt.Sprintf("10.%d.%d.0/24", i>>8, i&255)}, {"Policy", "accept"}, {"Priority", strconv.Itoa(i%100 + 1)},
	}
}

// seedState returns a state with all rules.
func seedState() string {
	list := make([][]string, groups)
	for i := range rules {
		var fields []string
		for _, p := range rule(i)[1:] {
			fields = append(fields, fmt.Sprintf("%q: %q", p[0], p[1]))
		}
		list[i%groups] = append(list[i%groups], "{"+strings.Join(fields, ", ")+"}")
	}
	state := make([]string, groups)
	for i := range state {
		state[i] = fmt.Sprintf(`{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-%d", "VpcId": "vpc-1", "Permissions": [%s]}`, i, strings.Join(list[i], ", "))
	}
	return `{"SecurityGroups": [` + strings.Join(state, ", ") + "]}"
}
