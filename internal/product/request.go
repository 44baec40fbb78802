package product

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ecsmock/ecsmock/internal/ascii"
	"github.com/ecsmock/ecsmock/internal/param"
)

// Errors of parameters that several products have.
var (
	ErrToken         = errors.New("a client token has at most 64 characters, all ASCII")
	ErrBool          = errors.New("the value is neither true nor false")
	ErrResourceGroup = errors.New("the id of a resource group begins with rg-")
	ErrDryRun        = errors.New("the request would succeed; with DryRun it is not carried out")
)

// Regional is the part of a request that names its region.
type Regional struct{ Region string }

// RegionID returns the region, "" where the request names none.
func (r *Regional) RegionID() string { return r.Region }

// BindRegion declares the parameter RegionId of a request that needs it.
func (r *Regional) BindRegion(p *param.Set, description string) {
	p.String(&r.Region, "RegionId", description).Require().Example("cn-hangzhou")
}

// Idempotent is the part of a request that has a client token.
type Idempotent struct{ Token clientToken }

// ClientToken returns the token, "" where the request has none.
func (i *Idempotent) ClientToken() string { return string(i.Token) }

// BindToken declares the parameter ClientToken.
func (i *Idempotent) BindToken(p *param.Set) {
	p.Var(&i.Token, "ClientToken", "Makes the request idempotent: a second request with the same token and the same parameters gets the first answer, and nothing is done twice. ASCII characters.").
		Example("123e4567-e89b-12d3-a456-426655440000")
}

// clientToken makes a request idempotent.
type clientToken string

// Length returns the limits of the token.
func (*clientToken) Length() (least, most int) { return 1, 64 }

// Set reads the token.
func (t *clientToken) Set(text string) error {
	if _, most := t.Length(); len(text) > most || !ascii.Is(text) {
		return ErrToken
	}
	*t = clientToken(strings.Clone(text))
	return nil
}

// Timestamp returns a time as the API writes it: UTC, in seconds.
func Timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// OptionalBool is true, false or absent.
type OptionalBool struct{ Given, Value bool }

// Type returns the API's name of the type.
func (b *OptionalBool) Type() string { return "Boolean" }

// Set reads true or false.
func (b *OptionalBool) Set(text string) error {
	value, err := param.ParseBool(text)
	if err != nil {
		return ErrBool
	}
	b.Given, b.Value = true, value
	return nil
}

// Selects reports whether the value is absent or v.
func (b OptionalBool) Selects(v bool) bool { return !b.Given || b.Value == v }

// ResourceGroup is the id of a resource group.
type ResourceGroup string

// Set reads an id that begins with rg-.
func (g *ResourceGroup) Set(text string) error {
	if !strings.HasPrefix(text, "rg-") || !utf8.ValidString(text) {
		return ErrResourceGroup
	}
	*g = ResourceGroup(strings.Clone(text))
	return nil
}

// A Page selects a part of a list by number and size.
type Page struct{ Number, Size int }

// Bind declares the parameters PageNumber and PageSize. things are what the list has.
func (g *Page) Bind(p *param.Set, things string, maxSize int) {
	p.Int(&g.Number, "PageNumber", "Number of the page, the first is 1.").Between(1, 1<<31-1).Default("1").Example("1")
	p.Int(&g.Size, "PageSize", things+" a page.").Between(1, maxSize).Default("10").Example("10")
}

// Bounds returns the indexes of the page in a list of n elements.
func (g *Page) Bounds(n int) (start, end int) {
	start = min(n, (g.Number-1)*g.Size)
	return start, min(n, start+g.Size)
}
