package rpc

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"slices"
	"strconv"
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

func TestAnErrorIsRendered(t *testing.T) {
	out := Outcome{Status: 403, Code: "OperationDenied", Message: `Closed, "sorry".`}
	const address = "https://api.aliyun.com/troubleshoot?q=OperationDenied&product=Ecs&requestId=" + requestID
	for format, want := range map[string]string{
		"JSON": `{"RequestId":"` + requestID + `","HostId":"127.0.0.1:2014","Code":"OperationDenied","Message":"Closed, \"sorry\".",` +
			`"Recommend":"` + address + `"}`,
		"XML": `<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>` + requestID + `</RequestId><HostId>127.0.0.1:2014</HostId>` +
			`<Code>OperationDenied</Code><Message>Closed, "sorry".</Message>` +
			`<Recommend><![CDATA[` + address + `]]></Recommend></Error>`,
	} {
		c := read(get("Action=PlaceOrder&Format=" + format))
		c.Edition = Edition2025
		assert.Equal(t, want, string(c.Render(nil, &out)))
		c.Edition = Edition2020
		want = strings.Replace(strings.Replace(want, "<![CDATA["+address+"]]>", "", 1), address, "", 1)
		assert.Equal(t, want, string(c.Render(nil, &out)), "older editions recommend nothing")
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
		{"an error gives its text", plain, errors.New("it rains"), "it rains"},
		{"or better, its hint", plain, near, "nearest is sgr-1"},
		{"unless it is blank", plain, miss{}, "no rule matches"},
		{"also a wrapped one", plain, &param.Error{Path: "Permissions.1", Err: near}, "Permissions.1: nearest is sgr-1"},
		{"a wrong parameter is shown with its value", plain, &param.Error{Path: "Count", Value: "x", Err: param.ErrInvalid},
			`Count="x": the value is invalid`},
		{"unknown parameters are named", decoded(t, "Thing=book&Size=9&thing="), nil, "unknown parameter Size was ignored; unknown parameter thing was ignored; did you mean Thing?"},
		{"without an action there are no unknown parameters", undecoded, ErrNoAction, "the request names no action"},
		{"what is ignored is noted", decoded(t, "Thing=book&Coupon=x"), nil, "Coupon is ignored: coupons have expired"},
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

var (
	errA = errors.New("a")
	errB = errors.New("b")
	errC = errors.New("c")
)

func TestTheFirstRowThatFitsIsUsed(t *testing.T) {
	rows := []*Failure{
		{On: errA, Of: "X", Until: Edition2019, Code: "A.X.2019"},
		{On: errA, Of: "X", Code: "A.X"},
		{On: errA, Since: Edition2020, Code: "A.Later"},
		{On: errA, Of: "Y", Code: "A.Y"},
		{On: errB, Of: "X", Code: "B.X"},
		{On: errB, Code: "B"},
		{On: errB, Of: "Y", Code: "B.Y.Never"},
	}
	for _, c := range []struct {
		err     error
		edition Edition
		want    string
	}{
		{Named(errA, "X"), Edition2019, "A.X.2019"},
		{Named(errA, "X"), Edition2020, "A.X"},
		{Named(errA, "X"), Edition2025, "A.X"},
		{Named(errA, "Y"), Edition2019, "A.Y"},
		{Named(errA, "Y"), Edition2020, "A.Later"},
		{errA, Edition2025, "A.Later"},
		{errA, Edition2019, ""},
		{Named(errB, "X"), Edition2019, "B.X"},
		{Named(errB, "Y"), Edition2019, "B"},
		{errB, Edition2025, "B"},
		{errC, Edition2025, ""},
		{Named(errC, "X"), Edition2025, ""},
		{fmt.Errorf("wrapped: %w", Named(errB, "X")), Edition2025, "B.X"},
		{Named(fmt.Errorf("wrapped: %w", errB), "X"), Edition2025, "B.X"},
		{&param.Error{Name: "X", Path: "List.1.X", Err: errB}, Edition2025, "B.X"},
	} {
		code := ""
		if row, _ := find(rows, c.err, c.edition); row != nil {
			code = row.Code
		}
		assert.Equal(t, c.want, code, "%v in %v", c.err, c.edition)
	}
}

func TestFail(t *testing.T) {
	d := &Description{Spec: Spec{Failures: []*Failure{
		{On: errA, Status: 404, Code: "A", Message: "%s is not there, %s."},
		{On: errB, Until: Edition2019, Status: 403, Code: "B", Message: "Denied."},
		{On: errB, Since: Edition2020, Status: 200, Code: "B", Message: "Once denied."},
	}}}
	about := Named(errA, "Thing")
	assert.Equal(t, Outcome{Status: 404, Code: "A", Message: "Thing is not there, Thing.", Err: about}, d.Fail(about, Edition2019))
	assert.Equal(t, Outcome{Status: 403, Code: "B", Message: "Denied.", Err: errB}, d.Fail(errB, Edition2019))
	assert.Equal(t, Outcome{Status: 200, Err: errB}, d.Fail(errB, Edition2025), "is forgiven, but not forgotten")

	missing := Named(param.ErrMissing, "RegionId")
	assert.Equal(t, Outcome{Status: 400, Code: "MissingParameter", Err: missing,
		Message: `The input parameter "RegionId" that is mandatory for processing this request is not supplied.`}, d.Fail(missing, Edition2025))

	defect := d.Fail(errC, Edition2025)
	assert.Equal(t, []any{500, "InternalError", errC}, []any{defect.Status, defect.Code, defect.Err})
}

func TestEachRowOfTheGatewayIsReached(t *testing.T) {
	for _, row := range Gateway {
		found, _ := find(Gateway, Named(row.On, row.Of), Edition2019)
		assert.Same(t, row, found, row.When)
		assert.NotZero(t, row.Status, row.When)
		assert.NotEmpty(t, row.Code, row.When)
		assert.Regexp(t, `\.$`, row.Message)
		assert.Regexp(t, `\.$|please report it\.$`, row.When)
		assert.Nil(t, row.Editions(), "the gateway knows no editions")
	}
}

func TestEditions(t *testing.T) {
	assert.True(t, slices.IsSorted(Editions()))
	for _, e := range Editions() {
		got, err := ParseEdition(strconv.Itoa(int(e)))
		assert.NoError(t, err)
		assert.Equal(t, e, got)
	}
	for _, text := range []string{"", "0", "2018", "2021", "02019", "x"} {
		_, err := ParseEdition(text)
		assert.ErrorContains(t, err, "the edition is 2019, ", text)
	}
}

func TestARowHoldsFromItsFirstEditionToItsLast(t *testing.T) {
	for _, c := range []struct {
		row                    *Failure
		in2019, in2020, in2025 bool
	}{
		{&Failure{}, true, true, true},
		{&Failure{Since: Edition2020}, false, true, true},
		{&Failure{Until: Edition2020}, true, true, false},
		{&Failure{Since: Edition2020, Until: Edition2020}, false, true, false},
	} {
		assert.Equal(t, c.in2019, c.row.HoldsIn(Edition2019))
		assert.Equal(t, c.in2020, c.row.HoldsIn(Edition2020))
		assert.Equal(t, c.in2025, c.row.HoldsIn(Edition2025))
		assert.True(t, c.row.HoldsIn(0))
	}
}
