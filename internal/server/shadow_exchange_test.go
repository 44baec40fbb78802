package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// private is a world with names that must not stand in an exchange file.
const private = `{"Accounts": [{"AccountId": "1234567890123456"}],
"SecurityGroups": [
 {"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-bp1secret0000000001", "VpcId": "vpc-bp1secret0000000001", "Permissions": [
  {"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "8.8.4.4"},
  {"IpProtocol": "tcp", "PortRange": "80/80", "SourceGroupId": "sg-bp1secret0000000002", "SourceGroupOwnerAccount": "8765432187654321"},
  {"IpProtocol": "tcp", "PortRange": "81/81", "SourceCidrIp": "10.0.0.0/8"}]},
 {"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-bp1other0000000003", "VpcId": "vpc-bp1secret0000000001"}]}`

// The exchange file of a difference is a test that the service passes and the mock does not. It
// has stand-ins for ids, accounts and public addresses.
func TestExchangeFilesOfDifferences(t *testing.T) {
	mock, service := server.Options{Seed: []byte(private)}, server.Options{Seed: []byte(private), Edition: rpc.Edition2025}
	c := startCouple(t, mock, service)
	const group = "&RegionId=cn-hangzhou&SecurityGroupId=sg-bp1secret0000000001&AccessKeyId=LTAIsecret&Signature=secret&SignatureNonce=secret"
	send(c.service, http.MethodPost, "/_mock/faults", `{"Action": "*", "After": 1, "Times": 3, "Unchecked": true, "Answer": {"More": ["sg-bp1secret0000000009", "1.2.3.4", "2026-01-02T03:04:05Z"]}}`)
	for _, query := range []string{
		"Action=RevokeSecurityGroup&IpProtocol=tcp&PortRange=23/23&SourceCidrIp=8.8.8.8" + group,
		"Action=DescribeSecurityGroupAttribute&Format=JSON" + group,
		"Action=DescribeSecurityGroupAttribute&Format=XML" + group,
		"Action=DescribeSecurityGroups&Format=JSON" + group,
	} {
		get(c.shadow, "/?"+query)
	}
	archive := get(c.shadow, "/_mock/differences?format=exchange").Body
	for _, secret := range []string{"secret", "LTAI", "8.8.8.8", "8.8.4.4", "8765432187654321", "sg-bp1other", "1.2.3.4", "2026-01-02"} {
		assert.NotContains(t, archive, secret)
	}
	assert.Contains(t, archive, "10.0.0.0/8", "a private address tells nothing")
	files := strings.Split(archive, "-- testdata/actions/")[1:]
	require.Len(t, files, 3, archive)
	assert.Contains(t, archive, `"More":["{made1}","{...}","{...}"]`)
	for i, text := range files {
		name, text, _ := strings.Cut(text, " --\n")
		f, err := readText(t, text)
		require.NoError(t, err, text)
		require.Equal(t, []rpc.Edition{rpc.Edition2019}, f.editions, name)
		if i == 0 { // without the fault
			assert.True(t, passes(t, f, rpc.Edition2025), "the service does not pass %s:\n%s", name, text)
		}
		assert.False(t, passes(t, f, rpc.Edition2019), "the mock passes %s:\n%s", name, text)
	}
}

// So is that of each error of an edition that the mock has otherwise, whoever calls.
func TestExchangeFilesOfErrors(t *testing.T) {
	for _, account := range []string{"1234567890123456", "1000000000000009"} {
		c := startCouple(t, server.Options{}, server.Options{Edition: rpc.Edition2025})
		files := 0
		for _, a := range actions() {
			for _, row := range a.Failures {
				steps := a.Steps(row.Try)
				if !row.HoldsIn(rpc.Edition2025) || row.HoldsIn(rpc.Edition2019) || len(steps) != 1 {
					continue
				}
				for _, s := range []*server.Server{c.shadow, c.service} {
					send(s, http.MethodPut, "/_mock/state?account="+account, string(ecs.Demo))
				}
				get(c.shadow, "/?Action="+a.Name+"&Version="+a.Product.Version+"&Format=JSON&AccessKeyId="+account+"&"+steps[0])
				files += checkFiles(t, c.shadow)
				found(t, c.shadow)
			}
		}
		assert.Greater(t, files, 100)
	}
}

// checkFiles proves that the service passes each exchange file, and returns how many there are.
func checkFiles(t *testing.T, s *server.Server) int {
	t.Helper()
	files := strings.Split(get(s, "/_mock/differences?format=exchange").Body, "-- testdata/actions/")[1:]
	for _, file := range files {
		_, text, _ := strings.Cut(file, " --\n")
		f, err := readText(t, text)
		require.NoError(t, err, text)
		assert.True(t, passes(t, f, rpc.Edition2025), text)
	}
	return len(files)
}

// passes reports whether a server of an edition answers the exchange of a file as the file says.
func passes(t *testing.T, f *exchangeFile, edition rpc.Edition) bool {
	t.Helper()
	s := start(t, f.options(edition))
	require.Len(t, f.exchanges, 1)
	got := do(s, f.exchanges[0].request.request(t))
	require.Less(t, got.Status, http.StatusInternalServerError)
	status, err := f.exchanges[0].status()
	require.NoError(t, err)
	want := f.exchanges[0].answer.body
	body := got.Body
	if strings.HasPrefix(body, "<") { // of which a file has the elements alone
		want, body = unwrap(want), unwrap(body)
	}
	return status == got.Status && pattern(want).MatchString(body)
}
