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
