package contract

import (
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// Step is a call: a query that is fit for a URL as it stands.
type Step struct {
	Query   string
	Times   int    `json:",omitempty"` // made so often, with # in the query standing for the number of each
	Options string `json:",omitempty"` // of curl, for what no query can say
}

// steps are what rpc's Description.Steps makes of a row's Try, but that calls
// which are made many times are told once.
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

// step is a call with its whole query. One that names another action keeps it.
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

// unfit is what cannot stand in a URL that curl reads, in single quotes that bash
// reads, or in a table that Markdown reads, but for #, which may be a call's number.
const unfit = "\"'`<>[]{}|\\^"

// escape encodes what is unfit and leaves what reads well: 10.0.0.0/8 stays.
func escape(query string) string {
	const hex = "0123456789ABCDEF"
	out := make([]byte, 0, len(query))
	for i := range len(query) {
		c := query[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte(unfit, c) >= 0 {
			out = append(out, '%', hex[c>>4], hex[c&15])
			continue
		}
		out = append(out, c)
	}
	return string(out)
}
