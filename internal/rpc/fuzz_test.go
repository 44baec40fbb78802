package rpc

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/param"
)

var escapes = []string{"", "plain", "a+b%20c", "%41%2f%2F%ff%00", "%", "%4", "%zz", "100%", "%%41", "+%2B+", "%E5%AE%89%F0%9F%94%A5"}

// unescape is net/url's QueryUnescape: the same texts, and the same refusals.
func FuzzUnescape(f *testing.F) {
	for _, text := range escapes {
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		u := unescaper{size: len(first) + len(second)}
		for _, text := range []string{first, second, first} {
			want, err := url.QueryUnescape(text)
			got, ok := u.unescape(text)
			require.Equal(t, err == nil, ok, "%q", text)
			require.Equal(t, want, got, "%q", text)
		}
	})
}

// wellFormed is the pairs of a query as net/url reads them one by one. As a whole
// it would refuse semicolons, which are characters here as at the service, and put
// the pairs in no order.
func wellFormed(query string, inBody bool) (pairs []param.Param, all bool) {
	all = true
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		value, err2 := url.QueryUnescape(value)
		switch {
		case pair == "":
		case err != nil || err2 != nil:
			all = false
		default:
			pairs = append(pairs, param.Param{Name: name, Value: value, InBody: inBody})
		}
	}
	return pairs, all
}

// Whatever comes in, no well-formed pair is lost, and it can be answered.
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
		c := Read(r, requestID)
		inQuery, ok := wellFormed(query, false)
		inBody, ok2 := wellFormed(body, true)
		requireParams(t, append(inQuery, inBody...), c.Params)
		if !ok || !ok2 {
			require.ErrorIs(t, c.Err(), ErrEncoding)
		}
		_, err := placeOrder.Decode(c, false)
		for _, out := range []Outcome{placeOrder.Fail(err, In2019), Succeed(&placeOrderResponse{})} {
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
