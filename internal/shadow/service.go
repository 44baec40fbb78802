// Package shadow compares the mock with the real service, and reads an account of it: it
// sends calls to the service, compares two answers, and keeps what differs.
package shadow

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/sign"
)

// A Service is the real service, or another mock. It is to be sent one call at a time.
type Service struct {
	Host string // as in the header Host: the port is left out where it is the scheme's own
	Keys Keys
	Root *x509.CertPool // nil for the authorities of the system

	addr   string // host:port
	secure bool
	pause  time.Duration                              // before the next call, after the service said Throttling
	sleep  func(context.Context, time.Duration) error // nil for the real time
}

// Keys are the credentials that calls are signed with. The zero value is none.
type Keys struct{ ID, Secret, Token string }

// KeysOf returns the keys in the variables that SDKs read.
func KeysOf(variable func(name string) string) Keys {
	return Keys{variable(variables[0]), variable(variables[1]), variable(variables[2])}
}

// variables are the names of the variables that SDKs read.
var variables = [...]string{"ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN"}

// ErrAddress is the error of an address that is none.
var ErrAddress = errors.New("an address is host, host:port, https://host or http://host:port, such as ecs.cn-hangzhou.aliyuncs.com, without a path or a key")

// New returns the service at an address: https://host, or http://host:port for a mock. HTTPS
// is meant where no scheme is given.
func New(address string) (*Service, error) {
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || strings.TrimPrefix(u.Path, "/")+u.RawQuery+u.Fragment != "" || u.User != nil {
		return nil, ErrAddress
	}
	s := &Service{Host: u.Host, secure: u.Scheme == "https"}
	port := s.usual()
	if u.Port() == port {
		s.Host = strings.TrimSuffix(u.Host, ":"+port)
	} else if u.Port() != "" {
		port = u.Port()
	}
	s.addr = net.JoinHostPort(u.Hostname(), port)
	return s, nil
}

// usual returns the port of the scheme.
func (s *Service) usual() string {
	if s.secure {
		return "443"
	}
	return "80"
}

// Authorities reads the certificates in a file in PEM, which are trusted in place of those of
// the system.
func (s *Service) Authorities(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	s.Root = x509.NewCertPool()
	if !s.Root.AppendCertsFromPEM(text) {
		return fmt.Errorf("%s has no certificate in PEM", file)
	}
	return nil
}

// An Answer is what the service answered.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	Broken error // why the body ended too early, nil for a whole body
}

// ErrUnreachable is the error of a service to which there is no connection.
var ErrUnreachable = errors.New("the service cannot be reached")

// The limits of one call.
const (
	Patience  = 2 * time.Minute // SDKs give up sooner
	maxHead   = 1 << 20         // bytes of the status and the headers
	maxAnswer = 16 << 20        // bytes of the body
	maxPause  = 16 * time.Second
)

// Send sends a request, whose body may be nil, and returns the answer. It waits first where
// the service has asked for fewer calls. Errors are ErrUnreachable, that of the context, and
// those of a connection that broke.
func (s *Service) Send(ctx context.Context, r *http.Request) (*Answer, error) {
	if err := s.wait(ctx, s.pause); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	a, err := s.exchange(ctx, r)
	if a != nil {
		s.note(a)
	}
	return a, err
}

// note sets the pause before the next call, which grows while the service asks for fewer.
func (s *Service) note(a *Answer) {
	if !a.throttled() {
		s.pause = 0
		return
	}
	s.pause = min(max(2*s.pause, time.Second), maxPause)
}

// throttled reports whether the service asks for fewer calls.
func (a *Answer) throttled() bool {
	return a.Status >= 400 && bytes.Contains(a.Body, []byte("Throttling"))
}

// wait waits for a time, or returns the error of the context.
func (s *Service) wait(ctx context.Context, d time.Duration) error {
	switch {
	case d == 0:
		return nil
	case s.sleep != nil:
		return s.sleep(ctx, d)
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// exchange sends a request over a connection of its own. http.Client would make the program
// 5 % larger.
func (s *Service) exchange(ctx context.Context, r *http.Request) (*Answer, error) {
	conn, err := s.dial(ctx, r.Host)
	if err != nil {
		return nil, errors.Join(ErrUnreachable, err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })() // long past
	r.Close = true
	if err := r.Write(conn); err != nil {
		return nil, err
	}
	limited := &io.LimitedReader{R: conn, N: maxHead}
	answer, err := http.ReadResponse(bufio.NewReader(limited), r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	limited.N = maxAnswer
	a := &Answer{Status: answer.StatusCode, Header: answer.Header}
	a.Body, a.Broken = io.ReadAll(answer.Body)
	return a, nil
}

// dial connects to the service, in the cloud to the product that has the host.
func (s *Service) dial(ctx context.Context, host string) (net.Conn, error) {
	addr := s.addr
	if host != s.Host && strings.HasSuffix(s.Host, cloud) {
		addr = net.JoinHostPort(host, s.usual())
	}
	if !s.secure {
		return new(net.Dialer).DialContext(ctx, "tcp", addr)
	}
	return (&tls.Dialer{Config: &tls.Config{RootCAs: s.Root}}).DialContext(ctx, "tcp", addr)
}

// Sign signs a request with ACS3 and the keys of the service, in place of the signature that
// it may have.
func (s *Service) Sign(r *http.Request, query []sign.Pair, body string) {
	r.Header.Del("X-Acs-Security-Token")
	if s.Keys.Token != "" {
		r.Header.Set("X-Acs-Security-Token", s.Keys.Token)
	}
	signed := &sign.ACS3{Method: r.Method, Host: r.Host, Query: query, Header: r.Header, Body: body}
	r.Header.Set("Authorization", signed.Sign(s.Keys.ID, s.Keys.Secret, signedHeaders(r.Header, body)))
}

// signedHeaders returns the list of the headers that ACS3 must cover.
func signedHeaders(h http.Header, body string) string {
	names := []string{"host"}
	for name := range h {
		if strings.HasPrefix(name, "X-Acs-") || name == "Content-Type" && body != "" {
			names = append(names, strings.ToLower(name))
		}
	}
	slices.Sort(names)
	return strings.Join(names, ";")
}
