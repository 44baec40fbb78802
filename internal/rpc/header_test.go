package rpc

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/wire"
)

const acs3 = "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-action,Signature=00"

func TestACS3PutsTheActionIntoHeaders(t *testing.T) {
	for authorization, key := range map[string]string{
		acs3: "testid",
		"ACS3-HMAC-SHA256 Credential=testid,Signature=00,SignedHeaders=host":   "testid",
		"ACS3-HMAC-SHA256 Signature=00,SignedHeaders=host,Credential=testid":   "testid",
		"ACS3-HMAC-SHA256 Credential=testid, SignedHeaders=host, Signature=00": "testid",
		"ACS3-HMAC-SHA256 Signature=00, Credential=testid , SignedHeaders=a;b": "testid",
		"ACS3-HMAC-SM3 Credential=1234567890123456,SignedHeaders=a":            "1234567890123456",
		"ACS3-HMAC-SHA256 SignedHeaders=host,Signature=00":                     "",
	} {
		c := read(get("X=1", "Authorization", authorization, "X-Acs-Action", "A", "X-Acs-Version", Version))
		assert.NoError(t, c.Err())
		assert.True(t, c.ACS3, authorization)
		assert.Equal(t, []string{"A", Version, key}, []string{c.Action, c.Version, c.AccessKey}, authorization)
		assert.Equal(t, wire.JSON, c.Format, "its clients read nothing else")
		assert.Equal(t, "X=1", text(c.Params), "headers are no parameters")
	}
	for _, authorization := range []string{"", "Bearer Credential=testid", "HMAC Credential=testid,ACS3-"} {
		c := read(get("AccessKeyId=other", "Authorization", authorization, "X-Acs-Action", "A"))
		assert.False(t, c.ACS3, authorization)
		assert.Equal(t, "other", c.AccessKey, authorization)
	}
}

func TestTheSignedHeaderTellsWhoCalls(t *testing.T) {
	c := read(get("AccessKeyId=other", "Authorization", acs3, "X-Acs-Action", "A"))
	assert.Equal(t, "testid", c.AccessKey)
}

// Clients of the older signature send x-acs-action and x-acs-version too.
func TestParametersComeBeforeHeaders(t *testing.T) {
	c := read(get("Action=A&Version=1&AccessKeyId=k&Signature=s", "X-Acs-Action", "B", "X-Acs-Version", "2"))
	assert.Equal(t, []string{"A", "1", "k"}, []string{c.Action, c.Version, c.AccessKey})
	assert.False(t, c.ACS3)
	assert.Equal(t, wire.XML, c.Format)

	c = read(get("Action=&Version=", "X-Acs-Action", "B", "X-Acs-Version", "2"))
	assert.Equal(t, []string{"B", "2"}, []string{c.Action, c.Version}, "a blank one is absent")
}

func TestTheFormatOfAnAnswer(t *testing.T) {
	for _, c := range []struct {
		format, authorization, accept string
		want                          wire.Format
		err                           error
	}{
		{"", "", "", wire.XML, nil},
		{"JSON", "", "", wire.JSON, nil},
		{"json", "", "application/xml", wire.JSON, nil},
		{"Json", "", "", wire.JSON, nil},
		{"XML", "", "application/json", wire.XML, nil},
		{"xml", acs3, "application/json", wire.XML, nil},
		{"", acs3, "", wire.JSON, nil},
		{"", acs3, "application/xml", wire.JSON, nil},
		{"", "", "application/json", wire.JSON, nil},
		{"", "", "Application/JSON; q=1", wire.JSON, nil},
		{"", "", "application/xml", wire.XML, nil},
		{"", "", "application/json, text/xml", wire.XML, nil},
		{"", "", "*/*", wire.XML, nil},
		{"", "", "text/html,application/xhtml+xml", wire.XML, nil},
		{"YAML", "", "", wire.XML, ErrFormat},
		{"YAML", "", "application/json", wire.JSON, ErrFormat},
		{"YAML", acs3, "", wire.JSON, ErrFormat},
		{"+JSON", "", "", wire.XML, ErrFormat},
	} {
		call := read(get("Action=A&Format="+c.format, "Authorization", c.authorization, "Accept", c.accept))
		assert.Equal(t, c.want, call.Format, "%+v", c)
		assert.ErrorIs(t, call.Envelope(false), c.err, "%+v", c)
		assert.NoError(t, call.Err(), "an unknown action comes first")
	}
}

func TestTheRegionIsInTheHost(t *testing.T) {
	for host, want := range map[string]string{
		"ecs.aliyuncs.com":                   "cn-hangzhou",
		"ecs.aliyuncs.com:443":               "cn-hangzhou",
		"ecs.cn-beijing.aliyuncs.com":        "cn-beijing",
		"ecs.cn-beijing.aliyuncs.com:2014":   "cn-beijing",
		"ECS.CN-Beijing.AliYunCS.com":        "cn-beijing",
		"ecs.ap-southeast-1.aliyuncs.com:80": "ap-southeast-1",
		"127.0.0.1:2014":                     "",
		"[::1]:2014":                         "",
		"localhost":                          "",
		"aliyuncs.com":                       "",
		"ecs.cn-beijing.aliyuncs.com.evil":   "",
		"evilaliyuncs.com":                   "",
		"":                                   "",
	} {
		r := get("Action=A&RegionId=")
		r.Host = host
		c := read(r)
		assert.Equal(t, want, c.Get("RegionId"), host)
		if want != "" {
			assert.Contains(t, c.Params, param.Param{Name: "RegionId", Value: want, Read: true, Derived: true})
		}
		r = get("Action=A&RegionId=cn-qingdao")
		r.Host = host
		assert.Equal(t, "cn-qingdao", read(r).Get("RegionId"), "what is given counts")
	}
}

func TestTheEnvelope(t *testing.T) {
	call := func(query string, headers ...string) *http.Request { return get("Action=A&"+query, headers...) }
	for _, c := range []struct {
		says         string
		r            *http.Request
		want, strict error
	}{
		{"the version may be left out", call(""), nil, param.ErrMissing},
		{"blank is left out", call("Version="), nil, param.ErrMissing},
		{"the only version", call("Version=2014-05-26"), nil, nil},
		{"in a header", call("", "X-Acs-Version", "2014-05-26"), nil, nil},
		{"another version", call("Version=2016-03-14"), ErrVersion, ErrVersion},
		{"another in a header", call("", "X-Acs-Version", "2016-03-14"), ErrVersion, ErrVersion},
		{"the version before the format", call("Version=x&Format=y"), ErrVersion, ErrVersion},
		{"then the format", call("Version=2014-05-26&Format=y"), ErrFormat, ErrFormat},
	} {
		assert.ErrorIs(t, read(c.r).Envelope(false), c.want, c.says)
		assert.ErrorIs(t, read(c.r).Envelope(true), c.strict, c.says)
	}
	out := Refuse(read(call("")).Envelope(true))
	assert.Equal(t, `The input parameter "Version" that is mandatory for processing this request is not supplied.`, out.Message)
}
