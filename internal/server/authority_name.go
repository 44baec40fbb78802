package server

import (
	"crypto/tls"
	"crypto/x509"
	"net/netip"
	"strings"
)

// nameOf is what a client calls the mock: the name it asks for, or the address that
// it has reached.
func nameOf(hello *tls.ClientHelloInfo) string {
	if name, ok := hostName(hello.ServerName); ok {
		return name
	}
	if at, err := netip.ParseAddrPort(hello.Conn.LocalAddr().String()); err == nil {
		return at.Addr().String()
	}
	return "127.0.0.1" // the connection is not of a network, as in a test
}

// hostName is a host name or an IP address as certificates have it.
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

// labelBytes are what a label may be made of: letters, digits and hyphens, and the
// underscores of compose services.
const labelBytes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

// certify makes a certificate be for names, too.
func certify(c *x509.Certificate, names ...string) {
	for _, name := range names {
		if ip, err := netip.ParseAddr(name); err == nil {
			c.IPAddresses = append(c.IPAddresses, ip.AsSlice())
		} else {
			c.DNSNames = append(c.DNSNames, name)
		}
	}
}
