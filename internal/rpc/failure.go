package rpc

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
)

// A Failure is one row of an error table: the answer to one cause. The same code has
// many texts and statuses in this API, so that each action has a table of its own.
type Failure struct {
	On           error   // the cause
	Of           string  // the parameter that it is about, "" for any
	Since, Until Edition // the first and the last edition it holds in, 0 for an open end
	Status       uint16  // of HTTP; 200 where these editions forgive the cause
	ByPath       bool    // %s in Message is the parameter's name as it was sent: Permissions.1.PortRange
	Code         string
	Message      string // %s is the parameter's name
	When         string // the condition, for people
	Try          string // calls that produce it in the demo world, see Steps
}

// With returns a copy of the row with calls that produce it.
//
//go:noinline
func (f *Failure) With(try string) *Failure {
	c := *f
	c.Try = try
	return &c
}

// From returns a copy of the row that begins with an edition.
//
//go:noinline
func (f *Failure) From(e Edition) *Failure {
	c := *f
	c.Since = e
	return &c
}

// To returns a copy of the row that ends with an edition.
//
//go:noinline
func (f *Failure) To(e Edition) *Failure {
	c := *f
	c.Until = e
	return &c
}

// HoldsIn reports whether the row is part of an edition. Every row is part of the
// zero Edition.
func (f *Failure) HoldsIn(e Edition) bool {
	return e == 0 || f.Since <= e && (f.Until == 0 || e <= f.Until)
}

// Editions returns the editions that the row is part of, nil for all.
func (f *Failure) Editions() []Edition {
	if f.Since == 0 && f.Until == 0 {
		return nil
	}
	return slices.DeleteFunc(Editions(), func(e Edition) bool { return !f.HoldsIn(e) })
}

// find returns the first row for a cause, and the name of the parameter it is about.
func find(rows []*Failure, err error, edition Edition) (*Failure, string) {
	name := ""
	if p := (interface{ Parameter() string })(nil); errors.As(err, &p) {
		name = p.Parameter()
	}
	for _, row := range rows {
		if row.HoldsIn(edition) && (row.Of == "" || row.Of == name) && errors.Is(err, row.On) {
			return row, name
		}
	}
	return nil, name
}

// message returns the text for an error. A row by path that is about several parameters
// of a flat rule is about the request.
func (f *Failure) message(name string, err error) string {
	if f.ByPath {
		e := (*param.Error)(nil)
		if errors.As(err, &e) {
			name = e.Path
		}
		name = cmp.Or(name, "the request")
	}
	return strings.ReplaceAll(f.Message, "%s", name)
}

// Causes of requests that are refused before an action decodes them.
var (
	ErrMethod    = errors.New("the API takes GET and POST")
	ErrEncoding  = errors.New("a percent sign is followed by two hexadecimal digits")
	ErrTooLarge  = errors.New("the request is larger than the mock reads")
	ErrNoAction  = errors.New("the request names no action")
	ErrAction    = errors.New("the product has no action of this name")
	ErrNotMocked = errors.New("the product has this action, the mock does not")
	ErrProduct   = errors.New("the version is that of a product that the mock does not have")
	ErrVersion   = errors.New("the version is not that of the API")
	ErrFormat    = errors.New("the format is JSON or XML")
	ErrUnknown   = errors.New("the action has no such parameter")
	ErrCrossSite = errors.New("a web page of another site sent this request, or the browser does not name the site; open the address as localhost or with https, or use the page at /_mock/")
	ErrInternal  = errors.New("the mock has a defect")
	ErrService   = errors.New("the service that -shadow names cannot be reached")
)

// Gateway is the rows that all actions share, and those of requests that reach no
// action.
var Gateway = []*Failure{
	{On: ErrMethod, Status: 403, Code: "UnsupportedHTTPMethod", Message: "This http method is not supported.",
		When: "The method is neither GET nor POST."},
	{On: ErrCrossSite, Status: 403, Code: "Forbidden.RiskControl", Message: "This operation is forbidden by Aliyun RiskControl system.",
		When: "A browser sends the request for a page of another site, under a host name that may have been rebound, or without naming the site."},
	{On: ErrEncoding, Status: 400, Code: "RequestParameterMalformed", Message: "Request parameters has malformed encoded characters.",
		When: "The query or the body is not URL-encoded."},
	{On: ErrTooLarge, Status: 413, Code: "RequestParameterMalformed", Message: "Request parameters has malformed encoded characters.",
		When: "The body is larger than 1 MiB, or there are more than 10,000 parameters."},
	{On: ErrNoAction, Status: 404, Code: "InvalidAction.NotFound", Message: "Specified api is not found, please check your url and method.",
		When: "Neither the parameter Action nor the header x-acs-action is given."},
	{On: ErrAction, Status: 404, Code: "InvalidAction.NotFound", Message: "Specified api is not found, please check your url and method.",
		When: "The product has no such action."},
	{On: ErrNotMocked, Status: 400, Code: "UnsupportedOperation", Message: notMocked,
		When: "The product has the action, the mock lacks it."},
	{On: ErrProduct, Status: 400, Code: "UnsupportedOperation", Message: notMocked,
		When: "Version is that of a product that the mock does not have, whatever the action."},
	{On: param.ErrMissing, Of: "Version", Status: 400, Code: "MissingParameter", Message: missing,
		When: "Version is absent and -strict is on."},
	{On: ErrVersion, Status: 400, Code: "InvalidVersion", Message: "Specified parameter Version is not valid.",
		When: "Version is given and not that of a product."},
	{On: ErrFormat, Status: 400, Code: "InvalidParameter.Format", Message: "Specified parameter format is not valid.",
		When: "Format is neither JSON nor XML."},
	{On: param.ErrMissing, Status: 400, Code: "MissingParameter", Message: missing,
		When: "A required parameter is absent or blank."},
	{On: param.ErrInvalid, Status: 400, Code: "InvalidParameter", Message: invalid,
		When: "A value is not of the type of its parameter, or outside its limits."},
	{On: param.ErrIndex, Status: 400, Code: "InvalidParameter", Message: invalid,
		When: "The number of a list element is missing, 0, or above the limit of the list."},
	{On: param.ErrJSON, Status: 400, Code: "InvalidParameter", Message: invalid,
		When: "A list that is given as JSON is not an array of objects."},
	{On: ErrUnknown, Status: 400, Code: "InvalidParameter", Message: invalid,
		When: "The action does not have a parameter that is sent, and -strict is on."},
	{On: ErrInternal, Status: 500, Code: "InternalError", Message: "The request processing has failed due to some unknown error.",
		When: "The mock has a defect; please report it."},
	{On: ErrService, Status: 503, Code: "ServiceUnavailable", Message: "The request has failed due to a temporary failure of the server.",
		When: "The service that -shadow names cannot be reached."},
}

const (
	missing = `The input parameter "%s" that is mandatory for processing this request is not supplied.`
	invalid = `The specified parameter "%s" is not valid.`

	notMocked = "The action %s is not mocked; GET /_mock/actions lists the actions that are."
)

// named is a cause with the name of the parameter or action that it is about.
type named struct {
	error
	name string
}

func (n *named) Unwrap() error     { return n.error }
func (n *named) Parameter() string { return n.name }

// Named returns a cause with the name of the parameter or action that it is about.
func Named(cause error, name string) error { return &named{cause, name} }
