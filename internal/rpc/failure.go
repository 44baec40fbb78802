package rpc

import (
	"errors"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
)

// Failure is one row of an action's error table: what a client is told when
// something happened. The same code has many texts and statuses in this API, so
// each action has a table of its own.
type Failure struct {
	On           error   // what happened
	Of           string  // to which parameter, "" for any
	Since, Until Edition // the first and the last edition it holds in, 0 for an open end
	Status       int     // HTTP status; 200 says that these editions forgive it
	Code         string
	Message      string // %s is the parameter's name
	When         string // for people: when it happens
	Try          string // what makes it happen, see Try
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

// find is the first row for what happened.
func find(rows []Failure, err error, edition Edition) (*Failure, string) {
	name := ""
	if p := (interface{ Parameter() string })(nil); errors.As(err, &p) {
		name = p.Parameter()
	}
	for i := range rows {
		row := &rows[i]
		if row.HoldsIn(edition) && (row.Of == "" || row.Of == name) && errors.Is(err, row.On) {
			return row, name
		}
	}
	return nil, name
}

func (f *Failure) message(name string) string {
	return strings.ReplaceAll(f.Message, "%s", name)
}

// What can be wrong with a request before an action sees it.
var (
	ErrMethod    = errors.New("the API takes GET and POST")
	ErrEncoding  = errors.New("a percent sign is followed by two hexadecimal digits")
	ErrTooLarge  = errors.New("the request is larger than the mock reads")
	ErrNoAction  = errors.New("the request names no action")
	ErrAction    = errors.New("no action of ECS has this name")
	ErrNotMocked = errors.New("ECS has this action, the mock does not")
	ErrVersion   = errors.New("the version of the API is 2014-05-26")
	ErrFormat    = errors.New("the format is JSON or XML")
	ErrUnknown   = errors.New("the action does not know the parameter")
	ErrCrossSite = errors.New("a web page that is not the mock's own sent this request, or the browser does not say whose it is; open it by localhost or https, or call from /_mock/")
	ErrInternal  = errors.New("the mock has a defect")
)

// Gateway is the rows that every action shares, and those of requests that never
// get to an action.
var Gateway = []Failure{
	{On: ErrMethod, Status: 403, Code: "UnsupportedHTTPMethod", Message: "This http method is not supported.",
		When: "The method is neither GET nor POST."},
	{On: ErrCrossSite, Status: 403, Code: "Forbidden.RiskControl", Message: "This operation is forbidden by Aliyun RiskControl system.",
		When: "A browser sends the request for a page of another site, by a name that may have been rebound, or without saying for whom."},
	{On: ErrEncoding, Status: 400, Code: "RequestParameterMalformed", Message: "Request parameters has malformed encoded characters.",
		When: "The query or the body is not URL-encoded."},
	{On: ErrTooLarge, Status: 413, Code: "RequestParameterMalformed", Message: "Request parameters has malformed encoded characters.",
		When: "The body is larger than 1 MiB, or there are more than 10,000 parameters."},
	{On: ErrNoAction, Status: 404, Code: "InvalidAction.NotFound", Message: "Specified api is not found, please check your url and method.",
		When: "Neither the parameter Action nor the header x-acs-action is given."},
	{On: ErrAction, Status: 404, Code: "InvalidAction.NotFound", Message: "Specified api is not found, please check your url and method.",
		When: "ECS has no such action."},
	{On: ErrNotMocked, Status: 400, Code: "UnsupportedOperation", Message: "The action %s exists in ECS but is not mocked, see COVERAGE.md.",
		When: "ECS has the action, the mock lacks it."},
	{On: param.ErrMissing, Of: "Version", Status: 400, Code: "MissingParameter", Message: missing,
		When: "Version is absent and -strict is on."},
	{On: ErrVersion, Status: 400, Code: "InvalidVersion", Message: "Specified parameter Version is not valid.",
		When: "Version is given and not 2014-05-26."},
	{On: ErrFormat, Status: 400, Code: "InvalidParameter.Format", Message: "Specified parameter format is not valid.",
		When: "Format is neither JSON nor XML."},
	{On: param.ErrMissing, Status: 400, Code: "MissingParameter", Message: missing,
		When: "A required parameter is absent or blank."},
	{On: param.ErrInvalid, Status: 400, Code: "InvalidParameter", Message: invalid,
		When: "A value is not of its parameter's type."},
	{On: param.ErrIndex, Status: 400, Code: "InvalidParameter", Message: invalid,
		When: "A list has an element 0, one without a number, or more elements than it may."},
	{On: param.ErrJSON, Status: 400, Code: "InvalidParameter", Message: invalid,
		When: "A list that is given as JSON is no array of objects."},
	{On: ErrUnknown, Status: 400, Code: "InvalidParameter", Message: invalid,
		When: "-strict is on and the action does not know a parameter."},
	{On: ErrInternal, Status: 500, Code: "InternalError", Message: "The request processing has failed due to some unknown error.",
		When: "The mock has a defect; please report it."},
}

const (
	missing = `The input parameter "%s" that is mandatory for processing this request is not supplied.`
	invalid = `The specified parameter "%s" is not valid.`
)

// named is a cause together with the name it is about.
type named struct {
	error
	name string
}

func (n *named) Unwrap() error     { return n.error }
func (n *named) Parameter() string { return n.name }

// Named says which parameter or action a cause is about.
func Named(cause error, name string) error { return &named{cause, name} }
