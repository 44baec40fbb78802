package server_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/server"
)

// Any request is answered with success or a mistake of the client, in the API's
// envelope, and a refused one changes nothing.
func TestGarbage(t *testing.T) {
	for seed := range uint64(40) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			g := garbage{rand.New(rand.NewPCG(seed, 0))}
			s := start(t, server.Options{
				Seed: ecs.Demo, Edition: editions[seed%3], Strict: seed%4 == 3,
			})
			for range 50 {
				r, text := g.request()
				before := world(s)
				checkGarbage(t, do(s, r), text, func() { assert.Equal(t, before, world(s), text) })
			}
		})
	}
}

func checkGarbage(t *testing.T, got answer, text string, unchanged func()) {
	t.Helper()
	require.Contains(t, []int{2, 4}, got.Status/100, "%s\n%s", text, got.Body)
	all, err := leaves(got.Body)
	require.NoError(t, err, "%s\n%s", text, got.Body)
	assert.Equal(t, "RequestId="+got.Header.Get("X-Acs-Request-Id"), all[0], text)
	hint := got.Header.Get("X-Ecsmock-Hint")
	assert.Regexp(t, "^[ -~]*$", hint, text)
	assert.LessOrEqual(t, len(hint), 1024, text)
	if got.Status == http.StatusOK {
		return
	}
	require.Len(t, all, 5, "%s\n%s", text, got.Body)
	assert.NotEqual(t, "Code=", all[2], text)
	assert.NotEqual(t, "Message=", all[3], text)
	unchanged()
}

// garbage makes requests that are wrong in some way, or in several.
type garbage struct{ *rand.Rand }

func one[T any](g garbage, of ...T) T { return of[g.IntN(len(of))] }

// rarely is one in ten times something else than usual.
func (g garbage) rarely(usual string, others ...string) string {
	if g.IntN(10) > 0 {
		return usual
	}
	return one(g, others...)
}

// request begins with an action's example and spoils it.
func (g garbage) request() (*http.Request, string) {
	action := one(g, actions()...)
	pairs := append(strings.Split(action.Example, "&"), "Action="+action.Name, "Version="+action.Product.Version)
	for _, p := range action.Params {
		switch {
		case p.Type == "Array" && g.IntN(6) == 0:
			pairs = append(pairs, p.Name+g.element(p.Fields)+"="+g.value())
		case g.IntN(20) == 0:
			pairs = append(pairs, p.Name+"="+p.Example)
		}
	}
	for range g.IntN(4) {
		g.spoil(&pairs)
	}
	g.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	cut := one(g, 0, len(pairs), g.IntN(len(pairs)+1))
	query, body := strings.Join(pairs[:cut], "&"), strings.Join(pairs[cut:], "&")
	r := &http.Request{
		Method: g.rarely("GET", "POST", "PUT", "G T", ""),
		URL:    &url.URL{Path: g.rarely("/", "/x", "//"), RawQuery: query},
		Host:   g.rarely("localhost", "ecs.aliyuncs.com", "ecs..aliyuncs.com", "<&]]>", "\xff", ""),
		Header: http.Header{
			"Accept":        {g.rarely("*/*", "application/json", "json, xml", g.value())},
			"Authorization": {g.rarely("", "ACS3-HMAC-SHA256", "ACS3-HMAC-SHA256 Credential="+g.value())},
			"X-Acs-Action":  {g.rarely("", action.Name, g.value())},
			"X-Acs-Version": {g.rarely("2014-05-26", g.value())},
		},
		Body: io.NopCloser(strings.NewReader(body)),
	}
	return r, fmt.Sprintf("%q %q?%q\n%q\n%q", r.Method, r.URL.Path, query, body, r.Header)
}

func (g garbage) spoil(pairs *[]string) {
	at := g.IntN(len(*pairs))
	name, value, _ := strings.Cut((*pairs)[at], "=")
	switch g.IntN(6) {
	case 0:
		*pairs = append((*pairs)[:at:at], (*pairs)[at+1:]...)
		if len(*pairs) == 0 {
			*pairs = []string{g.value()}
		}
	case 1:
		(*pairs)[at] = name + "=" + value[:g.IntN(len(value)+1)] + g.value()
	case 2:
		(*pairs)[at] = name + g.value() + "=" + value
	case 3:
		*pairs = append(*pairs, one(g, "Format", "Version", "RegionId", "Action", "ClientToken", g.value())+"="+g.value())
	case 4:
		*pairs = append(*pairs, name+"."+g.value()+"="+g.value())
	default:
		(*pairs)[at] = name + "=" + g.value()
	}
}

// element returns the part of a parameter's name after the name of a list.
func (g garbage) element(fields []param.Doc) string {
	return one(g, "", ".", one(g, ".1", ".0", ".101", ".x")+one(g, "", ".", "."+one(g, fields...).Name, "."+g.value()))
}

// value returns a text that is often handled wrongly.
func (g garbage) value() string {
	return one(g, "", "%", "%zz", "%00", "%FF%FE", "\x00", "\xff", "%0D%0AX-Evil:+1", "%E2%80%A8", "=", "&", "..", ".", "0", "1", "-1",
		"101", "99999999999999999999", "1e9", "NaN", "null", "true", "%5B%7B%7D%5D", "%5B%5B%5D%5D", "%7B%22a%22:1", "1/65535", "-1/-1",
		"0.0.0.0/0", "::/0", "sg-web", "sg-nowhere", "%3C!%5BCDATA%5B%5D%5D%3E", "]]>", "<a>", "%22'", strings.Repeat("x", 70), strings.Repeat("%C3%A9", 600),
		fmt.Sprintf("%%%02X", g.IntN(256)))
}

// What is too large is refused as such.
func TestTooLarge(t *testing.T) {
	s := demo(t)
	for _, body := range []string{strings.Repeat("x", 1<<20+1), strings.Repeat("a=b&", 10_001)} {
		got := send(s, http.MethodPost, "/?Action=DescribeRegions&Format=JSON", body)
		assert.Equal(t, http.StatusRequestEntityTooLarge, got.Status, got.Body)
		_, err := leaves(got.Body)
		assert.NoError(t, err)
	}
	assert.Equal(t, http.StatusOK, send(s, http.MethodPost, "/?Action=DescribeRegions", strings.Repeat("x", 1<<20)).Status)
}
