package shadow

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/sign"
)

// A refusal is an error that the service answered.
type refusal struct {
	status        int
	Code, Message string
}

func (e *refusal) Error() string {
	if e.Code == "" {
		return fmt.Sprintf("the answer has status %d and is not one of the API", e.status)
	}
	return strings.TrimSuffix(fmt.Sprintf("%d %s: %s", e.status, e.Code, e.Message), ": ")
}

// began reports whether the code begins with one of some texts.
func (e *refusal) began(codes ...string) bool {
	for _, code := range codes {
		if strings.HasPrefix(e.Code, code) {
			return true
		}
	}
	return false
}

// key returns what to do about a refusal of the signature, nil if it is another one. Its
// message is not shown: it has what was signed.
func (e *refusal) key() error {
	switch {
	case e.began("InvalidTimeStamp"):
		return fmt.Errorf("the service refuses the time of the call (%s); set the clock of this machine", e.Code)
	case e.began("InvalidAccessKey", "SignatureDoesNotMatch", "IncompleteSignature", "InvalidSecurityToken", "MissingSecurityToken", "Forbidden.AccessKey"):
		return fmt.Errorf("the service refuses the access key (%s); check %s, %s and, for a temporary key, %s", e.Code, variables[0], variables[1], variables[2])
	}
	return nil
}

// tries is how often a call is sent that is throttled or that gets no answer.
const tries = 7

// ask calls the action of a part in a region, and returns the answer. A call that is throttled or
// fails at the service is repeated after a pause, and so is one without an answer from a
// host that has answered before.
func (r *reading) ask(ctx context.Context, to *Place, p *part, query parameters) (map[string]any, error) {
	of := r.products[p.product]
	host := to.Service.HostOf(of)
	var answer map[string]any
	var err error
	for try := range tries {
		if err = r.wait(ctx); err != nil {
			return nil, err
		}
		var broken bool
		answer, broken, err = r.send(ctx, to.Service, of, p.action, query)
		if err == nil {
			r.answered[host], r.silent = true, 0
			return answer, nil
		}
		refused, ok := err.(*refusal)
		switch {
		case ok && refused.began("Throttling"): // Send waits before the next call
			continue
		case ok && refused.status < 500 && !broken:
			r.answered[host], r.silent = true, 0
			return nil, err
		case !ok && !r.answered[host] || try == tries-1:
		default:
			if err := to.Service.wait(ctx, min(time.Second<<try, maxPause)); err != nil {
				return nil, err
			}
			continue
		}
		break
	}
	if _, ok := err.(*refusal); !ok {
		r.silent++
		err = unreachable(host, err)
	}
	return nil, err
}

// send sends one call. Broken is an answer that is not whole, or that is not JSON.
func (r *reading) send(ctx context.Context, to *Service, of *rpc.Product, action string, query parameters) (answer map[string]any, broken bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, r.Patience)
	defer cancel()
	got, err := to.Send(ctx, r.request(to, of, action, query))
	if err != nil {
		return nil, false, err
	}
	in := json.NewDecoder(bytes.NewReader(got.Body))
	in.UseNumber() // ids of accounts are numbers with 16 digits
	err = in.Decode(&answer)
	switch code, _ := answer["Code"].(string); {
	case got.Broken != nil || err != nil || got.Status != http.StatusOK && code == "":
		return nil, true, &refusal{status: got.Status}
	case got.Status != http.StatusOK:
		message, _ := answer["Message"].(string)
		return nil, false, &refusal{got.Status, to.hide(code), to.hide(message)}
	}
	return answer, false, nil
}

// request returns a signed request.
func (r *reading) request(to *Service, of *rpc.Product, action string, query parameters) *http.Request {
	host := to.HostOf(of)
	request := &http.Request{Method: "POST", Host: host, URL: &url.URL{Scheme: "https", Host: host, Path: "/", RawQuery: query.text()}, Header: http.Header{}}
	nothing := sha256.Sum256(nil)
	for _, header := range [...][2]string{
		{"Accept", "application/json"}, {"User-Agent", "ecsmock"}, {"X-Acs-Action", action}, {"X-Acs-Version", of.Version},
		{"X-Acs-Date", sign.FormatTimestamp(r.Clock.Now())}, {"X-Acs-Signature-Nonce", r.Clock.RequestID()}, {"X-Acs-Content-Sha256", hex.EncodeToString(nothing[:])},
	} {
		request.Header.Set(header[0], header[1])
	}
	to.Sign(request, query, "")
	return request
}

// Parameters are those of a call, each once.
type parameters []sign.Pair

// with returns the query with a parameter set.
func (q parameters) with(name, value string) parameters {
	for i := range q {
		if q[i].Name == name {
			q[i].Value = value
			return q
		}
	}
	return append(q, sign.Pair{Name: name, Value: value})
}

// text returns the query as a URL has it.
func (q parameters) text() string {
	text := ""
	for _, p := range q {
		text += "&" + p.Name + "=" + url.QueryEscape(p.Value)
	}
	return strings.TrimPrefix(text, "&")
}

// wait waits until the next call may be sent.
func (r *reading) wait(ctx context.Context) error {
	now := r.Clock.Now()
	if r.next.After(now) {
		if err := r.Places[0].Service.wait(ctx, r.next.Sub(now)); err != nil {
			return err
		}
		now = r.next
	}
	r.next = now.Add(r.Interval)
	r.calls++
	r.progress(false)
	return ctx.Err()
}

// hide returns a text in one line, without the keys.
func (s *Service) hide(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	for _, key := range []string{s.Keys.Token, s.Keys.Secret, s.Keys.ID} {
		if key != "" {
			text = strings.ReplaceAll(text, key, "***")
		}
	}
	return text
}

// unreachable returns the error of a host that does not answer, which says what to do.
func unreachable(host string, err error) error {
	what := "check -endpoint and -region, and that the network lets the call through"
	if errors.As(err, new(*tls.CertificateVerificationError)) {
		what = "give the authority of its certificate with -shadow-ca"
	}
	cause := strings.ReplaceAll(strings.TrimPrefix(err.Error(), ErrUnreachable.Error()+"\n"), "\n", ": ")
	return fmt.Errorf("no answer from %s (%s); %s", host, cause, what)
}
