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
	options string // of curl, for what no query can say
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
			if times == 0 {
				q = strings.ReplaceAll(q, "#", "%23")
			}
			list = append(list, Step{Query: query(d.Name, q), Times: times})
		}
	}
	return list
}

// query is a whole query, Action included, fit for a URL. A step that names
// another action keeps it.
func query(action, parameters string) string {
	pairs := []string{"Action=" + action}
	for _, pair := range strings.Split(parameters, "&") {
		switch {
		case strings.HasPrefix(pair, "Action="):
			pairs[0] = pair
		case pair != "":
			pairs = append(pairs, pair)
		}
	}
	return escape(strings.Join(pairs, "&"))
}

// unfit is what cannot stand in a URL that curl reads, in single quotes that bash
// reads, or in a table that Markdown reads. # can: it is the number of a call.
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
