package shadow

import (
	"context"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/sign"
)

// ask sends a request for a path to a service.
func ask(t *testing.T, s *Service, path string) (*Answer, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.Host+path, nil)
	require.NoError(t, err)
	return s.Send(t.Context(), r)
}

func TestSendOverTLS(t *testing.T) {
	l := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.RequestURI) }))
	t.Cleanup(l.Close)
	s, err := New(l.URL)
	require.NoError(t, err)
	_, err = ask(t, s, "/")
	assert.ErrorIs(t, err, ErrUnreachable, "its authority is not the system's")
	file := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: l.Certificate().Raw}), 0o600))
	require.NoError(t, s.Authorities(file))
	a, err := ask(t, s, "/?Action=DescribeRegions")
	require.NoError(t, err)
	assert.Equal(t, "/?Action=DescribeRegions", string(a.Body))

	require.NoError(t, os.WriteFile(file, []byte("no certificate"), 0o600))
	assert.ErrorContains(t, s.Authorities(file), "ca.pem has no certificate in PEM")
	assert.ErrorIs(t, s.Authorities(file+"x"), os.ErrNotExist)
}

// After Throttling the next call waits, longer each time, until one is not throttled.
func TestPauses(t *testing.T) {
	l := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/throttled" {
			http.Error(w, `{"Code":"Throttling.User"}`, http.StatusBadRequest)
		}
	}))
	t.Cleanup(l.Close)
	s, err := New(l.URL)
	require.NoError(t, err)
	_, err = ask(t, s, "/throttled")
	require.NoError(t, err)
	assert.Equal(t, time.Second, s.pause)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = s.Send(gone, nil)
	assert.ErrorIs(t, err, context.Canceled, "it does not wait for a client that has gone")
	for want, from := range map[time.Duration]time.Duration{2 * time.Second: time.Second, maxPause: maxPause} {
		s.pause = from
		s.note(&Answer{Status: 400, Body: []byte("Throttling")})
		assert.Equal(t, want, s.pause)
	}
	s.note(&Answer{Status: 400, Body: []byte("InvalidParameter")})
	assert.Zero(t, s.pause)
}

// A call that is signed with ACS3 is signed anew for the service's host with the keys of the
// service; every other byte is sent as it came.
func TestRequests(t *testing.T) {
	s, err := New("ecs.cn-beijing.aliyuncs.com")
	require.NoError(t, err)
	s.Keys = Keys{"id", "secret", "token"}
	of := Of(s, rpc.Edition2019)
	read := func(host, target, body string, headers ...string) *rpc.Call {
		r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(body))
		r.Host = host
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			r.Header.Set(name, value)
		}
		return rpc.Read(r, "1", &rpc.Product{Hosts: []string{"ecs", "vpc"}})
	}

	c := read("127.0.0.1:2014", "/?RegionId=cn-beijing&Tag.1.Key=a%20b", "Description=x+y", "Authorization: ACS3-HMAC-SHA256 Credential=other,SignedHeaders=host,Signature=0",
		"X-Acs-Action: DescribeRegions", "X-Acs-Date: 2030-01-02T03:04:05Z", "X-Acs-Content-Sha256: "+strings.Repeat("0", 64), "X-Acs-Security-Token: other", "Content-Type: application/x-www-form-urlencoded", "Connection: close")
	r := of.request(c)
	assert.Equal(t, "ecs.cn-beijing.aliyuncs.com", r.Host)
	assert.Equal(t, "/?RegionId=cn-beijing&Tag.1.Key=a%20b", r.URL.RequestURI())
	assert.Equal(t, "token", r.Header.Get("X-Acs-Security-Token"))
	assert.Empty(t, r.Header["Connection"])
	body, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	assert.Equal(t, "Description=x+y", string(body))
	signed := &sign.ACS3{Method: r.Method, Host: r.Host, Query: []sign.Pair{{Name: "RegionId", Value: "cn-beijing"}, {Name: "Tag.1.Key", Value: "a b"}}, Header: r.Header, Body: "Description=x+y"}
	claim, err := signed.Claim()
	require.NoError(t, err)
	assert.Equal(t, "id", claim.AccessKeyID)
	var mismatch *sign.Mismatch
	require.ErrorAs(t, signed.Verify("secret"), &mismatch)
	assert.Equal(t, sign.ErrPayloadHash, mismatch.Err, "a wrong hash of the client is its own")

	c = read("127.0.0.1:2014", "/?Action=DescribeRegions&AccessKeyId=a&Signature=b%2F&Timestamp=c", "")
	assert.Equal(t, "/?Action=DescribeRegions&AccessKeyId=a&Signature=b%2F&Timestamp=c", of.request(c).URL.RequestURI(), "version 1.0 covers no host")
	assert.Equal(t, "vpc.cn-shanghai.aliyuncs.com", of.request(read("vpc.cn-shanghai.aliyuncs.com:443", "/?Action=DescribeVpcs", "")).Host, "through the mock as a proxy")
	for _, host := range []string{"ecs.oss-cn-hangzhou.aliyuncs.com", "ecs.cn-beijing.fc.aliyuncs.com", "ecs-x.cn-beijing.aliyuncs.com", "bucket.aliyuncs.com", "ecs.cn-beijing.example.com"} {
		assert.Equal(t, "ecs.cn-beijing.aliyuncs.com", of.request(read(host, "/?Action=DescribeVpcs", "")).Host, "%s may be anybody's", host)
	}
	assert.Equal(t, "//a%2Fb?x", of.request(read("127.0.0.1:2014", "http://a//a%2Fb?x", "")).URL.RequestURI())
}
