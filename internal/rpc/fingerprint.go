package rpc

import (
	"slices"
	"strconv"
	"strings"
)

// Fingerprint is what the call asks its action for, as one text: the action's own
// parameters by name, whichever way they were sent. Blank ones, those that nobody
// read, the common ones and the client token are not part of it.
func (c *Call) Fingerprint() string {
	var pairs []string
	for i := range c.Params {
		p := &c.Params[i]
		if p.Read && !p.Unfolded && p.Value != "" && p.Name != "ClientToken" && !common(p.Name) {
			pairs = append(pairs, p.Name+"="+strconv.Quote(p.Value))
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}
