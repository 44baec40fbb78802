package ecsmock_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/api/ecsmock"
)

// get returns the status and the body of a URL.
func get(t testing.TB, url string) (status int, body string) {
	t.Helper()
	res, err := http.Get(url)
	require.NoError(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res.StatusCode, string(text)
}

const regions = "/?Action=DescribeRegions&Format=JSON"

// README shows this test.
func TestRevoke(t *testing.T) {
	srv := ecsmock.Start(t, ecsmock.Seed("../../testdata/seeds/web.json"))
	ssh := ecsmock.Permission{IpProtocol: "tcp", PortRange: "22/22", SourceCidrIp: "10.0.0.0/8"}
	srv.HasRule(t, "sg-web", ssh)

	closeSSH(t, srv.URL) // the program under test, pointed at srv.Endpoint()

	srv.LacksRule(t, "sg-web", ssh)
	srv.WasCalled(t, "RevokeSecurityGroup", "SecurityGroupId=sg-web")
}

func closeSSH(t *testing.T, url string) {
	t.Helper()
	res, err := http.Get(url + "/?Action=RevokeSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8")
	require.NoError(t, err)
	res.Body.Close()
}

func TestStart(t *testing.T) {
	srv := ecsmock.Start(t)
	assert.Equal(t, "http://"+srv.Endpoint(), srv.URL)
	assert.True(t, strings.HasPrefix(srv.URL, "http://127.0.0.1:"), srv.URL)
	assert.Equal(t, "testid testsecret", srv.AccessKeyID+" "+srv.AccessKeySecret)
	assert.Equal(t, ecsmock.State{Version: 1}, srv.State())
	status, body := get(t, srv.URL+regions)
	assert.Equal(t, http.StatusOK, status, body)
}

func TestStartClosesWithTheTest(t *testing.T) {
	var srv *ecsmock.Server
	t.Run("inner", func(t *testing.T) {
		srv = ecsmock.Start(t)
		get(t, srv.URL+regions)
	})
	_, err := http.Get(srv.URL + regions)
	assert.Error(t, err)
}

// After Close the port is closed, but the state and the calls can be read.
func TestUseAfterClose(t *testing.T) {
	srv, err := ecsmock.New(ecsmock.SeedState(web))
	require.NoError(t, err)
	revoke := srv.URL + "/?Action=RevokeSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8"
	get(t, revoke)
	srv.Close()
	srv.Close()
	_, err = http.Get(revoke)
	assert.Error(t, err)
	srv.WasCalled(t, "RevokeSecurityGroup", "PortRange=22/22")
	srv.LacksRule(t, "sg-web", ssh)
	srv.Load(web)
	srv.HasRule(t, "sg-web", ssh)
	srv.Advance(time.Hour)
	srv.Reset()
	assert.Empty(t, srv.Calls("*"))
}

func TestCloseDoesNotWaitForDelays(t *testing.T) {
	srv, err := ecsmock.New()
	require.NoError(t, err)
	srv.Delay("*", 10*time.Minute)
	var client sync.WaitGroup
	client.Go(func() {
		if res, err := http.Get(srv.URL + regions); err == nil {
			res.Body.Close()
		}
	})
	for srv.Faults()[0].Acted == 0 {
		time.Sleep(time.Millisecond)
	}
	srv.Close()
	client.Wait()
}

func TestServersInParallel(t *testing.T) {
	for i := range 16 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			srv := ecsmock.Start(t)
			for range i {
				get(t, srv.URL+regions)
			}
			assert.Len(t, srv.Calls("DescribeRegions"), i)
		})
	}
}

func TestAccountsInParallel(t *testing.T) {
	srv := ecsmock.Start(t, ecsmock.Signatures("warn"))
	var mu sync.Mutex
	seen := map[string]bool{}
	t.Run("all", func(t *testing.T) {
		for range 8 {
			t.Run("one", func(t *testing.T) {
				t.Parallel()
				account := srv.NewAccount()
				assert.Regexp(t, "^[0-9]{16}$", account.ID)
				assert.Equal(t, []string{account.ID, "testsecret"}, []string{account.AccountID, account.Secret})
				mu.Lock()
				assert.False(t, seen[account.ID])
				seen[account.ID] = true
				mu.Unlock()
				get(t, srv.URL+"/?Action=CreateSecurityGroup&RegionId=cn-hangzhou&AccessKeyId="+account.ID)
				_, body := get(t, srv.URL+"/?Action=DescribeSecurityGroups&Format=JSON&RegionId=cn-hangzhou&AccessKeyId="+account.ID)
				assert.Contains(t, body, `"TotalCount":1`)
			})
		}
	})
	assert.Len(t, srv.State().SecurityGroups, 8)
}

