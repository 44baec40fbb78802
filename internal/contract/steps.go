package contract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

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
func steps(d *rpc.Description, version, try string) []Step {
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
			list = append(list, step(d.Name, version, q, times))
		}
	}
	return list
}

// step returns a call with its whole query. Parameters that name another action or version
// keep it.
func step(action, version, parameters string, times int) Step {
	pairs := []string{"Action=" + action}
	for _, pair := range strings.Split(parameters, "&") {
		switch {
		case strings.HasPrefix(pair, "Action="):
			pairs[0] = pair
		case pair != "":
			pairs = append(pairs, pair)
		}
	}
	if version != "" && !strings.Contains("&"+parameters, "&Version=") {
		pairs = slices.Insert(pairs, 1, "Version="+version)
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

// Shared is the errors that actions of all products have, and the calls that cause them.
type Shared struct {
	Gateway   []*rpc.Failure
	Tries     []Try          // for rows of Gateway
	Signature []*rpc.Failure // a Try is laid over SignedCall, or it is headers of a call without a signature
	Signed    Signed
	// SignedCall is a call whose example has a signature of version 1.0 that is right.
	SignedCall *rpc.Description
}

// Signed is how a mock is set for calls that are signed for one moment.
type Signed struct {
	Credentials string // as the program takes them
	Now         string // the moment, on the mock's clock
}

// A Try is a request that causes the row of Gateway with On and Of. Some requests cannot
// be expressed as a query, so they are not written as an action's Try.
type Try struct {
	On      error
	Of      string
	Options string // of curl, with a space at the end
	Query   string
	Strict  bool // it needs -strict
}

// gatewaySteps returns the steps that cause an error of the gateway, and whether they
// need -strict.
func (s *Shared) gatewaySteps(f *rpc.Failure) (list []Step, strict bool) {
	for _, t := range s.Tries {
		if t.On == f.On && t.Of == f.Of {
			return []Step{{Query: escape(t.Query), Options: t.Options}}, t.Strict
		}
	}
	return nil, false
}

// signatureSteps returns the steps that cause an error of a signature. A Try of headers
// has the action alone.
func (s *Shared) signatureSteps(try string) []Step {
	if strings.HasPrefix(try, "-H ") {
		return []Step{{Query: "Action=" + s.SignedCall.Name + "&Format=XML", Options: try + " "}}
	}
	return steps(s.SignedCall, "", try)
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
