package server_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/server"
)

// proxied is a mock that clients use as a proxy.
type proxied struct {
	*server.Server
	addr string
	ca   *x509.CertPool
	mu   sync.Mutex
	log  bytes.Buffer
}

// Write adds to the log.
func (p *proxied) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.Write(b)
}

func asProxy(t *testing.T) *proxied {
	t.Helper()
	p := &proxied{ca: x509.NewCertPool()}
	p.Server = start(t, server.Options{Seed: ecs.Demo, Log: slog.New(slog.NewTextHandler(p, nil))})
	p.addr = strings.TrimPrefix(listening(t, p.Server), "http://")
	require.True(t, p.ca.AppendCertsFromPEM([]byte(get(p.Server, "/_mock/ca.pem").Body)))
	return p
}

// client returns a client that trusts the mock and uses it as a proxy, over HTTP or
// HTTPS. Its calls are HTTP/2 if they can be.
func (p *proxied) client(t *testing.T, scheme string, http2 bool) *http.Client {
	t.Helper()
	transport := &http.Transport{
		Proxy:             http.ProxyURL(&url.URL{Scheme: scheme, Host: p.addr}),
		TLSClientConfig:   &tls.Config{RootCAs: p.ca},
		ForceAttemptHTTP2: http2,
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

const regions = "/?Action=DescribeRegions&Format=JSON"

// A client whose endpoint is fixed reaches the mock, and trusts it, through its proxy.
func TestAClientOfAFixedEndpointUsesTheMockAsProxy(t *testing.T) {
	p := asProxy(t)
	for _, proxy := range []string{"http", "https"} {
		for name, test := range map[string]struct {
			http2     bool
			url, want string
		}{
			"https":           {false, "https://ecs.cn-hangzhou.aliyuncs.com" + regions, "HTTP/1.1"},
			"HTTP/2":          {true, "https://ecs.cn-hangzhou.aliyuncs.com" + regions, "HTTP/2.0"},
			"another region":  {false, "https://ecs.me-east-1.aliyuncs.com" + regions, "HTTP/1.1"},
			"another product": {false, "https://vpc.aliyuncs.com/?Action=DescribeVpcs&RegionId=cn-hangzhou&Format=JSON", "HTTP/1.1"},
			"no region":       {false, "https://Business.aliyuncs.com/?Action=QueryAvailableInstances&Format=JSON", "HTTP/1.1"},
			"plain http":      {false, "http://ecs.aliyuncs.com" + regions, "HTTP/1.1"},
		} {
			if test.http2 && proxy == "https" {
				continue // Go's client would speak HTTP/1.1 to a proxy with which it has agreed on HTTP/2
			}
			t.Run(name+" by a proxy over "+proxy, func(t *testing.T) {
				client := p.client(t, proxy, test.http2)
				for range 3 {
					answer, err := client.Post(test.url, "application/x-www-form-urlencoded", nil)
					require.NoError(t, err)
					body, err := io.ReadAll(answer.Body)
					require.NoError(t, err)
					answer.Body.Close()
					assert.Equal(t, http.StatusOK, answer.StatusCode, "%s", body)
					assert.Equal(t, test.want, answer.Proto)
				}
			})
		}
	}
}

// connect asks for a tunnel, sends something at once, and returns the connection once
// the answer has come.
func (p *proxied) connect(t *testing.T, host, more string) (net.Conn, *http.Response) {
	t.Helper()
	conn, err := net.Dial("tcp", p.addr)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(time.Minute)))
	_, err = fmt.Fprintf(conn, "CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n%s", host, host, more)
	require.NoError(t, err)
	answer, err := http.ReadResponse(bufio.NewReader(&oneByOne{conn}), &http.Request{Method: http.MethodConnect})
	require.NoError(t, err)
	return conn, answer
}

// oneByOne reads single bytes, so that nothing after the answer is read with it.
type oneByOne struct{ io.Reader }

func (o *oneByOne) Read(b []byte) (int, error) { return o.Reader.Read(b[:1]) }

// A client that asks for no name in TLS gets the certificate of the host that it named
// to the proxy.
func TestTheCertificateIsForTheHostOfTheTunnel(t *testing.T) {
	p := asProxy(t)
	conn, answer := p.connect(t, "ECS.cn-beijing.AliyunCS.com:443", "")
	require.Equal(t, http.StatusOK, answer.StatusCode)
	silent := tls.Client(conn, &tls.Config{InsecureSkipVerify: true})
	require.NoError(t, silent.Handshake())
	_, err := silent.ConnectionState().PeerCertificates[0].Verify(x509.VerifyOptions{DNSName: "ecs.cn-beijing.aliyuncs.com", Roots: p.ca})
	assert.NoError(t, err)
}

