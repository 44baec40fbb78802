package ecsmock_test

import (
	"bytes"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/api/ecsmock"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/sign"
)

var _ = []ecsmock.TB{(*testing.T)(nil), (*testing.B)(nil), (*testing.F)(nil), testing.TB(nil)}

// A mistake ends the test and changes nothing.
func TestMistakes(t *testing.T) {
	for want, do := range map[string]func(*ecsmock.Server){
		"Load: SecurityGroups[0].RegionId: there is no such region; did you mean cn-hangzhou?": func(s *ecsmock.Server) {
			s.Load(ecsmock.State{SecurityGroups: []ecsmock.SecurityGroup{{RegionId: "cn-hangzou", SecurityGroupId: "sg-1"}}})
		},
		"Load: Version: the version of the form is 1; a newer one needs a newer program": func(s *ecsmock.Server) { s.Load(ecsmock.State{Version: 2}) },
		`Fail: Action: the mock has no action "RevokeSecurityGruop"; did you mean RevokeSecurityGroup?`: func(s *ecsmock.Server) {
			s.Fail("RevokeSecurityGruop", "Throttling", 1)
		},
		"Fail: Times: must not be negative, got -1":                                     func(s *ecsmock.Server) { s.Fail("*", "Throttling", -1) },
		"Delay: DelayMs: must be at most 600000 (ten minutes), got 3600000":             func(s *ecsmock.Server) { s.Delay("*", time.Hour) },
		"Fault: Drop: a dropped connection has no answer; leave out Code or Drop":       func(s *ecsmock.Server) { s.Fault(ecsmock.Fault{Action: "*", Code: "Throttling", Drop: true}) },
		"Fault: Action: is required; give the name of an action, or * for every action": func(s *ecsmock.Server) { s.Fault(ecsmock.Fault{Drop: true}) },
		`Reach: direction is ingress or egress, got "inward"; leave it out to ask for both`: func(s *ecsmock.Server) {
			s.Reach(ecsmock.ReachQuery{From: "anyone", To: "sg-web", Protocol: "gre", Direction: "inward"})
		},
		"SetTime: the year must be 1970 to 2199, got 1":   func(s *ecsmock.Server) { s.SetTime(time.Time{}) },
		"Freeze: the year must be 1970 to 2199, got 2200": func(s *ecsmock.Server) { s.Freeze(time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)) },
	} {
		inner := begin()
		srv := ecsmock.Start(inner, ecsmock.SeedState(web))
		before := srv.State()
		do(srv)
		assert.True(t, inner.Failed())
		assert.Contains(t, inner.output, want)
		assert.Equal(t, before, srv.State())
		assert.Empty(t, srv.Faults())
		inner.close()

		alone, err := ecsmock.New()
		require.NoError(t, err)
		assert.Panics(t, func() { do(alone) }, "outside tests")
		alone.Close()
	}
}

func TestLatest(t *testing.T) { assert.EqualValues(t, rpc.Latest(), ecsmock.Latest) }

func TestInvalidOptions(t *testing.T) {
	for want, option := range map[string]ecsmock.Option{
		" got 2021":                        ecsmock.Edition(2021),
		`VPCs is any or known, got "some"`: ecsmock.VPCs("some"),
		`Settle is not negative, got -1s`:  ecsmock.Settle(-time.Second),
		`Regions: "cn-hangzhuo": there is no such region; did you mean`:     ecsmock.Regions("xx-moon-1", "cn-hangzhuo"),
		`Signatures is off, warn or require, got "on"`:                      ecsmock.Signatures("on"),
		"; Seed is a state file or demo":                                    ecsmock.Seed("nowhere.json"),
		"the seed is not valid: SecurityGroups[0].RegionId: the field":      ecsmock.SeedState(ecsmock.State{SecurityGroups: []ecsmock.SecurityGroup{{}}}),
		"; each needs an ID and a Secret, without colons, commas or blanks": ecsmock.Credentials(ecsmock.Credential{ID: "me"}),
		"credential 1: an account id is 1 to 64 letters and digits":         ecsmock.Credentials(ecsmock.Credential{ID: "me", Secret: "s", AccountID: "a-b"}),
	} {
		_, err := ecsmock.New(option)
		assert.ErrorContains(t, err, want)
		inner := begin()
		assert.Nil(t, ecsmock.Start(inner, option))
		assert.Contains(t, inner.output, "ecsmock.Start: ")
		assert.Empty(t, inner.cleanups)
	}
}

