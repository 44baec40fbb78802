package rpc

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/param"
)

var escapes = []string{"", "plain", "a+b%20c", "%41%2f%2F%ff%00", "%", "%4", "%zz", "100%", "%%41", "+%2B+", "%E5%AE%89%F0%9F%94%A5"}

// Any request can be answered, and one is well encoded if net/url says so.
func FuzzRead(f *testing.F) {
	for _, text := range escapes {
		f.Add("Action=PlaceOrder&RegionId=r&Thing="+text, "Count="+text+"&"+text+"=1", text, acs3, "ecs.aliyuncs.com")
	}
	f.Add("Permissions.1.Thing=a&Permissions=[{}]&Permissions.0.x&=&==&.=", "Format=json&Action", "*/*", "ACS3-", "[::1]:2014")
	f.Fuzz(func(t *testing.T, query, body, accept, authorization, host string) {
		r := &http.Request{
			Method: "POST", Host: host, URL: &url.URL{Path: "/", RawQuery: query}, Body: io.NopCloser(strings.NewReader(body)),
			Header: http.Header{"Accept": {accept}, "Authorization": {authorization}},
		}
		c := Read(r, requestID, products...)
		if all := query + "&" + body; !strings.Contains(all, ";") { // net/url refuses semicolons
			_, err := url.ParseQuery(all)
			require.Equal(t, err != nil, errors.Is(c.Err(), ErrEncoding), "%v", err)
		}
		_, err := placeOrder.Decode(c, false)
		for _, out := range []Outcome{placeOrder.Fail(err, Edition2019), Succeed(&placeOrderResponse{})} {
			require.LessOrEqual(t, len(c.Hint(&out)), maxHint)
			require.NotEmpty(t, c.Render(nil, &out))
		}
		c.Fingerprint()
	})
}

func requireParams(t *testing.T, want, got []param.Param) {
	require.GreaterOrEqual(t, len(got), len(want))
	for i, p := range got {
		if i >= len(want) {
			require.True(t, p.Derived)
			continue
		}
		p.Read = false
		require.Equal(t, want[i], p)
	}
}

// Parameters that net/url writes into a query, a body or both are read as they were,
// in their order.
func FuzzPairs(f *testing.F) {
	f.Add("Action=PlaceOrder&Thing=a b&Thing=&=&Count=+1", "Format=XML&x=%", uint16(0))
	f.Add("a=1&a=2&\x00=\xff&é=🔥&;=;&?=#&[]={}", "Permissions.1.Thing=a", uint16(21))
	f.Fuzz(func(t *testing.T, query, body string, style uint16) {
		want := append(written(query, false), written(body, true)...)
		var inQuery, inBody []string
		for i, p := range want {
			pair := url.QueryEscape(p.Name) + "=" + url.QueryEscape(p.Value)
			if style>>(i%16)&1 == 1 {
				pair = strings.ReplaceAll(pair, "+", "%20")
			}
			if p.InBody {
				inBody = append(inBody, pair)
				continue
			}
			inQuery = append(inQuery, pair)
		}
		c := read(post(strings.Join(inQuery, "&"), strings.Join(inBody, "&")))
		require.NotErrorIs(t, c.Err(), ErrEncoding)
		requireParams(t, want, c.Params)
		for i := range want {
			require.Equal(t, want[lastOf(want, want[i].Name)].Value, c.Get(want[i].Name), "of two the last counts")
		}
	})
}

// written returns the parameters of a text without escapes.
func written(text string, inBody bool) (list []param.Param) {
	for pair := range strings.SplitSeq(text, "&") {
		name, value, _ := strings.Cut(pair, "=")
		list = append(list, param.Param{Name: name, Value: value, InBody: inBody})
	}
	return list
}

func lastOf(list []param.Param, name string) int {
	for i := len(list) - 1; ; i-- {
		if list[i].Name == name {
			return i
		}
	}
}
