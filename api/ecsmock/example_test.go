package ecsmock_test

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/ecsmock/ecsmock/api/ecsmock"
)

// ssh is a rule that opens the ssh port to the internal network.
var ssh = ecsmock.Permission{IpProtocol: "tcp", PortRange: "22/22", SourceCidrIp: "10.0.0.0/8"}

// web is a state of one group with that rule.
var web = ecsmock.State{SecurityGroups: []ecsmock.SecurityGroup{{
	RegionId: "cn-hangzhou", SecurityGroupId: "sg-web", VpcId: "vpc-1",
	Permissions: []ecsmock.Permission{{SecurityGroupRuleId: "sgr-ssh", IpProtocol: "tcp", PortRange: "22/22", SourceCidrIp: "10.0.0.0/8"}},
}}}

// revoke revokes that rule, as a program under test would.
func revoke(url, group, more string) {
	res, err := http.Get(url + "/?Action=RevokeSecurityGroup&Format=JSON&RegionId=cn-hangzhou&SecurityGroupId=" + group +
		"&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8" + more)
	if err != nil {
		fmt.Println("no answer")
		return
	}
	res.Body.Close()
	fmt.Println(res.Status)
}

// In a test, t is its *testing.T, *testing.B or *testing.F.
func ExampleStart() {
	t := begin()
	defer t.end()

	srv := ecsmock.Start(t, ecsmock.SeedState(web))
	revoke(srv.URL, "sg-web", "&Priority=3") // the rule has Priority 1, the default
	revoke(srv.URL, "sg-web", "")
	srv.LacksRule(t, "sg-web", ssh)
	fmt.Println(srv.Calls("RevokeSecurityGroup")[0])
	// Output:
	// 403 Forbidden
	// 200 OK
	// call 1: RevokeSecurityGroup SecurityGroupId=sg-web IpProtocol=tcp PortRange=22/22 Priority=3 SourceCidrIp=10.0.0.0/8 by 1234567890123456 in cn-hangzhou: 403 InvalidGroupAuthItem.NotFound; nearest is sgr-ssh: Priority is 1, asked 3
}

// Outside tests, close the server yourself.
func ExampleNew() {
	srv, err := ecsmock.New(ecsmock.Seed("demo"), ecsmock.Edition(2025))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer srv.Close()
	fmt.Println(srv.State().SecurityGroups[0].SecurityGroupId)
	// Output: C0003E8B-B930-4F59-ADC0-0E209A9012B0
}

// A seed is a state file, written by hand or saved from /_mock/state.
func ExampleSeed() {
	t := begin()
	defer t.end()

	srv := ecsmock.Start(t, ecsmock.Seed("../../testdata/seeds/web.json"))
	revoke(srv.URL, "sg-web", "")
	fmt.Println(len(srv.State().SecurityGroups[0].Permissions), "rules")
	srv.Reset() // back to the seed
	fmt.Println(len(srv.State().SecurityGroups[0].Permissions), "rules")
	// Output:
	// 200 OK
	// 0 rules
	// 1 rules
}

// Test how a client reacts to throttling.
func ExampleServer_Fail() {
	t := begin()
	defer t.end()

	srv := ecsmock.Start(t, ecsmock.SeedState(web))
	srv.Fail("RevokeSecurityGroup", "Throttling.User", 2)
	for range 3 {
		revoke(srv.URL, "sg-web", "")
	}
	// Output:
	// 400 Bad Request
	// 400 Bad Request
	// 200 OK
}

// A client token makes it safe to repeat a call whose answer was lost.
func ExampleServer_Fault() {
	t := begin()
	defer t.end()

	srv := ecsmock.Start(t, ecsmock.SeedState(web))
	srv.Fault(ecsmock.Fault{Action: "RevokeSecurityGroup", Times: 1, Drop: true, When: "after"})
	revoke(srv.URL, "sg-web", "&ClientToken=once")
	srv.LacksRule(t, "sg-web", ssh)
	revoke(srv.URL, "sg-web", "&ClientToken=once")
	// Output:
	// no answer
	// 200 OK
}

