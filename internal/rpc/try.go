package rpc

import (
	"strconv"
	"strings"
)

// Try is how a row's Try is written: parameters laid over the action's example, as
// in a query. "PortRange=22" replaces or adds a parameter, "-Priority" takes one
// out. Several calls are separated by "; "; "3*Name=web#" is three calls, with #
// standing for the number of each. The last call is the one that fails.
//
// Steps are the queries of those calls, without the action.
func (d *Description) Steps(try string) []string {
	var steps []string
	for _, step := range strings.Split(try, "; ") {
		count, overlay, repeated := strings.Cut(step, "*")
		n, err := strconv.Atoi(count)
		if !repeated || err != nil {
			steps = append(steps, lay(d.Example, step))
			continue
		}
		for i := range n {
			steps = append(steps, lay(d.Example, strings.ReplaceAll(overlay, "#", strconv.Itoa(i+1))))
		}
	}
	return steps
}

// lay lays parameters over a query.
func lay(query, overlay string) string {
	var pairs []string
	if query != "" {
		pairs = strings.Split(query, "&")
	}
	for _, change := range strings.Split(overlay, "&") {
		name, removed := strings.CutPrefix(change, "-")
		name, _, _ = strings.Cut(name, "=")
		at := -1
		for i, pair := range pairs {
			if has, _, _ := strings.Cut(pair, "="); has == name {
				at = i
			}
		}
		switch {
		case removed && at >= 0:
			pairs = append(pairs[:at], pairs[at+1:]...)
		case removed || change == "":
		case at >= 0:
			pairs[at] = change
		default:
			pairs = append(pairs, change)
		}
	}
	return strings.Join(pairs, "&")
}
