package server

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"net/netip"
	"sync"
	"time"
)

const (
	// mostLeaves is how many certificates are kept. There are some thirty regions.
	mostLeaves = 256
	// skew is how far a client's clock may be behind.
	skew = time.Hour
	// leafLife is below the 398 days beyond which Apple's systems refuse.
	leafLife  = 365 * 24 * time.Hour
	rootYears = 10
)

// authority makes the certificates of a mock. It lives in memory alone, so that a
// client that trusts it trusts this one run. Nothing is made before someone asks:
// who never uses TLS does not wait for keys.
//
// Its dates are in real time whatever the mock's clock says: clients compare them
// with their own.
type authority struct {
	hosts []string // in every certificate for an address
	root  func() (*root, error)

	mu     sync.Mutex
	leaves map[string]func() (*tls.Certificate, error)
}

// root is what an authority signs with. One key serves all leaves: making another
// for each would cost time and protect nothing.
type root struct {
	cert    *x509.Certificate
	key     *ecdsa.PrivateKey
	leafKey *ecdsa.PrivateKey
}

// newAuthority makes an authority for a mock that is reached by the hosts given,
// beside those by which every mock is.
func newAuthority(hosts []string) *authority {
	return &authority{
		hosts:  append([]string{"localhost", "127.0.0.1", "::1", "host.docker.internal"}, hosts...),
		root:   sync.OnceValues(newRoot),
		leaves: map[string]func() (*tls.Certificate, error){},
	}
}

// CertPEM is the certificate that a client has to trust.
func (a *authority) CertPEM() ([]byte, error) {
	r, err := a.root()
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: r.cert.Raw}), nil
}

// GetCertificate is the certificate for the name that a client asks for, whatever
// the name: a client that has been sent here under a name of another's was sent here
// on purpose. A client that asks for none, as all do that are given an address, gets
// one for the address that it has reached and for all names that a mock is known by,
// since the address may be another on the client's side of a container's network.
func (a *authority) GetCertificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	return a.leaf(nameOf(hello))()
}

// leaf is what makes the certificate for a name, or remembers it. Those who ask for
// the same name at once wait for the same certificate, others for none but theirs.
func (a *authority) leaf(name string) func() (*tls.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	leaf, ok := a.leaves[name]
	if !ok {
		if len(a.leaves) >= mostLeaves {
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
		NotBefore:   now.Add(-skew),
		NotAfter:    now.Add(leafLife),
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	certify(template, name)
	if _, err := netip.ParseAddr(name); err == nil {
		certify(template, a.hosts...)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, r.cert, r.leafKey.Public(), r.key)
	if err != nil {
		return nil, fmt.Errorf("no certificate can be made for %s: %w", name, err)
	}
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: r.leafKey}, nil
}

// newRoot makes the keys of an authority and the certificate that it signs itself.
// The certificate's name is its own: a trust store may still hold that of another
// run, and looks them up by name.
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
		NotBefore:             now.Add(-skew),
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