func TestOptions(t *testing.T) {
	const revokeNothing = "/?Action=RevokeSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=1/1&SourceCidrIp=10.0.0.0/8"
	for year, status := range map[int]int{2019: http.StatusForbidden, 2020: http.StatusOK, 2025: http.StatusBadRequest} {
		srv := ecsmock.Start(t, ecsmock.SeedState(web), ecsmock.Edition(year))
		got, _ := get(t, srv.URL+revokeNothing)
		assert.Equal(t, status, got, year)
		srv.HasRule(t, "sg-web", ssh)
		srv.LacksRule(t, "sg-web", with(ssh, func(p *ecsmock.Permission) { p.PortRange = "1/1" }))
	}

	status, _ := get(t, ecsmock.Start(t, ecsmock.Regions("xx-moon-1")).URL+"/?Action=DescribeZones&RegionId=xx-moon-1")
	assert.Equal(t, http.StatusOK, status)

	var log bytes.Buffer
	srv := ecsmock.Start(t, ecsmock.Strict(), ecsmock.Log(&log), ecsmock.RandomSeed(7))
	status, first := get(t, srv.URL+"/?Action=CreateSecurityGroup&RegionId=cn-hangzhou&Version=2014-05-26")
	assert.Equal(t, http.StatusOK, status, first)
	status, _ = get(t, srv.URL+regions+"&Version=2014-05-26&Colour=red")
	assert.Equal(t, http.StatusBadRequest, status)
	assert.Contains(t, log.String(), "action=CreateSecurityGroup")
	_, second := get(t, ecsmock.Start(t, ecsmock.RandomSeed(7)).URL+"/?Action=CreateSecurityGroup&RegionId=cn-hangzhou")
	assert.Equal(t, first, second)
	srv.Reset()
	_, again := get(t, srv.URL+"/?Action=CreateSecurityGroup&RegionId=cn-hangzhou&Version=2014-05-26")
	assert.Contains(t, again, srv.State().SecurityGroups[0].SecurityGroupId)
}

func TestCredentials(t *testing.T) {
	mine, theirs := ecsmock.Credential{ID: "me", Secret: "s", AccountID: "7"}, ecsmock.Credential{ID: "them", Secret: "t"}
	srv := ecsmock.Start(t, ecsmock.Signatures("require"), ecsmock.Credentials(mine, theirs))
	assert.Equal(t, "me s", srv.AccessKeyID+" "+srv.AccessKeySecret)
	assert.Equal(t, "s", srv.NewAccount().Secret)
	status, _ := get(t, srv.URL+regions)
	assert.NotEqual(t, http.StatusOK, status)
	get(t, srv.URL+regions+"&AccessKeyId=me")
	get(t, srv.URL+regions+"&AccessKeyId=them")
	calls := srv.Calls("DescribeRegions")
	assert.Equal(t, []string{"1234567890123456", "7", "1234567890123456"}, []string{calls[0].Account, calls[1].Account, calls[2].Account})
}

func TestTemporaryCredentials(t *testing.T) {
	srv := ecsmock.Start(t, ecsmock.Signatures("require"), ecsmock.Credentials(ecsmock.Credential{ID: "STS.me", Secret: "s", Token: "token"}))
	for token, code := range map[string]string{"token": "", "another": "InvalidSecurityToken.Malformed", "": "MissingSecurityToken"} {
		values := url.Values{
			"Action": {"DescribeRegions"}, "AccessKeyId": {"STS.me"}, "SecurityToken": {token}, "SignatureNonce": {"n" + token}, "SignatureMethod": {"HMAC-SHA1"},
			"SignatureVersion": {"1.0"}, "Timestamp": {sign.FormatTimestamp(time.Now())},
		}
		call := &sign.V1{Method: "GET"}
		for name := range values {
			call.Query = append(call.Query, sign.Pair{Name: name, Value: values.Get(name)})
		}
		signature, err := call.Sign("s")
		require.NoError(t, err)
		values.Set("Signature", signature)
		get(t, srv.URL+"/?"+values.Encode())
		calls := srv.Calls("DescribeRegions")
		assert.Equal(t, code, calls[len(calls)-1].Code, token)
	}
}

