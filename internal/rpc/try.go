package rpc

import (
	"strconv"
	"strings"
)

// Steps returns the queries of the calls that a Try describes, without the action. The
// last call is the one that fails.
//
// A Try is parameters laid over the action's example, as in a query: "PortRange=22"
// replaces or adds a parameter, "-Priority" removes one. Several calls are separated by
// "; ". "3*Name=web#" is three calls, with # for the number of each.
func (d *Description) Steps(try string) []string {
	var steps []string
	for _, step := range strings.Split(try, "; ") {
		count, changes, repeated := strings.Cut(step, "*")
		n, err := strconv.Atoi(count)
		if !repeated || err != nil {
			steps = append(steps, overlay(d.Example, step))
			continue
		}
		for i := range n {
			steps = append(steps, overlay(d.Example, strings.ReplaceAll(changes, "#", strconv.Itoa(i+1))))
		}
	}
	return steps
}

// overlay returns a query with changes applied to its parameters.
func overlay(query, changes string) string {
	var pairs []string
	if query != "" {
		pairs = strings.Split(query, "&")
	}
	for _, change := range strings.Split(changes, "&") {
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
