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

func TestAnEntryAsJSON(t *testing.T) {
	var j Journal
	c := &rpc.Call{
		Method: "POST", Host: "127.0.0.1:2014", RequestID: "473469C7", Action: "RevokeSecurityGroup",
		Query: "Action=RevokeSecurityGroup&RegionId=cn-hangzhou&X=<%26>", Body: "Description=a+b",
		Received: time.Date(2030, 1, 2, 3, 4, 5, 6_000_000, time.UTC),
		Params:   []param.Param{{Name: "RegionId", Value: "cn-hangzhou"}},
	}
	o := &rpc.Outcome{Status: 403, Code: "InvalidGroupAuthItem.NotFound", Message: "Not there."}
	j.Add(c, o, "1234567890123456", "nearest is sgr-1", 1234567*time.Nanosecond)
	text, err := json.Marshal(j.Select(Filter{}))
	require.NoError(t, err)
	assert.JSONEq(t, `[{
		"Number": 1, "Time": "2030-01-02T03:04:05.006Z", "AccountId": "1234567890123456", "RegionId": "cn-hangzhou",
		"Action": "RevokeSecurityGroup", "Method": "POST", "Host": "127.0.0.1:2014",
		"Params": {"Action": "RevokeSecurityGroup", "RegionId": "cn-hangzhou", "X": "<&>", "Description": "a b"},
		"Status": 403, "Code": "InvalidGroupAuthItem.NotFound", "Message": "Not there.",
		"RequestId": "473469C7", "Hint": "nearest is sgr-1", "Microseconds": 1234}]`, string(text))
}

func TestSecretsAreTakenOut(t *testing.T) {
	e := Entry{
		Query: "Signature=hush&AccessKeyId=testid&SignatureMethod=HMAC-SHA1&%53ecurityToken=hush",
		Body:  "BearerToken=hush&AccessKeySecret=hush&SignatureNonce=1",
	}
	assert.Equal(t, map[string]string{
		"Signature": "***", "SecurityToken": "***", "BearerToken": "***", "AccessKeySecret": "***",
		"AccessKeyId": "testid", "SignatureMethod": "HMAC-SHA1", "SignatureNonce": "1",
	}, e.Params())
	text, err := json.Marshal(e)
	require.NoError(t, err)
	assert.NotContains(t, string(text), "hush")
}

func TestParamsAreWhatTheCallSaw(t *testing.T) {
	assert.Equal(t, map[string]string{}, (&Entry{}).Params())
	e := Entry{Query: "X=1&Y=&Z=a%2Bb&Bad=%zz&W", Body: "X=2&Permissions=[{}]"}
	assert.Equal(t, map[string]string{"X": "2", "Y": "", "Z": "a+b", "W": "", "Permissions": "[{}]"}, e.Params())
}
