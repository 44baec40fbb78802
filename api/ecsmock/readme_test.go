package ecsmock_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/api/ecsmock"
)

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

// The README's Go test is the one above.
func TestTheReadmeShowsATestThatRuns(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	this, err := os.ReadFile("readme_test.go")
	require.NoError(t, err)
	_, test, _ := strings.Cut(string(this), "func TestRevoke")
	test, _, _ = strings.Cut(test, "\n}\n")
	assert.Contains(t, strings.ReplaceAll(string(readme), `"testdata/web.json"`, `"../../testdata/seeds/web.json"`), "func TestRevoke"+test)
}
