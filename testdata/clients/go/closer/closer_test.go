package closer_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"

	"github.com/ecsmock/ecsmock/api/ecsmock"
	"github.com/ecsmock/ecsmock/testdata/clients/go/closer"
)

// srv is one server for all tests. Each test has an account of its own on it.
var srv *ecsmock.Server

func TestMain(m *testing.M) {
	var err error
	if srv, err = ecsmock.New(ecsmock.Signatures("require")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	ecs.GetEndpointMap() // the SDK fills this map without a lock when it is first used
	code := m.Run()
	srv.Close()
	os.Exit(code)
}

var (
	ssh    = ecsmock.Permission{IpProtocol: "tcp", PortRange: "22/22", SourceCidrIp: "0.0.0.0/0"}
	inside = ecsmock.Permission{IpProtocol: "tcp", PortRange: "22/22", SourceCidrIp: "10.0.0.0/8"}
	https  = ecsmock.Permission{IpProtocol: "tcp", PortRange: "443/443", SourceCidrIp: "0.0.0.0/0"}
)

// groups returns a state with some groups that have the same rules.
func groups(n int, rules ...ecsmock.Permission) ecsmock.State {
	var s ecsmock.State
	for i := range n {
		s.SecurityGroups = append(s.SecurityGroups, ecsmock.SecurityGroup{
			RegionId: "cn-hangzhou", SecurityGroupId: fmt.Sprintf("sg-%d", i), VpcId: "vpc-1", Permissions: rules,
		})
	}
	return s
}

func closerOf(t *testing.T, account *ecsmock.Server) *closer.Closer {
	t.Helper()
	client, err := ecs.NewClientWithAccessKey("cn-hangzhou", account.AccessKeyID, account.AccessKeySecret)
	if err != nil {
		t.Fatal(err)
	}
	client.Domain = account.Endpoint()
	client.GetConfig().WithScheme("HTTP")
	return &closer.Closer{Client: client, Port: 22, Attempts: 3}
}

func TestClose(t *testing.T) {
	for name, c := range map[string]struct {
		world   ecsmock.State
		fault   ecsmock.Fault
		changed int
		fails   bool
	}{
		"no group":               {},
		"nothing open":           {world: groups(3, inside, https)},
		"one group":              {world: groups(1, ssh, inside, https), changed: 1},
		"two pages of groups":    {world: groups(51, ssh, https), changed: 51},
		"throttled twice":        {world: groups(2, ssh, inside), changed: 2, fault: ecsmock.Fault{Action: "RevokeSecurityGroup", Code: "Throttling.User", Times: 2}},
		"throttled for too long": {world: groups(1, ssh), fails: true, fault: ecsmock.Fault{Action: "RevokeSecurityGroup", Code: "Throttling.User", Times: 3}},
		"an answer that is lost": {world: groups(1, ssh), fails: true, fault: ecsmock.Fault{Action: "RevokeSecurityGroup", Code: "InternalError", Times: 1, When: "after"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mine := srv.For(t)
			mine.Add(c.world)
			if c.fault.Action != "" {
				mine.Fault(c.fault)
			}
			changed, err := closerOf(t, mine).Close()
			if (err != nil) != c.fails {
				t.Fatalf("err is %v, want an error: %t", err, c.fails)
			}
			if len(changed) != c.changed {
				t.Errorf("changed %d groups, want %d", len(changed), c.changed)
			}
			if c.fault.Code == "Throttling.User" && c.fails {
				mine.HasRule(t, "sg-0", ssh)
				return
			}
			for _, g := range mine.State().SecurityGroups {
				mine.LacksRule(t, g.SecurityGroupId, ssh)
				if len(g.Permissions) > 0 {
					mine.HasRule(t, g.SecurityGroupId, g.Permissions[0])
				}
			}
			if c.changed == 0 && !c.fails {
				mine.WasNotCalled(t, "RevokeSecurityGroup")
			}
			mine.WasNotCalled(t, "DeleteSecurityGroup")
		})
	}
}
