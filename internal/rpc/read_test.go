package rpc

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/wire"
)

func TestParametersComeInTheQueryAndInTheBody(t *testing.T) {
	for _, c := range []struct{ says, query, body, want string }{
		{"all in the query", "Action=A&X=1", "", "Action=A&X=1"},
		{"all in the body", "", "Action=A&X=1", "Action=A&X=1"},
		{"split", "Action=A&X=1", "Y=2&Z=3", "Action=A&X=1&Y=2&Z=3"},
		{"the body after the query", "X=1", "X=2&Action=A", "X=1&X=2&Action=A"},
		{"blanks are kept", "Action=A&X=&Y", "Z=", "Action=A&X=&Y=&Z="},
		{"empty pairs are not", "&&Action=A&&", "&X=1&", "Action=A&X=1"},
		{"only the first equals sign divides", "Action=A&X=a=b==", "", "Action=A&X=a=b=="},
		{"a space is a plus or %20", "Action=A&X=a+b%20c", "Y=a+b%20c", "Action=A&X=a b c&Y=a b c"},
		{"a plus is %2B", "Action=A&X=a%2Bb", "", "Action=A&X=a+b"},
		{"what need not be escaped may be", "%41ction=%41&X=%2a*%7E~", "", "Action=A&X=**~~"},
		{"a semicolon is a character", "Action=A&X=a;b", "Y=1;Z=2", "Action=A&X=a;b&Y=1;Z=2"},
		{"what is decoded is not decoded again", "Action=A&X=%2541%26%3D", "", "Action=A&X=%41&="},
		{"bytes stay as they are", "Action=A&X=%FF%00%E5%AE%89", "", "Action=A&X=\xff\x00安"},
	} {
		t.Run(c.says, func(t *testing.T) {
			call := read(post(c.query, c.body))
			assert.NoError(t, call.Err())
			assert.Equal(t, c.want, text(call.Params))
			assert.Equal(t, "A", call.Action)
			for _, p := range call.Params[:strings.Count(text(read(get(c.query)).Params), "&")] {
				assert.False(t, p.InBody)
			}
			assert.Equal(t, c.query, call.Query, "is kept as it was sent")
			assert.Equal(t, c.body, call.Body, "is kept as it was sent")
		})
	}
}

func TestWhereAParameterWas(t *testing.T) {
	c := read(post("Action=A&X=1", "Y=2&RegionId=cn-beijing"))
	assert.Equal(t, []param.Param{
		{Name: "Action", Value: "A", Read: true},
		{Name: "X", Value: "1"},
		{Name: "Y", Value: "2", InBody: true},
		{Name: "RegionId", Value: "cn-beijing", InBody: true, Read: true},
	}, c.Params)
}

func TestOfTwoParametersTheLastCounts(t *testing.T) {
	c := read(post("Action=A&Version=1&Format=XML&AccessKeyId=a&RegionId=r&X=1&X=2", "Action=B&Version=2&Format=JSON&AccessKeyId=b&RegionId=s&X=3"))
	assert.Equal(t, []string{"B", "2", "b"}, []string{c.Action, c.Version, c.AccessKey})
	assert.Equal(t, "JSON", c.Format.String())
	assert.Equal(t, "s", c.Get("RegionId"))
	assert.Equal(t, "3", c.Get("X"))
	assert.Empty(t, c.Get("Y"))
}

func TestAChunkedBody(t *testing.T) {
	var c *Call
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		assert.Equal(t, []string{"chunked"}, r.TransferEncoding)
		c = read(r)
	}))
	defer s.Close()
	body := io.MultiReader(strings.NewReader("Acti"), strings.NewReader("on=A&X=1%"), strings.NewReader("2C2"))
	answer, err := http.Post(s.URL, "application/x-www-form-urlencoded", body)
	require.NoError(t, err)
	answer.Body.Close()
	assert.NoError(t, c.Err())
	assert.Equal(t, "Action=A&X=1,2", text(c.Params))
}

func TestBadEscapesAreRefusedAndTheRestIsRead(t *testing.T) {
	for _, bad := range []string{"%", "%4", "%4g", "%g4", "%%41", "a%", "%zz", "%-1", "%+1", "%u5b89"} {
		for _, pair := range []string{"X=" + bad, bad + "=x", bad} {
			for _, c := range []*Call{
				read(get("Format=JSON&" + pair + "&Action=A")),
				read(post("Format=JSON", pair+"&Action=A")),
			} {
				assert.ErrorIs(t, c.Err(), ErrEncoding, pair)
				assert.Equal(t, "Format=JSON&Action=A", text(c.Params), pair)
			}
		}
	}
}

