package admin

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var noContent = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })

// passes sends a request, with headers given as name and value in turn, and reports
// whether a guarded handler answered it.
func passes(t *testing.T, guarded http.Handler, host string, headers ...string) bool {
	r := httptest.NewRequest(http.MethodGet, "/_mock/state", nil)
	r.Host = host
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	guarded.ServeHTTP(w, r)
	if w.Code == http.StatusNoContent {
		return true
	}
	var reply map[string]string
	require.Equal(t, http.StatusForbidden, w.Code)
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &reply))
	assert.NotEmpty(t, reply["error"])
	assert.Equal(t, "application/json;charset=utf-8", w.Header().Get("Content-Type"))
	return false
}

func TestKnownHosts(t *testing.T) {
	for _, host := range []string{
		"127.0.0.1:2014", "127.0.0.1", "10.1.2.3:80", "[::1]:2014", "[::1]", "[fe80::1%25eth0]:2014", "[::ffff:127.0.0.1]:1", "[::ffff:127.0.0.1]",
		"localhost", "localhost:2014", "LOCALHOST:2014", "x.localhost", "x.localhost:2014", "a.b.LocalHost",
		"mock", "mock:2014", "ecs-mock", "host.docker.internal", "host.docker.internal:2014", "Host.Docker.Internal",
	} {
		assert.True(t, passes(t, new(Guard).KnownHost(noContent), host), host)
	}
}

func TestUnknownHosts(t *testing.T) {
	for _, host := range []string{
		"evil.com", "evil.com:2014", "ecs.aliyuncs.com", "ecs.cn-beijing.aliyuncs.com:443", "localhost.evil.com",
		"127.0.0.1.evil.com", "1.2.3", "1.2.3.4.5", "127.0.0.1.", "evil.xlocalhost", "x.host.docker.internal",
		"docker.internal", "[evil.com]:80", "evil.com.", "evil.com:", "evil.com:80:80", "mock.",
	} {
		assert.False(t, passes(t, new(Guard).KnownHost(noContent), host), host)
	}
}

func TestSameOrigin(t *testing.T) {
	for _, c := range []struct {
		name    string
		host    string
		headers []string
		want    bool
	}{
		{"curl", "127.0.0.1:2014", nil, true},
		{"the mock's own page", "127.0.0.1:2014", []string{"Sec-Fetch-Site", "same-origin", "Origin", "http://127.0.0.1:2014"}, true},
		{"over HTTPS", "localhost:2014", []string{"Origin", "https://localhost:2014"}, true},
		{"a typed address", "127.0.0.1:2014", []string{"Sec-Fetch-Site", "none"}, true},
		{"another site", "127.0.0.1:2014", []string{"Sec-Fetch-Site", "cross-site"}, false},
		{"another subdomain", "a.localhost", []string{"Sec-Fetch-Site", "same-site"}, false},
		{"another origin", "127.0.0.1:2014", []string{"Origin", "http://evil.com"}, false},
		{"another port", "127.0.0.1:2014", []string{"Origin", "http://127.0.0.1:3000"}, false},
		{"another name for the same", "127.0.0.1:2014", []string{"Origin", "http://localhost:2014"}, false},
		{"a sandboxed page", "127.0.0.1:2014", []string{"Origin", "null"}, false},
		{"a file", "localhost", []string{"Origin", "file://"}, false},
		{"what is no origin", "localhost", []string{"Origin", "http://[::1"}, false},
		{"an old browser's page of another site", "127.0.0.1:2014", []string{"Origin", "https://127.0.0.1.evil.com:2014"}, false},
	} {
		assert.Equal(t, c.want, passes(t, new(Guard).SameOrigin(noContent), c.host, c.headers...), c.name)
	}
	assert.True(t, passes(t, new(Guard).KnownHost(noContent), "127.0.0.1:2014", "Sec-Fetch-Site", "cross-site"), "KnownHost alone lets health checks of other sites pass")
}

