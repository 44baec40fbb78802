package contract

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// A Step is a call: a query, escaped for a URL.
type Step struct {
	Query   string
	Times   int    `json:",omitempty"` // number of calls if more than one; # in the query stands for the number of each
	Options string `json:",omitempty"` // of curl, for what a query cannot express
}

// steps returns the steps of rpc's Description.Steps for a row's Try, but repeated
// calls as one step.
func steps(d *rpc.Description, try string) []Step {
	if try == "" {
		return nil
	}
	var list []Step
	for _, call := range strings.Split(try, "; ") {
		count, overlay, _ := strings.Cut(call, "*")
		times, err := strconv.Atoi(count)
		if err != nil {
			times, overlay = 0, call
		}
		for _, q := range d.Steps(overlay) {
			list = append(list, step(d.Name, q, times))
		}
	}
	return list
}

// step returns a call with its whole query. Parameters that name another action keep it.
func step(action, parameters string, times int) Step {
	pairs := []string{"Action=" + action}
	for _, pair := range strings.Split(parameters, "&") {
		switch {
		case strings.HasPrefix(pair, "Action="):
			pairs[0] = pair
		case pair != "":
			pairs = append(pairs, pair)
		}
	}
	query := escape(strings.Join(pairs, "&"))
	if times == 0 {
		query = strings.ReplaceAll(query, "#", "%23")
	}
	return Step{Query: query, Times: times}
}

// special are the characters with a meaning to curl in a URL, to bash in single
// quotes, or to Markdown in a table, except #, which may be a call's number.
const special = "\"'`<>[]{}|\\^"

// escape encodes special characters only, so that 10.0.0.0/8 stays readable.
func escape(query string) string {
	const hex = "0123456789ABCDEF"
	out := make([]byte, 0, len(query))
	for i := range len(query) {
		c := query[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte(special, c) >= 0 {
			out = append(out, '%', hex[c>>4], hex[c&15])
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

// A gatewayTry is a request that causes an error of the gateway. Some requests cannot
// be expressed as a query, so they are not written as an action's Try.
type gatewayTry struct {
	on      error
	of      string
	options string // of curl
	query   string
	strict  bool
}

const groups = "Action=DescribeSecurityGroups&RegionId=cn-hangzhou"

// gatewayTries has no row for ErrInternal: no request is known to cause it.
var gatewayTries = []gatewayTry{
	{on: rpc.ErrMethod, options: "-X PUT ", query: groups},
	{on: rpc.ErrCrossSite, options: "-H 'Sec-Fetch-Site: cross-site' ", query: groups},
	{on: rpc.ErrEncoding, query: groups + "&SecurityGroupName=100%"},
	{on: rpc.ErrTooLarge, options: `-d "$(printf 'a&%.0s' {1..10001})" `, query: groups},
	{on: rpc.ErrNoAction, query: "RegionId=cn-hangzhou"},
	{on: rpc.ErrAction, query: "Action=RevokeSecurityGruop"},
	{on: rpc.ErrNotMocked, query: "Action=DescribeSnapshots&RegionId=cn-hangzhou"},
	{on: rpc.ErrProduct, query: "Action=CreateLoadBalancer&RegionId=cn-hangzhou&Version=2014-05-15"},
	{on: param.ErrMissing, of: "Version", query: groups, strict: true},
	{on: rpc.ErrVersion, query: groups + "&Version=2016-03-14"},
	{on: rpc.ErrFormat, query: groups + "&Format=YAML"},
	{on: param.ErrMissing, query: "Action=DescribePortRangeListEntries&RegionId=cn-hangzhou"},
	{on: param.ErrInvalid, query: groups + "&PageSize=all"},
	{on: param.ErrIndex, query: groups + "&Tag.0.Key=tier"},
	{on: param.ErrJSON, query: groups + "&Tag=tier"},
	{on: rpc.ErrUnknown, query: groups + "&Version=2014-05-26&SecurityGroup=sg-web", strict: true},
}

// gatewaySteps returns the steps that cause an error of the gateway, and whether they
// need -strict.
func gatewaySteps(f *rpc.Failure) (list []Step, strict bool) {
	for _, t := range gatewayTries {
		if t.on == f.On && t.of == f.Of {
			return []Step{{Query: escape(t.query), Options: t.options}}, t.strict
		}
	}
	return nil, false
}

// The calls that cause the errors of signatures are signed for one moment, with the key
// testid and the secret testsecret.
const (
	signedCredentials = "testid:testsecret,STS.testid:testsecret::testtoken"
	signedAt          = "2030-01-02T03:04:05Z"
)

// signedCall is a call with a signature of version 1.0 that is right.
var signedCall = rpc.Description{Spec: rpc.Spec{
	Name: "DescribeRegions",
	Example: "Version=2014-05-26&AccessKeyId=testid&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=1&Timestamp=" + signedAt +
		"&Signature=jOSMPRFVbbWfLJUZ7ZqCbosmfgU=",
}}

// signatureSteps returns the steps that cause an error of a signature. A Try is laid over
// the signed call, or it is headers, and then the call has the action alone.
func signatureSteps(try string) []Step {
	if strings.HasPrefix(try, "-H ") {
		return []Step{{Query: "Action=" + signedCall.Name + "&Format=XML", Options: try + " "}}
	}
	return steps(&signedCall, try)
}

// api is the address of the API after make run.
const api = "http://127.0.0.1:2014/?"

// bash returns one line of bash that makes the calls.
func bash(steps []Step) string {
	lines := make([]string, len(steps))
	for i := range steps {
		lines[i] = curl(&steps[i])
	}
	return strings.Join(lines, " && ")
}

func curl(s *Step) string {
	url := "'" + api + shorten(s.Query) + "'"
	if s.Times == 0 {
		return "curl -i " + s.Options + tidy(url)
	}
	url = tidy(strings.ReplaceAll(url, "#", "'$i'"))
	return fmt.Sprintf("for i in $(seq %d); do curl -i %s%s; done", s.Times, s.Options, url)
}

// tidy returns a URL without a pair of empty quotes at its end.
func tidy(url string) string { return strings.TrimSuffix(url, "''") }

// longest is how often a character is repeated before printf writes it.
const longest = 32

// shorten replaces long runs of one character by a printf. The text is inside single
// quotes, so each printf closes and reopens them.
func shorten(text string) string {
	var out strings.Builder
	for start := 0; start < len(text); {
		end := start + 1
		for end < len(text) && text[end] == text[start] {
			end++
		}
		if n := end - start; n > longest && alphanumeric(text[start]) {
			fmt.Fprintf(&out, `'$(printf '%c%%.0s' {1..%d})'`, text[start], n)
		} else {
			out.WriteString(text[start:end])
		}
		start = end
	}
	return out.String()
}

func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
