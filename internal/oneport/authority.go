package oneport

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"
)

const (
	maxLeaves = 256                  // certificates that are kept; there are some thirty regions
	clockSkew = time.Hour            // how far a client's clock may be behind
	leafLife  = 365 * 24 * time.Hour // Apple's systems refuse more than 398 days
	rootYears = 10
)

// authority is a certificate authority. It exists in memory only, so that a client
// that trusts it trusts this one run of the mock. It makes no key before the first
// TLS connection, so that plain HTTP does not wait for one.
//
// The dates of its certificates are in real time whatever the mock's clock says:
// clients compare them with their own clocks.
type authority struct {
	hosts []string // in every certificate for an address
	root  func() (*root, error)

	mu     sync.Mutex
	leaves map[string]func() (*tls.Certificate, error)
}

// root is what an authority signs with. All leaves share one key: a key for each
// would cost time and protect nothing.
type root struct {
	cert    *x509.Certificate
	key     *ecdsa.PrivateKey
	leafKey *ecdsa.PrivateKey
}

// newAuthority returns an authority for a mock that is reached by the given hosts
// beside the usual ones.
func newAuthority(hosts []string) *authority {
	return &authority{
		hosts:  append([]string{"localhost", "127.0.0.1", "::1", "host.docker.internal"}, hosts...),
		root:   sync.OnceValues(newRoot),
		leaves: map[string]func() (*tls.Certificate, error){},
	}
}

// CertPEM returns the certificate that a client has to trust.
func (a *authority) CertPEM() ([]byte, error) {
	r, err := a.root()
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: r.cert.Raw}), nil
}

// GetCertificate returns the certificate for the name that a client asks for, whatever
// the name: clients are pointed at the mock under names of the real service. A client
// that is given an address asks for no name. Its certificate is for the address that
// it has reached and for all names of the mock, since on the client's side of a
// container's network the address may be another.
func (a *authority) GetCertificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	return a.leaf(requestedName(hello))()
}

// leaf returns the function that makes the certificate for a name, or returns it once
// it is made. Concurrent clients wait only for the certificate of their own name.
func (a *authority) leaf(name string) func() (*tls.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	leaf, ok := a.leaves[name]
	if !ok {
		if len(a.leaves) >= maxLeaves {
			clear(a.leaves) // those in use are soon made again
		}
		leaf = sync.OnceValues(func() (*tls.Certificate, error) { return a.issue(name) })
		a.leaves[name] = leaf
	}
	return leaf
}

func (a *authority) issue(name string) (*tls.Certificate, error) {
	r, err := a.root()
	if err != nil {
		return nil, err
	}
	now := time.Now()
	template := &x509.Certificate{
		Subject:     pkix.Name{Organization: []string{"ecsmock"}},
		NotBefore:   now.Add(-clockSkew),
		NotAfter:    now.Add(leafLife),
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	addNames(template, name)
	if _, err := netip.ParseAddr(name); err == nil {
		addNames(template, a.hosts...)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, r.cert, r.leafKey.Public(), r.key)
	if err != nil {
		return nil, fmt.Errorf("no certificate can be made for %s: %w", name, err)
	}
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: r.leafKey}, nil
}

// newRoot makes the keys of an authority and its self-signed certificate. The
// certificate's name is unique: a trust store may still hold that of another run, and
// finds certificates by name.
func newRoot() (*root, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	leafKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	template := &x509.Certificate{
		Subject:               pkix.Name{Organization: []string{"ecsmock"}, CommonName: "ecsmock " + rand.Text()[:8]},
		NotBefore:             now.Add(-clockSkew),
		NotAfter:              now.AddDate(rootYears, 0, 0),
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
		MaxPathLenZero:        true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("no certificate authority can be made: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	return &root{cert, key, leafKey}, err
}

// requestedName returns the name that a client asks for, or the address or the host
// that it has reached.
func requestedName(hello *tls.ClientHelloInfo) string {
	if name, ok := hostName(hello.ServerName); ok {
		return name
	}
	host, _, _ := net.SplitHostPort(hello.Conn.LocalAddr().String())
	if name, ok := hostName(host); ok {
		return name
	}
	return "127.0.0.1" // no network connection, as in a test
}

// labelBytes are letters, digits, hyphens, and the underscores of compose services.
const labelBytes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

// hostName returns a host name or an IP address as certificates write it.
func hostName(s string) (name string, ok bool) {
	if ip, err := netip.ParseAddr(s); err == nil {
		return ip.String(), true
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, labelBytes) != "" {
			return "", false
		}
	}
	return strings.ToLower(s), len(s) <= 253
}

// addNames adds names and addresses to those that a certificate is for.
func addNames(c *x509.Certificate, names ...string) {
	for _, name := range names {
		if ip, err := netip.ParseAddr(name); err == nil {
			c.IPAddresses = append(c.IPAddresses, ip.AsSlice())
		} else {
			c.DNSNames = append(c.DNSNames, name)
		}
	}
}
