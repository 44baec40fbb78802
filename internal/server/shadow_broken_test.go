package server_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/server"
	"github.com/ecsmock/ecsmock/internal/shadow"
)

// shadowOf returns the address of a mock in the shadow of a service that a function is, which
// gets each connection after the request was read.
func shadowOf(t *testing.T, answer func(net.Conn)) (url string, s *server.Server) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
					answer(conn)
				}
			}()
		}
	}()
	service, err := shadow.New("http://" + l.Addr().String())
	require.NoError(t, err)
	s = start(t, server.Options{Seed: ecs.Demo, Shadow: service})
	front := httptest.NewServer(s)
	t.Cleanup(front.Close)
	return front.URL, s
}

const revokes = "/?Action=RevokeSecurityGroup&Format=JSON&" + "RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=80/80&SourceCidrIp=0.0.0.0/0"

// A service that breaks is passed on as it is, and the world of the mock stays as it was.
func TestBrokenServices(t *testing.T) {
	write := func(text string) func(net.Conn) { return func(c net.Conn) { io.WriteString(c, text) } }
	for name, test := range map[string]struct {
		answer func(net.Conn)
		status int    // 0 for no answer
		body   string // the beginning
		broken bool   // the body ends too early
	}{
		"closes at once":      {func(net.Conn) {}, 0, "", false},
		"resets":              {func(c net.Conn) { c.(*net.TCPConn).SetLinger(0) }, 0, "", false},
		"garbage":             {write("220 mail ready\r\n"), 0, "", false},
		"half a head":         {write("HTTP/1.1 200 OK\r\nContent-Type"), 0, "", false},
		"500":                 {write("HTTP/1.1 500 Oh no\r\nContent-Length: 4\r\nX-Own: 1\r\n\r\noops"), 500, "oops", false},
		"502 without a body":  {write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"), 502, "", false},
		"a page":              {write("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>hi</html>"), 200, "<html>hi</html>", false},
		"half a body":         {write("HTTP/1.1 403 Forbidden\r\nContent-Length: 100\r\n\r\n{\"Code\":"), 403, `{"Code":`, true},
		"a broken chunk":      {write("HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"Co\r\nzz"), 403, `{"Co`, true},
		"an endless head":     {func(c net.Conn) { write("HTTP/1.1 200 OK\r\n")(c); fill(c) }, 0, "", false},
		"an error of its own": {write("HTTP/1.1 400 Bad Request\r\nContent-Length: 26\r\n\r\n{\"Code\":\"Throttling.User\"}"), 400, `{"Code":"Throttling.User"}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, s := shadowOf(t, test.answer)
			before := world(s)
			got, err := http.Get(url + revokes)
			if test.status == 0 {
				assert.Error(t, err, "the connection is closed")
				assert.Equal(t, 1, found(t, s).Unanswered)
			} else {
				require.NoError(t, err)
				defer got.Body.Close()
				body, err := io.ReadAll(got.Body)
				assert.Equal(t, test.status, got.StatusCode)
				assert.Equal(t, test.body, string(body))
				assert.Equal(t, test.broken, err != nil, err)
			}
			assert.Equal(t, before, world(s), "the mock does what the service did not do")
			assert.Contains(t, get(s, "/_mock/journal").Body, `"Action": "RevokeSecurityGroup"`)
		})
	}
}

// fill writes headers until nobody reads them.
func fill(w io.Writer) {
	for {
		if _, err := fmt.Fprintf(w, "X-Header: %s\r\n", strings.Repeat("x", 1000)); err != nil {
			return
		}
	}
}

// A client that gives up frees the service for the next call, and the mock stops at once.
func TestServiceThatHangs(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	url, s := shadowOf(t, func(net.Conn) { <-release })
	before := world(s)
	for range 2 {
		_, err := (&http.Client{Timeout: 50 * time.Millisecond}).Get(url + revokes)
		assert.Error(t, err)
	}
	require.Eventually(t, func() bool { return len(numbers(t, s, "")) == 2 }, time.Minute, time.Millisecond)
	assert.Equal(t, before, world(s))
	assert.Equal(t, 2, found(t, s).Unanswered)
}

func TestServiceThatIsNotThere(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	l.Close()
	service, err := shadow.New("http://" + l.Addr().String())
	require.NoError(t, err)
	s := start(t, server.Options{Seed: ecs.Demo, Shadow: service})
	got := get(s, revokes)
	assert.Equal(t, http.StatusServiceUnavailable, got.Status)
	assert.Contains(t, got.Body, `"Code":"ServiceUnavailable"`)
	assert.Contains(t, got.Header.Get("X-Ecsmock-Hint"), "the service "+l.Addr().String()+" did not answer: the service cannot be reached")
	assert.Contains(t, got.Header.Get("X-Ecsmock-Hint"), "connection refused")
}

// What the service refuses the mock does not keep, though it would carry it out.
func TestRefusedCallsChangeNothing(t *testing.T) {
	c := startCouple(t, server.Options{Seed: ecs.Demo}, server.Options{Seed: ecs.Demo})
	send(c.service, http.MethodPost, "/_mock/faults", `{"Action": "RevokeSecurityGroup", "Code": "Forbidden.RAM", "Times": 1}`)
	before := world(c.shadow)
	got := get(c.shadow, revokes)
	assert.Equal(t, http.StatusForbidden, got.Status, got.Body)
	assert.Equal(t, before, world(c.shadow))
	assert.NotContains(t, get(c.shadow, "/_mock/journal").Body, "sgr-web-http", "nothing was changed")
	r := found(t, c.shadow)
	assert.Equal(t, []string{"apart 403 Forbidden.RAM"}, r.kinds())
	assert.Equal(t, http.StatusOK, get(c.shadow, revokes).Status)
	assert.Equal(t, world(c.service), world(c.shadow))
}

// In a shadow, what would be a call of nobody's program is refused.
func TestShadowsAreLeftAlone(t *testing.T) {
	s := start(t, server.Options{Seed: ecs.Demo, Shadow: serve(t, demo(t))})
	get(s, revokes)
	for path, body := range map[string]string{"/_mock/faults": `{"Action": "*", "Code": "Throttling"}`, "/_mock/replay?call=1": ""} {
		got := send(s, http.MethodPost, path, body)
		assert.Equal(t, http.StatusConflict, got.Status, path)
		assert.Contains(t, errorOf(t, got), "with -shadow the service 127.0.0.1:")
	}
	got := get(s, revokes, "Sec-Fetch-Site: cross-site")
	assert.Equal(t, http.StatusForbidden, got.Status)
	assert.Equal(t, 1, found(t, s).Calls, "a page of another site does not reach the service")

	alone := start(t, server.Options{})
	for _, method := range []string{http.MethodGet, http.MethodDelete} {
		got := send(alone, method, "/_mock/differences", "")
		assert.Equal(t, http.StatusConflict, got.Status)
		assert.Equal(t, "there is nothing to compare the mock with; start it with -shadow and the address of the service", errorOf(t, got))
	}
	assert.Contains(t, errorOf(t, get(s, "/_mock/differences?form=exchange")), "did you mean format?")
	assert.Contains(t, errorOf(t, get(s, "/_mock/differences?format=xml")), "json or exchange")
}

// The secrets of a key that the service makes stand nowhere in the mock.
func TestSecretsOfTheServiceAreNotShown(t *testing.T) {
	c := startCouple(t, server.Options{}, server.Options{})
	send(c.service, http.MethodPost, "/_mock/faults", `{"Action": "AssumeRole", "Unchecked": true, "Answer": {"More": "one field, so that there is an exchange file"}}`)
	got := get(c.shadow, "/?Action=AssumeRole&Version=2015-04-01&Format=JSON&RoleArn=acs:ram::1234567890123456:role/reader&RoleSessionName=me")
	require.Equal(t, http.StatusOK, got.Status, got.Body)
	all := byPath(t, got.Body)
	exchange := get(c.shadow, "/_mock/differences?format=exchange").Body
	require.Contains(t, exchange, `"SecurityToken":"{...}"`)
	shown := get(c.shadow, "/_mock/journal").Body + get(c.shadow, "/_mock/journal?call=1").Body + exchange + get(c.shadow, "/_mock/differences").Body
	for _, secret := range []string{all["Credentials.AccessKeySecret"][0], all["Credentials.SecurityToken"][0]} {
		assert.NotContains(t, shown, secret)
	}
	key := all["Credentials.AccessKeyId"][0]
	assert.Equal(t, http.StatusOK, get(c.shadow, "/?Action=GetCallerIdentity&Version=2015-04-01&Format=JSON&AccessKeyId="+key).Status)
	r := found(t, c.shadow)
	assert.Equal(t, []string{"missing field More"}, r.kinds(), "the key of the service is known to the mock")
}

// A mock that verifies no signatures does not differ from a service that does: each way in which
// the service refuses a signature is counted apart.
func TestRefusedSignaturesAreApart(t *testing.T) {
	c := startCouple(t, server.Options{Seed: ecs.Demo}, server.Options{Seed: ecs.Demo, Signatures: server.SignaturesRequire})
	var refusals []string
	for name, value := range map[string]string{
		"AccessKeyId": "-", "Signature": "-", "SignatureMethod": "-", "SignatureVersion": "-", "SignatureNonce": "-", "Timestamp": "-",
	} {
		got := get(c.shadow, v1{secret: "testsecret", after: map[string]string{name: value}}.query())
		refusals = append(refusals, "apart 400 "+byPath(t, got.Body)["Code"][0])
	}
	for name, value := range map[string]string{
		"Signature": "wrong", "SignatureMethod": "MD5", "SignatureVersion": "2.0", "Timestamp": "2016-02-23T12:46:24Z", "SignatureType": "BEARERTOKEN", "AccessKeyId": "nobody",
	} {
		got := get(c.shadow, v1{secret: "testsecret", after: map[string]string{name: value}}.query())
		require.GreaterOrEqual(t, got.Status, 400, got.Body)
		refusals = append(refusals, fmt.Sprintf("apart %d %s", got.Status, byPath(t, got.Body)["Code"][0]))
	}
	r := found(t, c.shadow)
	assert.Equal(t, sorted(refusals), r.kinds())
	assert.Len(t, sorted(refusals), 12)
}
