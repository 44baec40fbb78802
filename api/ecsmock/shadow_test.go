package ecsmock_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/api/ecsmock"
)

// A revoke of a rule that is gone is an error in 2019 and a success in 2020.
func TestShadow(t *testing.T) {
	service := ecsmock.Start(t, ecsmock.SeedState(web), ecsmock.Edition(2020))
	srv := ecsmock.Start(t, ecsmock.SeedState(web), ecsmock.Shadow(service.URL))
	assert.Equal(t, service.Endpoint(), srv.Health().Shadow)
	revoke := func() int {
		r, err := http.Get(srv.URL + "/?Action=RevokeSecurityGroup&Format=JSON&RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8")
		require.NoError(t, err)
		r.Body.Close()
		return r.StatusCode
	}
	assert.Equal(t, http.StatusOK, revoke())
	assert.True(t, srv.AgreesWithService(t))
	assert.Equal(t, http.StatusOK, revoke(), "the service answers")
	failed := begin()
	assert.False(t, srv.AgreesWithService(failed))
	assert.Contains(t, failed.output, "differs from "+service.Endpoint())
	assert.Equal(t, []ecsmock.Difference{{
		Id: 1, Product: "Ecs", Action: "RevokeSecurityGroup", Edition: 2019, Kind: "status",
		Service: "200", Mock: "403 InvalidGroupAuthItem.NotFound", Count: 1, Call: 2,
	}}, srv.Differences().Differences)
	srv.LacksRule(t, "sg-web", ecsmock.Permission{IpProtocol: "tcp", PortRange: "22/22", SourceCidrIp: "10.0.0.0/8"})
	srv.ClearDifferences()
	assert.True(t, srv.AgreesWithService(t))
}