func TestABodyMayBeOneMiBLong(t *testing.T) {
	fits := "Action=A&X=" + strings.Repeat("x", maxBody-len("Action=A&X="))
	assert.NoError(t, read(post("", fits)).Err())
	c := read(post("Action=A", fits+"x"))
	assert.ErrorIs(t, c.Err(), ErrTooLarge)
	assert.Equal(t, "Action=A", text(c.Params))
	assert.Empty(t, c.Body)
}

func TestThereMayBeTenThousandParameters(t *testing.T) {
	many := strings.Repeat("a&", maxParams-1)
	assert.NoError(t, read(post("Action=A", many)).Err())
	c := read(post("Action=A", many+"b"))
	assert.ErrorIs(t, c.Err(), ErrTooLarge)
	assert.Len(t, c.Params, maxParams)
}

func TestABodyThatEndsEarlyIsRefused(t *testing.T) {
	r := post("Action=A", "")
	r.Body = io.NopCloser(io.MultiReader(strings.NewReader("X=1"), iotest.ErrReader(errors.New("gone"))))
	c := read(r)
	assert.ErrorIs(t, c.Err(), ErrEncoding)
	assert.ErrorContains(t, c.Err(), "gone")
	assert.Equal(t, "Action=A", text(c.Params))
}

func TestWhatIsRefusedBeforeAnyAction(t *testing.T) {
	for _, c := range []struct {
		says string
		r    *http.Request
		want error
	}{
		{"GET is fine", get("Action=A"), nil},
		{"so is POST", post("Action=A", ""), nil},
		{"PUT is not", httptest.NewRequest("PUT", "/?Action=A", nil), ErrMethod},
		{"nor HEAD", httptest.NewRequest("HEAD", "/?Action=A", nil), ErrMethod},
		{"nor OPTIONS", httptest.NewRequest("OPTIONS", "/?Action=A", nil), ErrMethod},
		{"an action is needed", get("RegionId=cn-hangzhou"), ErrNoAction},
		{"a blank one is none", get("Action="), ErrNoAction},
		{"names have a case", get("action=A"), ErrNoAction},
		{"a page of another site", get("Action=A", "Sec-Fetch-Site", "cross-site"), ErrCrossSite},
		{"the mock's own page", get("Action=A", "Sec-Fetch-Site", "same-origin"), nil},
		{"a pasted address", get("Action=A", "Sec-Fetch-Site", "none"), nil},
		{"the method comes first", httptest.NewRequest("PUT", "/?X=%", nil), ErrMethod},
		{"the encoding before the action", get("X=%"), ErrEncoding},
	} {
		assert.ErrorIs(t, read(c.r).Err(), c.want, c.says)
	}
	c := read(httptest.NewRequest("PUT", "http://localhost/?Action=A&Format=JSON", nil))
	assert.Equal(t, "JSON", c.Format.String(), "is heeded even so")
	assert.Equal(t, []string{"PUT", "localhost", requestID}, []string{c.Method, c.Host, c.RequestID})
}

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
		c := read(get("X=1", "Authorization", authorization, "X-Acs-Action", "A", "X-Acs-Version", "2014-05-26"))
		assert.NoError(t, c.Err())
		assert.True(t, c.ACS3, authorization)
		assert.Equal(t, []string{"A", "2014-05-26", key}, []string{c.Action, c.Version, c.AccessKey}, authorization)
		assert.Equal(t, wire.JSON, c.Format, "its clients read nothing else")
		assert.Equal(t, "X=1", text(c.Params), "headers are no parameters")
	}
	for _, authorization := range []string{"", "Bearer Credential=testid", "HMAC Credential=testid,ACS3-"} {
		c := read(get("AccessKeyId=other", "Authorization", authorization, "X-Acs-Action", "A"))
		assert.False(t, c.ACS3, authorization)
		assert.Equal(t, "other", c.AccessKey, authorization)
	}
}

func TestTheAccessKeyIsInTheSignedHeader(t *testing.T) {
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