func TestOneServerForAll(t *testing.T) {
	srv := ecsmock.Start(t, ecsmock.SeedState(web))
	var all sync.WaitGroup
	for _, use := range []func(){
		func() { srv.State() }, func() { srv.Load(web) }, func() { srv.Reset() }, func() { srv.Calls("*") },
		func() { srv.Fail("*", "Throttling", 1) }, func() { srv.ClearFaults() }, func() { srv.Advance(time.Second) },
		func() { srv.Client() }, func() { srv.NewAccount() }, func() { srv.HasRule(t, "sg-web", ssh) },
		func() { get(t, srv.URL+regions) },
	} {
		all.Go(func() {
			for range 20 {
				use()
			}
		})
	}
	all.Wait()
}

func TestClient(t *testing.T) {
	srv := ecsmock.Start(t)
	secure := strings.Replace(srv.URL, "http:", "https:", 1)
	res, err := srv.Client().Get(secure + regions)
	require.NoError(t, err)
	res.Body.Close()
	assert.Equal(t, 2, res.ProtoMajor)
	assert.Same(t, srv.Client(), srv.Client())
	_, err = http.Get(secure + regions)
	assert.ErrorContains(t, err, "certificate")
	_, pem := get(t, srv.URL+"/_mock/ca.pem")
	assert.Equal(t, pem, string(srv.CAPEM()))
}

func TestClock(t *testing.T) {
	srv, noon := ecsmock.Start(t), time.Date(2030, 1, 2, 12, 0, 0, 0, time.UTC)
	srv.Freeze(noon)
	assert.Equal(t, noon, srv.Now())
	srv.Advance(-90 * time.Minute)
	assert.Equal(t, noon.Add(-90*time.Minute), srv.Now())
	srv.SetTime(noon.In(time.FixedZone("", 3600)))
	assert.WithinRange(t, srv.Now(), noon, noon.Add(time.Minute))
	assert.NotEqual(t, srv.Now(), srv.Now(), "the clock runs")
}

func BenchmarkUseInABenchmark(b *testing.B) {
	srv := ecsmock.Start(b)
	for b.Loop() {
		get(b, srv.URL+regions)
	}
}

// A server can be used in the fuzz target and around it.
func FuzzUseInAFuzzTest(f *testing.F) {
	srv := ecsmock.Start(f, ecsmock.SeedState(web))
	f.Add("tcp")
	f.Fuzz(func(t *testing.T, protocol string) {
		srv.Reset()
		get(t, srv.URL+regions)
		assert.Len(t, srv.Calls("*"), 1)
		srv.HasRule(t, "sg-web", ssh)
	})
}

// BenchmarkStart measures the time from the start to the first answer.
func BenchmarkStart(b *testing.B) {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for b.Loop() {
		srv, err := ecsmock.New()
		require.NoError(b, err)
		res, err := client.Get(srv.URL + regions)
		require.NoError(b, err)
		res.Body.Close()
		b.StopTimer()
		srv.Close()
		b.StartTimer()
	}
}

// BenchmarkHasRule measures an assertion among few rules and many, which should cost
// the same.
func BenchmarkHasRule(b *testing.B) {
	for _, rules := range []int{10, 20_000} {
		group := ecsmock.SecurityGroup{RegionId: "cn-hangzhou", SecurityGroupId: "sg-web", VpcId: "vpc-1"}
		for i := range rules {
			rule := ssh
			rule.PortRange = fmt.Sprintf("%d/%d", i+1, i+1)
			group.Permissions = append(group.Permissions, rule)
		}
		rule := group.Permissions[rules/2]
		b.Run(fmt.Sprintf("rules=%d", rules), func(b *testing.B) {
			srv := ecsmock.Start(b, ecsmock.SeedState(ecsmock.State{SecurityGroups: []ecsmock.SecurityGroup{group}}))
			for b.Loop() {
				srv.HasRule(b, "sg-web", rule)
			}
		})
	}
}