// Parallel tests share one server, each with its own account.
func ExampleServer_NewAccount() {
	t := begin()
	defer t.end()

	srv := ecsmock.Start(t)
	for _, name := range []string{"allows ssh", "allows https"} {
		t.Run(name, func(t *test) {
			t.Parallel()
			account := srv.NewAccount()
			http.Get(srv.URL + "/?Action=CreateSecurityGroup&RegionId=cn-hangzhou&AccessKeyId=" + account.ID)
		})
	}
	t.wait()
	for _, g := range srv.State().SecurityGroups {
		fmt.Println("a group of", g.AccountId)
	}
	// Output:
	// a group of 2000000000000001
	// a group of 2000000000000002
}

// A failure prints the nearest rule, the fields in which it differs, and the last calls.
func ExampleServer_HasRule() {
	t := begin()
	defer t.end()

	srv := ecsmock.Start(t, ecsmock.SeedState(web))
	revoke(srv.URL, "sg-web", "&Priority=3")
	srv.HasRule(t, "sg-web", ssh)
	srv.HasRule(t, "sg-web", ecsmock.Permission{IpProtocol: "tcp", PortRange: "443/443", SourceCidrIp: "10.0.0.0/8"})
	// Output:
	// 403 Forbidden
	// sg-web lacks the rule {"IpProtocol":"tcp","PortRange":"443/443","SourceCidrIp":"10.0.0.0/8"}; nearest is sgr-ssh: PortRange is 22/22, asked 443/443
	// the last calls:
	//   call 1: RevokeSecurityGroup SecurityGroupId=sg-web IpProtocol=tcp PortRange=22/22 Priority=3 SourceCidrIp=10.0.0.0/8 by 1234567890123456 in cn-hangzhou: 403 InvalidGroupAuthItem.NotFound; nearest is sgr-ssh: Priority is 1, asked 3
}

// Ask whether traffic gets through, whatever the rules are that make it so.
func ExampleServer_Reaches() {
	t := begin()
	defer t.end()

	srv := ecsmock.Start(t, ecsmock.SeedState(web))
	srv.Reaches(t, "10.1.2.3", "sg-web", "tcp/22")
	srv.CannotReach(t, "198.51.100.7", "sg-web", "tcp/22")
	revoke(srv.URL, "sg-web", "")
	srv.CannotReach(t, "10.1.2.3", "sg-web", "tcp/22")
	// Output:
	// 200 OK
}

// The answer has the rules that decide and those that lose.
func ExampleServer_Reach() {
	t := begin()
	defer t.end()

	srv := ecsmock.Start(t, ecsmock.Seed("demo"))
	answer := srv.Reach(ecsmock.ReachQuery{From: "anyone", To: "sg-web", Protocol: "tcp", Port: 22})
	fmt.Println(answer.Why)
	// Output:
	// No: rule sgr-web-ssh of sg-web drops tcp 22 from 0.0.0.0/0 at priority 100.
}

// Client tokens expire after 24 hours of the mock's clock.
func ExampleServer_Advance() {
	t := begin()
	defer t.end()

	srv := ecsmock.Start(t, ecsmock.SeedState(web))
	revoke(srv.URL, "sg-web", "&ClientToken=once")
	revoke(srv.URL, "sg-web", "&ClientToken=once") // the first answer again
	srv.Advance(25 * time.Hour)
	revoke(srv.URL, "sg-web", "&ClientToken=once") // the rule is gone
	// Output:
	// 200 OK
	// 200 OK
	// 403 Forbidden
}

// test replaces the *testing.T, which an example does not have, and prints failures.
type test struct {
	mu       sync.Mutex
	cleanups []func()
	subtests sync.WaitGroup
	failed   bool
	output   string
}

func begin() *test { return &test{} }

// end runs the cleanups and prints the output.
func (t *test) end() {
	t.wait()
	t.close()
	fmt.Print(t.output)
}

func (t *test) close() {
	for _, f := range t.cleanups {
		f()
	}
}

func (t *test) wait() { t.subtests.Wait() }

func (t *test) Run(_ string, f func(t *test)) { t.subtests.Go(func() { f(t) }) }

func (t *test) Parallel() {}

func (t *test) Helper() {}

func (t *test) Cleanup(f func()) { t.cleanups = append(t.cleanups, f) }

func (t *test) Failed() bool { return t.failed }

func (t *test) Logf(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.output += fmt.Sprintf(format, args...) + "\n"
}

func (t *test) Errorf(format string, args ...any) {
	t.failed = true
	t.Logf(format, args...)
}

func (t *test) Fatalf(format string, args ...any) { t.Errorf(format, args...) }
