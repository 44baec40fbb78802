package ecs

import (
	"errors"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/ascii"
	"github.com/ecsmock/ecsmock/internal/param"
)

// regional is the part of a request that names its region.
type regional struct{ Region string }

// RegionID returns the region, "" where the request names none.
func (r *regional) RegionID() string { return r.Region }

// region declares the parameter RegionId of a request that needs it.
func (r *regional) region(p *param.Set, description string) {
	p.String(&r.Region, "RegionId", description).Require().Example("cn-hangzhou")
}

// idempotent is the part of a request that has a client token.
type idempotent struct{ Token clientToken }

// ClientToken returns the token, "" where the request has none.
func (i *idempotent) ClientToken() string { return string(i.Token) }

// token declares the parameter ClientToken.
func (i *idempotent) token(p *param.Set) {
	p.Var(&i.Token, "ClientToken", "Makes the request idempotent: a second request with the same token and the same parameters gets the first answer, and nothing is done twice. ASCII characters.").
		Example("123e4567-e89b-12d3-a456-426655440000")
}

var errToken = errors.New("a client token has at most 64 characters, all ASCII")

// clientToken makes a request idempotent.
type clientToken string

// Length returns the limits of the token.
func (*clientToken) Length() (least, most int) { return 1, 64 }

// Set reads the token.
func (t *clientToken) Set(text string) error {
	if _, most := t.Length(); len(text) > most || !ascii.Is(text) {
		return errToken
	}
	*t = clientToken(strings.Clone(text))
	return nil
}

// timestamp returns a time as the API writes it: UTC, in seconds.
func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

var errBool = errors.New("the value is neither true nor false")

// optionalBool is true, false or absent.
type optionalBool struct{ given, value bool }

// Type returns the API's name of the type.
func (b *optionalBool) Type() string { return "Boolean" }

// Set reads true or false.
func (b *optionalBool) Set(text string) error {
	value, err := param.ParseBool(text)
	if err != nil {
		return errBool
	}
	b.given, b.value = true, value
	return nil
}
