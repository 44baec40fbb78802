package rpc

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ecsmock/ecsmock/internal/param"
)

func TestAnAnswerIsRenderedInTheFormatAskedFor(t *testing.T) {
	out := Succeed(&placeOrderResponse{Total: 3})
	for format, want := range map[string]string{
		"JSON": `{"RequestId":"` + requestID + `","Total":3}`,
		"XML":  `<?xml version='1.0' encoding='UTF-8'?><PlaceOrderResponse><RequestId>` + requestID + `</RequestId><Total>3</Total></PlaceOrderResponse>`,
	} {
		assert.Equal(t, want, string(read(get("Action=PlaceOrder&Format="+format)).Render(nil, &out)))
	}
}

func TestAnErrorIsRenderedWithWhereAndWhatToDo(t *testing.T) {
	out := Outcome{Status: 403, Code: "OperationDenied", Message: `Closed, "sorry".`}
	for format, want := range map[string]string{
		"JSON": `{"RequestId":"` + requestID + `","HostId":"127.0.0.1:2014","Code":"OperationDenied","Message":"Closed, \"sorry\".",` +
			`"Recommend":"https://error-center.aliyun.com/status/search?Keyword=OperationDenied&source=PopGw"}`,
		"XML": `<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>` + requestID + `</RequestId><HostId>127.0.0.1:2014</HostId>` +
			`<Code>OperationDenied</Code><Message>Closed, "sorry".</Message>` +
			`<Recommend><![CDATA[https://error-center.aliyun.com/status/search?Keyword=OperationDenied&source=PopGw]]></Recommend></Error>`,
	} {
		assert.Equal(t, want, string(read(get("Action=PlaceOrder&Format="+format)).Render(nil, &out)))
	}
}

func TestSend(t *testing.T) {
	w := httptest.NewRecorder()
	c := read(get("Action=A&Format=JSON"))
	c.Send(w, &Outcome{Status: 404}, "look there", []byte("{}"))
	assert.Equal(t, 404, w.Code)
	assert.Equal(t, "{}", w.Body.String())
	assert.Equal(t, map[string][]string{
		"Content-Type": {"application/json;charset=utf-8"}, "Content-Length": {"2"},
		"X-Acs-Request-Id": {requestID}, "X-Ecsmock-Hint": {"look there"},
	}, map[string][]string(w.Header()))

	w = httptest.NewRecorder()
	c = read(get("Action=A&Format=XML"))
	c.Send(w, &Outcome{Status: 200}, "", nil)
	assert.Equal(t, "text/xml;charset=utf-8", w.Header().Get("Content-Type"))
	assert.NotContains(t, w.Header(), "X-Ecsmock-Hint", "there is nothing to tell")
}

type miss struct{ hint string }

func (miss) Error() string  { return "no rule matches" }
func (m miss) Hint() string { return m.hint }

func TestAHint(t *testing.T) {
	near := miss{"nearest is sgr-1"}
	undecoded := read(get("Action=PlaceOrder&Size=9"))
	plain := decoded(t, "Thing=book")
	for _, c := range []struct {
		says string
		call *Call
		err  error
		want string
	}{
		{"nothing to tell", plain, nil, ""},
		{"an error tells its sentence", plain, errors.New("it rains"), "it rains"},
		{"or better, its hint", plain, near, "nearest is sgr-1"},
		{"unless it is blank", plain, miss{}, "no rule matches"},
		{"also a wrapped one", plain, &param.Error{Path: "Permissions.1", Err: near}, "Permissions.1: nearest is sgr-1"},
		{"a wrong parameter tells its value", plain, &param.Error{Path: "Count", Value: "x", Err: param.ErrInvalid},
			`Count="x": the value is not of the parameter's type`},
		{"parameters that nobody read are named", decoded(t, "Thing=book&Size=9&thing="), nil, "unknown parameter Size was ignored; unknown parameter thing was ignored; did you mean Thing?"},
		{"before there is an action nobody could", undecoded, ErrNoAction, "the request names no action"},
		{"what is ignored is told", decoded(t, "Thing=book&Coupon=x"), nil, "Coupon is ignored: coupons have expired"},
		{"all of it, in order", decoded(t, "Thing=book&Coupon=x&Size=9"), near,
			"nearest is sgr-1; Coupon is ignored: coupons have expired; unknown parameter Size was ignored"},
	} {
		assert.Equal(t, c.want, c.call.Hint(&Outcome{Err: c.err}), c.says)
	}
	plain.Note("it snows")
	assert.Equal(t, "it snows", plain.Hint(&Outcome{}))
}

func TestAHintIsOneShortLineOfASCII(t *testing.T) {
	for text, want := range map[string]string{
		"a\r\nX-Evil: b\tc\x00\x7f": "a??X-Evil: b?c??",
		"安全组 🔥\xff":                 "??? ??",
		strings.Repeat("a", 1024):   strings.Repeat("a", 1024),
		strings.Repeat("a", 1025):   strings.Repeat("a", 1021) + "...",
		strings.Repeat("组", 2000):   strings.Repeat("?", 1021) + "...",
	} {
		assert.Equal(t, want, new(Call).Hint(&Outcome{Err: errors.New(text)}))
	}
	many := decoded(t, "Thing=book"+strings.Repeat("&Size=9", 5000))
	assert.Len(t, many.Hint(&Outcome{}), maxHint)
}
