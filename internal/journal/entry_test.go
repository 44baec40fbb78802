package journal

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

func TestMarshalJSON(t *testing.T) {
	var j Journal
	c := &rpc.Call{
		Method: "POST", Host: "127.0.0.1:2014", RequestID: "473469C7", Product: &rpc.Product{Name: "Ecs"}, Action: "RevokeSecurityGroup",
		Query: "Action=RevokeSecurityGroup&RegionId=cn-hangzhou&X=<%26>", Body: "Description=a+b",
		Received: time.Date(2030, 1, 2, 3, 4, 5, 6_000_000, time.UTC),
		Params:   []param.Param{{Name: "RegionId", Value: "cn-hangzhou"}},
	}
	o := &rpc.Outcome{Status: 403, Code: "InvalidGroupAuthItem.NotFound", Message: "Not there."}
	j.Add(c, o, "1234567890123456", "the most similar rule is sgr-1", 1234567*time.Nanosecond, Result{})
	text, err := json.Marshal(j.Select(Filter{}))
	require.NoError(t, err)
	assert.JSONEq(t, `[{
		"Number": 1, "Time": "2030-01-02T03:04:05.006Z", "AccountId": "1234567890123456", "RegionId": "cn-hangzhou",
		"Product": "Ecs", "Action": "RevokeSecurityGroup", "Method": "POST", "Host": "127.0.0.1:2014",
		"Params": {"Action": "RevokeSecurityGroup", "RegionId": "cn-hangzhou", "X": "<&>", "Description": "a b"},
		"Status": 403, "Code": "InvalidGroupAuthItem.NotFound", "Message": "Not there.",
		"RequestId": "473469C7", "Hint": "the most similar rule is sgr-1", "Microseconds": 1234, "Changes": []}]`, string(text))
}

func TestParamsAreRedacted(t *testing.T) {
	e := Entry{
		Query: "Signature=sesame&AccessKeyId=testid&SignatureMethod=HMAC-SHA1&%53ecurityToken=sesame",
		Body:  "BearerToken=sesame&AccessKeySecret=sesame&SignatureNonce=1",
	}
	assert.Equal(t, map[string]string{
		"Signature": "***", "SecurityToken": "***", "BearerToken": "***", "AccessKeySecret": "***",
		"AccessKeyId": "testid", "SignatureMethod": "HMAC-SHA1", "SignatureNonce": "1",
	}, e.Params())
	text, err := json.Marshal(e)
	require.NoError(t, err)
	assert.NotContains(t, string(text), "sesame")
}

func TestParams(t *testing.T) {
	assert.Equal(t, map[string]string{}, (&Entry{}).Params())
	e := Entry{Query: "X=1&Y=&Z=a%2Bb&Bad=%zz&W", Body: "X=2&Permissions=[{}]"}
	assert.Equal(t, map[string]string{"X": "2", "Y": "", "Z": "a+b", "W": "", "Permissions": "[{}]"}, e.Params())
}

func TestRedact(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "",
		"no token":                       "no token",
		"a%26SecurityToken%3Dsecret%26b": "a%26SecurityToken%3D***%26b",
		"a%26SecurityToken%3Dsecret":     "a%26SecurityToken%3D***",
		"server signs: SecurityToken%3Dsecret\nclient signs: SecurityToken=secret&b": "server signs: SecurityToken%3D***\nclient signs: SecurityToken=***&b",
		"host:x\nx-acs-security-token:secret\n\nhost":                                "host:x\nx-acs-security-token:***\n\nhost",
	} {
		assert.Equal(t, want, redact(text))
	}
}