func TestCalls(t *testing.T) {
	srv, noon := ecsmock.Start(t), time.Date(2030, 1, 2, 12, 0, 0, 0, time.UTC)
	assert.Empty(t, srv.Calls("*"))
	srv.Freeze(noon)
	srv.Delay("DescribeZones", 1500*time.Microsecond)
	get(t, srv.URL+regions+"&SecurityToken=secret&RegionId=cn-beijing")
	get(t, srv.URL+"/?Action=DescribeZones&RegionId=cn-nowhere")
	all := srv.Calls("*")
	require.Len(t, all, 2)
	assert.Equal(t, all, srv.Calls(""))
	assert.Equal(t, all[1:], srv.Calls("DescribeZones"))
	c := all[0]
	assert.Regexp(t, "^[0-9A-F-]{36}$", c.RequestID)
	assert.Less(t, c.Took, time.Minute)
	c.RequestID, c.Took, c.Hint = "", 0, ""
	assert.Equal(t, ecsmock.Call{
		Number: 1, Time: noon, Account: "1234567890123456", Region: "cn-beijing", Product: "Ecs", Action: "DescribeRegions", Method: "GET", Host: srv.Endpoint(), Status: 200,
		Params:  map[string]string{"Action": "DescribeRegions", "Format": "JSON", "RegionId": "cn-beijing", "SecurityToken": "***"},
		Changes: []ecsmock.Change{},
	}, c)
	assert.Equal(t, []any{404, "InvalidRegionId.NotFound"}, []any{all[1].Status, all[1].Code})
	assert.NotEmpty(t, all[1].Message)
	srv.ClearCalls()
	assert.Empty(t, srv.Calls("*"))
	assert.GreaterOrEqual(t, all[1].Took, 2*time.Millisecond, "delays are rounded up")
}

func TestFaults(t *testing.T) {
	srv := ecsmock.Start(t)
	fault := ecsmock.Fault{Action: "*", AccountId: "7", Params: map[string]string{"RegionId": "cn-beijing"}, After: 1, Times: 2,
		Code: "Mine", Status: 500, Message: "No.", DelayMs: 1, JitterMs: 2, TruncateAt: 3, When: "after"}
	srv.Fault(fault)
	srv.Fail("DescribeRegions", "Throttling", 1)
	for _, want := range []int{400, 200} {
		status, _ := get(t, srv.URL+regions)
		assert.Equal(t, want, status)
	}
	faults := srv.Faults()
	require.Len(t, faults, 2)
	fault.Id = 1
	assert.Equal(t, fault, faults[0])
	assert.Equal(t, ecsmock.Fault{Id: 2, Action: "DescribeRegions", Code: "Throttling", Times: 1, Matched: 2, Acted: 1}, faults[1])
	srv.ClearFaults()
	assert.Empty(t, srv.Faults())
	srv.Fault(faults[1]) // as Faults returned it
	assert.EqualValues(t, 0, srv.Faults()[0].Acted)
	srv.Fault(ecsmock.Fault{Action: "CreateSecurityGroup", HideMs: 500})
	assert.Equal(t, 500, srv.Faults()[1].HideMs)
}

// A VPC must exist with VPCs("known"), and is pending for the time of Settle.
func TestVPCsAndSettle(t *testing.T) {
	srv := ecsmock.Start(t, ecsmock.VPCs("known"), ecsmock.Settle(time.Minute))
	const create = "/?Action=CreateSecurityGroup&Format=JSON&RegionId=cn-hangzhou&VpcId="
	status, _ := get(t, srv.URL+create+"vpc-1")
	assert.Equal(t, http.StatusNotFound, status)
	get(t, srv.URL+"/?Action=CreateVpc&Version=2016-04-28&RegionId=cn-hangzhou")
	id := srv.State().Vpcs[0].VpcId
	_, body := get(t, srv.URL+"/?Action=DescribeVpcs&RegionId=cn-hangzhou&Format=JSON")
	assert.Contains(t, body, `"Status":"Pending"`)
	srv.Advance(time.Minute)
	_, body = get(t, srv.URL+"/?Action=DescribeVpcs&RegionId=cn-hangzhou&Format=JSON")
	assert.Contains(t, body, `"Status":"Available"`)
	status, _ = get(t, srv.URL+create+id)
	assert.Equal(t, http.StatusOK, status)
}
