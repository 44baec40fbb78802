package server_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ecsmock/ecsmock/internal/sign"
)

func acs3(t *testing.T, secret string, mutate func(*http.Request)) *http.Request {
	t.Helper()
	r := acs3Of("DescribeSecurityGroups", "2014-05-26", "localhost:2014", secret)
	if mutate != nil {
		mutate(r)
	}
	return r
}

// acs3Of returns a signed call of an action of a product.
func acs3Of(action, version, host, secret string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/?RegionId=cn-hangzhou", nil)
	r.Host = host
	empty := sha256.Sum256(nil)
	for name, value := range map[string]string{
		"x-acs-action": action, "x-acs-version": version, "x-acs-date": sign.FormatTimestamp(time.Now()),
		"x-acs-signature-nonce": "n1", "x-acs-content-sha256": hex.EncodeToString(empty[:]), "accept": "application/json",
	} {
		r.Header.Set(name, value)
	}
	signed := &sign.ACS3{Method: r.Method, Host: r.Host, Query: []sign.Pair{{Name: "RegionId", Value: "cn-hangzhou"}}, Header: r.Header}
	r.Header.Set("Authorization", signed.Sign("testid", secret, "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"))
	return r
}

func TestACS3IsVerified(t *testing.T) {
	assert.Equal(t, 200, do(requiring(t), acs3(t, "testsecret", nil)).Status)
	for name, row := range map[string]struct {
		secret string
		mutate func(*http.Request)
		code   string
	}{
		"secret":        {"wrong", nil, "SignatureDoesNotMatch"},
		"host":          {"testsecret", func(r *http.Request) { r.Host = "localhost" }, "SignatureDoesNotMatch"},
		"date":          {"testsecret", func(r *http.Request) { r.Header.Set("X-Acs-Date", "2016-02-23T12:46:24Z") }, "InvalidTimeStamp.Expired"},
		"no date":       {"testsecret", func(r *http.Request) { r.Header.Del("X-Acs-Date") }, "MissingParameter"},
		"authorization": {"testsecret", func(r *http.Request) { r.Header.Set("Authorization", "ACS3-HMAC-SHA256 nonsense") }, "IncompleteSignature"},
		"algorithm": {"testsecret", func(r *http.Request) {
			r.Header.Set("Authorization", "ACS3-HMAC-SM3 Credential=testid,SignedHeaders=host,Signature=00")
		}, "InvalidSignatureMethod"},
	} {
		got := do(requiring(t), acs3(t, row.secret, row.mutate))
		assert.GreaterOrEqual(t, got.Status, 400, name)
		assert.Contains(t, got.Body, `"Code":"`+row.code+`"`, name)
	}
	wrong := do(requiring(t), acs3(t, "wrong", nil)).Body
	assert.Contains(t, wrong, `Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\n`)
}

// What ACS3 must cover, the service refuses to take unsigned; the hint and the journal
// name the header.
func TestACS3MustCoverItsHeaders(t *testing.T) {
	all := []string{"content-type", "host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-security-token", "x-acs-signature-nonce", "x-acs-version"}
	for _, left := range append([]string{""}, all...) {
		r := acs3(t, "testsecret", nil)
		const body = "PageSize=50"
		sum := sha256.Sum256([]byte(body))
		r.Body = io.NopCloser(strings.NewReader(body))
		r.Header.Set("X-Acs-Content-Sha256", hex.EncodeToString(sum[:]))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Acs-Security-Token", "any")
		names := strings.Join(slices.DeleteFunc(slices.Clone(all), func(name string) bool { return name == left }), ";")
		signed := &sign.ACS3{Method: r.Method, Host: r.Host, Query: []sign.Pair{{Name: "RegionId", Value: "cn-hangzhou"}}, Header: r.Header, Body: body}
		r.Header.Set("Authorization", signed.Sign("testid", "testsecret", names))
		s := requiring(t)
		got := do(s, r)
		if left == "" {
			assert.Equal(t, 200, got.Status, got.Body)
			continue
		}
		assert.Equal(t, 400, got.Status, left)
		assert.Contains(t, got.Body, `"Code":"IncompleteSignature","Message":"The request signature does not conform to Aliyun standards."`, left)
		assert.True(t, strings.HasPrefix(got.Header.Get("X-Ecsmock-Hint"), left+": SignedHeaders must name "), got.Header.Get("X-Ecsmock-Hint"))
		assert.Contains(t, get(s, "/_mock/journal").Body, left+": SignedHeaders must name ")
	}
}
