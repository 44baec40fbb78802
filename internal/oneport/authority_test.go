package oneport

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// at is a connection with a local address.
type at struct {
	net.Conn
	addr net.Addr
}

func (c at) LocalAddr() net.Addr { return c.addr }

// hello returns the hello of a client that has reached an address and asks for a name, or for none.
func hello(addr, name string) *tls.ClientHelloInfo {
	return &tls.ClientHelloInfo{
		ServerName: name,
		Conn:       at{addr: net.TCPAddrFromAddrPort(netip.MustParseAddrPort(addr))},
	}
}

func TestAuthorityCertifiesEveryName(t *testing.T) {
	a := newAuthority([]string{"mock.example.com"})
	for _, name := range []string{
		"localhost", "web.localhost", "host.docker.internal", "mock.example.com",
		"ecs.aliyuncs.com", "ecs.cn-hangzhou.aliyuncs.com", "ecs-vpc.me-east-1.aliyuncs.com",
		"ecsmock", "ecs_mock-1", "LocalHost",
		"api.example.org", strings.Repeat("a", 63) + ".example", strings.Repeat("a.", 126) + "a",
		"127.0.0.1", "::1", "10.9.8.7", "2001:db8::5",
	} {
		t.Run(name, func(t *testing.T) {
			leaf, err := a.GetCertificate(hello("127.0.0.1:2014", name))
			require.NoError(t, err)
			assertTrusted(t, a, leaf, name)
		})
	}
}

func TestAuthorityCertifiesEveryAddress(t *testing.T) {
	a := newAuthority([]string{"mock.example.com", "192.168.99.100"})
	for addr, names := range map[string][]string{
		"127.0.0.1:2014":         {"127.0.0.1"},
		"127.0.0.9:2014":         {"127.0.0.9"},
		"[::1]:2014":             {"::1"},
		"[::ffff:10.0.0.1]:2014": {"10.0.0.1"},
		"[fe80::1%eth0]:2014":    {"fe80::1"},
		// A container, where the client has reached a port published elsewhere.
		"172.17.0.2:2014": {"172.17.0.2", "127.0.0.1", "::1", "192.168.99.100", "localhost", "host.docker.internal", "mock.example.com"},
	} {
		t.Run(addr, func(t *testing.T) {
			leaf, err := a.GetCertificate(hello(addr, ""))
			require.NoError(t, err)
			for _, name := range names {
				assertTrusted(t, a, leaf, name)
			}
		})
	}
}

func TestAuthorityIgnoresInvalidNames(t *testing.T) {
	a := newAuthority(nil)
	for _, name := range []string{
		"not a name", "a..b", ".a", "*.a", "münchen.example", "\x00", strings.Repeat("a", 64) + ".example", strings.Repeat("a.", 127) + "a",
	} {
		leaf, err := a.GetCertificate(hello("127.0.0.1:2014", name))
		require.NoError(t, err)
		assertTrusted(t, a, leaf, "127.0.0.1")
	}
	assert.Len(t, a.leaves, 1)
}

func TestAuthorityCertifiesOnlyTheRequestedName(t *testing.T) {
	leaf, err := newAuthority(nil).GetCertificate(hello("127.0.0.1:1", "ecs.aliyuncs.com"))
	require.NoError(t, err)
	assert.Equal(t, []string{"ecs.aliyuncs.com"}, parsed(t, leaf).DNSNames)
	assert.Empty(t, parsed(t, leaf).IPAddresses)
}

func TestAuthorityWithoutAnAddress(t *testing.T) {
	client, server := net.Pipe()
	defer client.Close()
	a := newAuthority(nil)
	leaf, err := a.GetCertificate(&tls.ClientHelloInfo{Conn: server})
	require.NoError(t, err)
	assertTrusted(t, a, leaf, "127.0.0.1")
}