func TestHostsOfTheGuard(t *testing.T) {
	g := &Guard{Hosts: []string{"mock.example.com"}}
	assert.True(t, passes(t, g.KnownHost(noContent), "Mock.example.com:2014"))
	assert.False(t, passes(t, g.KnownHost(noContent), "other.example.com:2014"))
}

// A page of any site can make a browser call the API, with an image or a form.
func TestCrossSite(t *testing.T) {
	const browser, program = "Mozilla/5.0 (X11; Linux x86_64)", "AlibabaCloud (linux; amd64) Golang/1.25"
	for name, test := range map[string]struct {
		host, agent, origin, site string
		want                      bool
	}{
		"a typed address":                           {"127.0.0.1:2014", browser, "", "none", false},
		"the mock's own page":                       {"localhost:2014", browser, "http://localhost:2014", "same-origin", false},
		"a page of the same machine":                {"localhost:2014", browser, "http://localhost:3000", "same-site", false},
		"a form of another site in an old browser":  {"127.0.0.1:2014", browser, "https://evil.example.com", "", true},
		"a form of a sandbox in an old browser":     {"127.0.0.1:2014", browser, "null", "", true},
		"a name that was rebound":                   {"evil.example.com:2014", browser, "", "", true},
		"a form by a name that was rebound":         {"evil.example.com:2014", browser, "http://evil.example.com:2014", "", true},
		"a name that only looks like the service's": {"ecs.aliyuncs.com.example.com", browser, "", "", true},
		"a program by any name":                     {"mock.example.com:2014", program, "", "", false},
		"a browser by the service's name":           {"ecs.cn-hangzhou.aliyuncs.com", browser, "", "none", false},
		"a browser by a name of the mock":           {"ecsmock.example.org", browser, "", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			h := http.Header{"User-Agent": {test.agent}}
			if test.origin != "" {
				h.Set("Origin", test.origin)
			}
			if test.site != "" {
				h.Set("Sec-Fetch-Site", test.site)
			}
			guard := &Guard{Hosts: []string{"ecsmock.example.org"}}
			assert.Equal(t, test.want, guard.CrossSite(h, test.host))
		})
	}
}

// To an address that it does not trust a browser sends neither site nor origin. These
// are the headers that Chromium sends to http://0.0.0.0 for an image of another site.
func TestCrossSiteWithoutSite(t *testing.T) {
	browser := http.Header{
		"User-Agent":      {"Mozilla/5.0 (X11; Linux x86_64)"},
		"Accept":          {"image/avif,image/webp,*/*;q=0.8"},
		"Accept-Language": {"en-US,en;q=0.9"},
	}
	for name, test := range map[string]struct {
		header, value string
		want          bool
	}{
		"any page's image":                        {"", "", true},
		"a script's fetch that sends no language": {"Accept-Language", "", true},
		"the mock's own page by GET":              {"X-Requested-With", "fetch", false},
		"the mock's own page by POST":             {"Origin", "http://HOST", false},
		"a typed address, to one that is trusted": {"Sec-Fetch-Site", "none", false},
		"a program with a language":               {"User-Agent", "node", false},
	} {
		t.Run(name, func(t *testing.T) {
			for _, host := range []string{"0.0.0.0:2014", "[::ffff:7f00:1]:2014", "192.0.2.1:2014", "mock:2014", "ecs.aliyuncs.com"} {
				h := browser.Clone()
				if test.header != "" {
					h.Set(test.header, strings.ReplaceAll(test.value, "HOST", host))
				}
				assert.Equal(t, test.want, new(Guard).CrossSite(h, host), host)
			}
		})
	}
	t.Run("an address that browsers trust", func(t *testing.T) {
		for _, host := range []string{"127.0.0.1:2014", "[::1]:2014", "localhost:2014", "LOCALHOST", "mock.localhost"} {
			assert.False(t, new(Guard).CrossSite(browser, host), "%s: they would send the site", host)
		}
	})
	t.Run("a program that calls itself Mozilla", func(t *testing.T) {
		assert.False(t, new(Guard).CrossSite(http.Header{"User-Agent": {"Mozilla/5.0 (Windows NT 10.0; en-US) PowerShell/7.5.0"}}, "192.0.2.1:2014"))
	})
}