// What a client sends without waiting for the tunnel is not lost.
func TestATunnelHasWhatWasSentBeforeIt(t *testing.T) {
	p := asProxy(t)
	conn, answer := p.connect(t, "ecs.aliyuncs.com:443", "GET "+regions+" HTTP/1.1\r\nHost: ecs.aliyuncs.com\r\n\r\n")
	require.Equal(t, http.StatusOK, answer.StatusCode)
	got, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	defer got.Body.Close()
	assert.Equal(t, http.StatusOK, got.StatusCode)
}

// The mock connects to nothing, and says what to do.
func TestOtherTunnelsAreRefused(t *testing.T) {
	p := asProxy(t)
	other, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer other.Close()
	reached := make(chan struct{}, 1)
	go func() {
		if conn, err := other.Accept(); err == nil {
			conn.Close()
			reached <- struct{}{}
		}
	}()
	for _, host := range []string{
		other.Addr().String(), p.addr, "example.com:443", "aliyuncs.com:443", "ecs.aliyuncs.com:80", "ecs.aliyuncs.com:8443",
		"ecs.aliyuncs.com.example.com:443", "ecs-aliyuncs.com:443", "ecs.aliyuncs.com",
	} {
		_, answer := p.connect(t, host, "")
		assert.Equal(t, http.StatusForbidden, answer.StatusCode, host)
		body, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		want := fmt.Sprintf("ecsmock connects to nothing: as a proxy it stands for the hosts *.aliyuncs.com:443, and not for %q; name that host in NO_PROXY to reach it without this proxy", host)
		assert.Equal(t, want+"\n", string(body))
		p.mu.Lock()
		assert.Contains(t, p.log.String(), `msg="tunnel refused" client=127.0.0.1:`)
		assert.Contains(t, p.log.String(), "host="+host+" hint=")
		p.mu.Unlock()
	}
	assert.Empty(t, reached)
}

func TestATunnelInATunnelIsRefused(t *testing.T) {
	p := asProxy(t)
	request := "CONNECT ecs.aliyuncs.com:443 HTTP/1.1\r\nHost: ecs.aliyuncs.com:443\r\n\r\n"
	conn, answer := p.connect(t, "ecs.aliyuncs.com:443", request)
	require.Equal(t, http.StatusOK, answer.StatusCode)
	again, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: http.MethodConnect})
	require.NoError(t, err)
	assert.Equal(t, http.StatusForbidden, again.StatusCode)
}

func TestATunnelNeedsHTTP1(t *testing.T) {
	p := asProxy(t)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: p.ca}, ForceAttemptHTTP2: true}}
	r, err := http.NewRequest(http.MethodConnect, "https://"+p.addr, nil)
	require.NoError(t, err)
	r.Host = "ecs.aliyuncs.com:443"
	answer, err := client.Do(r)
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	assert.Equal(t, "403 a tunnel needs HTTP/1.1; give the address of the proxy with http://\n", fmt.Sprint(answer.StatusCode, " ", string(body)))
}

// Tunnels do not delay the end: neither one that is idle nor one that has sent nothing.
func TestStopEndsTunnels(t *testing.T) {
	p := asProxy(t)
	silent, answer := p.connect(t, "ecs.aliyuncs.com:443", "")
	require.Equal(t, http.StatusOK, answer.StatusCode)
	used := p.client(t, "http", false)
	first, err := used.Get("https://ecs.aliyuncs.com" + regions)
	require.NoError(t, err)
	io.Copy(io.Discard, first.Body)
	first.Body.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	assert.NoError(t, p.Stop(ctx))
	_, err = io.Copy(io.Discard, silent)
	assert.NoError(t, err, "is closed")
}

// Programs that wait for a server ask for a page with HEAD.
func TestHeadIsGetWithoutBody(t *testing.T) {
	p := asProxy(t)
	for path, status := range map[string]int{"/_mock/health": 200, "/_mock/": 200, "/_mock/ca.pem": 200, "/_mock/none": 404, "/_mock/journal?follow": 200, "/": 403} {
		answer, err := http.Head("http://" + p.addr + path)
		require.NoError(t, err)
		answer.Body.Close()
		assert.Equal(t, status, answer.StatusCode, path)
		got, err := http.Get("http://" + p.addr + path)
		require.NoError(t, err)
		got.Body.Close()
		if status == http.StatusOK {
			assert.Equal(t, got.Header.Get("Content-Type"), answer.Header.Get("Content-Type"), path)
		}
	}
}