func TestAuthorityDatesAndUses(t *testing.T) {
	a := newAuthority(nil)
	root := rootOf(t, a)
	assert.WithinDuration(t, time.Now().Add(-time.Hour), root.NotBefore, time.Minute)
	assert.WithinDuration(t, time.Now().AddDate(10, 0, 0), root.NotAfter, time.Minute)
	assert.True(t, root.IsCA && root.BasicConstraintsValid && root.MaxPathLenZero)
	assert.Equal(t, x509.KeyUsageCertSign|x509.KeyUsageCRLSign, root.KeyUsage)

	made, err := a.leaf("localhost")()
	require.NoError(t, err)
	leaf := parsed(t, made)
	assert.WithinDuration(t, time.Now().Add(-time.Hour), leaf.NotBefore, time.Minute)
	assert.WithinDuration(t, time.Now().Add(365*24*time.Hour), leaf.NotAfter, time.Minute)
	assert.Less(t, leaf.NotAfter.Sub(leaf.NotBefore), 398*24*time.Hour, "Apple's limit")
	assert.False(t, leaf.IsCA)
	assert.Equal(t, x509.KeyUsageDigitalSignature, leaf.KeyUsage)
	assert.Equal(t, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, leaf.ExtKeyUsage)
	assert.Equal(t, root.SubjectKeyId, leaf.AuthorityKeyId, "strict clients need it")
	assert.NotEmpty(t, root.SubjectKeyId)
}

func TestEachAuthorityIsNew(t *testing.T) {
	one, other := newAuthority(nil), newAuthority(nil)
	assert.NotEqual(t, rootOf(t, one).Subject.CommonName, rootOf(t, other).Subject.CommonName)
	leaf, err := other.leaf("localhost")()
	require.NoError(t, err)
	_, err = parsed(t, leaf).Verify(x509.VerifyOptions{DNSName: "localhost", Roots: pool(rootOf(t, one))})
	assert.ErrorAs(t, err, new(x509.UnknownAuthorityError))
}

func TestAuthorityMakesEachCertificateOnce(t *testing.T) {
	a := newAuthority(nil)
	var wg sync.WaitGroup
	var made [32]*tls.Certificate
	for i := range made {
		wg.Go(func() {
			made[i], _ = a.GetCertificate(hello("127.0.0.1:1", []string{"localhost", "LOCALHOST"}[i%2]))
		})
	}
	wg.Wait()
	require.NotNil(t, made[0])
	for _, leaf := range made {
		assert.Same(t, made[0], leaf)
	}
	other, err := a.GetCertificate(hello("127.0.0.1:1", "ecsmock"))
	require.NoError(t, err)
	assert.NotSame(t, made[0], other)
	assert.Equal(t, rootOf(t, a).Raw, rootOf(t, a).Raw)
}

func TestAuthorityKeepsFewLeaves(t *testing.T) {
	a := newAuthority(nil)
	for i := range 3 * maxLeaves {
		name := fmt.Sprintf("region-%d.aliyuncs.com", i)
		assert.NotNil(t, a.leaf(name))
		assert.Contains(t, a.leaves, name)
		assert.LessOrEqual(t, len(a.leaves), maxLeaves)
	}
}

func TestAuthorityReportsErrors(t *testing.T) {
	broken := errors.New("no entropy")
	a := newAuthority(nil)
	a.root = func() (*root, error) { return nil, broken }
	_, err := a.CertPEM()
	assert.Equal(t, broken, err)
	_, err = a.GetCertificate(hello("127.0.0.1:1", ""))
	assert.Equal(t, broken, err)
}

func assertTrusted(t *testing.T, a *authority, leaf *tls.Certificate, name string) {
	t.Helper()
	_, err := parsed(t, leaf).Verify(x509.VerifyOptions{DNSName: name, Roots: pool(rootOf(t, a))})
	assert.NoError(t, err)
}

func parsed(t *testing.T, c *tls.Certificate) *x509.Certificate {
	t.Helper()
	cert, err := x509.ParseCertificate(c.Certificate[0])
	require.NoError(t, err)
	return cert
}

// rootOf returns the certificate of an authority, as a client reads it.
func rootOf(t *testing.T, a *authority) *x509.Certificate {
	t.Helper()
	text, err := a.CertPEM()
	require.NoError(t, err)
	block, rest := pem.Decode(text)
	require.NotNil(t, block)
	assert.Empty(t, rest)
	cert, err := x509.ParseCertificate(block.Bytes)
	require.NoError(t, err)
	return cert
}

func pool(c *x509.Certificate) *x509.CertPool {
	p := x509.NewCertPool()
	p.AddCert(c)
	return p
}
