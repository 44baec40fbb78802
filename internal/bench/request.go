package main

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/sign"
)

// script makes the requests of one connection: its own rule is authorized and
// revoked in turn. Every parameter is sent that an SDK sends.
type script struct {
	connection int
	signed     bool
	began      time.Time
}

// request is the bytes of a call.
func (s *script) request(n int) []byte {
	action := "AuthorizeSecurityGroup"
	if n%2 == 1 {
		action = "RevokeSecurityGroup"
	}
	port := 1000 + s.connection
	pairs := []sign.Pair{
		{Name: "Action", Value: action},
		{Name: "Format", Value: "JSON"},
		{Name: "Version", Value: "2014-05-26"},
		{Name: "AccessKeyId", Value: "testid"},
		{Name: "SignatureMethod", Value: "HMAC-SHA1"},
		{Name: "SignatureVersion", Value: "1.0"},
		{Name: "SignatureNonce", Value: fmt.Sprintf("%016x%08x%08x", s.began.UnixNano(), s.connection, n)},
		{Name: "Timestamp", Value: s.began.UTC().Format("2006-01-02T15:04:05Z")},
		{Name: "RegionId", Value: "cn-hangzhou"},
		{Name: "SecurityGroupId", Value: "sg-bench"},
		{Name: "IpProtocol", Value: "tcp"},
		{Name: "PortRange", Value: fmt.Sprintf("%d/%d", port, port)},
		{Name: "SourceCidrIp", Value: "10.0.0.0/8"},
	}
	signature := "AAAAAAAAAAAAAAAAAAAAAAAAAAA="
	if s.signed {
		v1 := sign.V1{Method: "GET", Query: pairs}
		signature, _ = v1.Sign("testsecret") // fails for an unknown algorithm only
	}
	var b strings.Builder
	b.WriteString("GET /?Signature=" + url.QueryEscape(signature))
	for _, p := range pairs {
		b.WriteString("&" + p.Name + "=" + url.QueryEscape(p.Value))
	}
	b.WriteString(" HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\nAccept: application/json\r\n\r\n")
	return []byte(b.String())
}

// requests are those of a run. Signed ones differ, for a nonce is used once, and
// are made before the run; others are two in turn.
func (s *script) requests(calls int) [][]byte {
	list := make([][]byte, calls)
	for n := range list {
		if n > 1 && !s.signed {
			list[n] = list[n-2]
			continue
		}
		list[n] = s.request(n)
	}
	return list
}
