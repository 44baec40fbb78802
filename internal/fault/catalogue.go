package fault

import (
	"cmp"
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// A Catalogue has the actions of all products that faults can match and the errors that they can answer.
type Catalogue struct {
	Actions []rpc.Description
	Gateway []*rpc.Failure
	Edition rpc.Edition // its rows come before those of others
}

// row returns the row of a code for an action, or nil: from the action's table, else
// from the gateway's and the service's common codes, else from the first action that
// has it.
func (c *Catalogue) row(action, code string) *rpc.Failure {
	if d := c.action(action); d != nil {
		if row := c.best(code, d.Failures, d.Unmade); row != nil {
			return row
		}
	}
	if row := c.best(code, c.Gateway, serviceCodes); row != nil {
		return row
	}
	for i := range c.Actions {
		if row := c.best(code, c.Actions[i].Failures, c.Actions[i].Unmade); row != nil {
			return row
		}
	}
	return nil
}

// best returns the first row of a code among those of the highest rank, or nil.
func (c *Catalogue) best(code string, tables ...[]*rpc.Failure) *rpc.Failure {
	var best *rpc.Failure
	highest := 0
	for _, rows := range tables {
		for _, row := range rows {
			if row.Code != code {
				continue
			}
			if r := c.rank(row); r > highest {
				best, highest = row, r
			}
		}
	}
	return best
}

func (c *Catalogue) rank(row *rpc.Failure) int {
	rank := 1
	if row.HoldsIn(c.Edition) {
		rank += 3
	}
	switch {
	case !incomplete(row):
		rank += 2
	case row.Of == "":
		rank++ // it may be about any parameter
	}
	return rank
}

// placeholder is where a message names a parameter.
const placeholder = "%s"

// incomplete reports whether the service fills in a row's message.
func incomplete(row *rpc.Failure) bool { return strings.Contains(row.Message, placeholder) }

// message returns the message of a row for an action. The name that the service fills in
// is that of the row's parameter; else that of the action's parameter that the code
// names; else that of its first parameter.
func (c *Catalogue) message(action string, row *rpc.Failure) string {
	if strings.Trim(row.Message, ".") == placeholder {
		return unknownText
	}
	return strings.ReplaceAll(row.Message, placeholder, cmp.Or(row.Of, c.subject(action, row.Code)))
}

// unknownText is the message of errors whose documented text is nothing but %s.
const unknownText = "The request is refused."

func (c *Catalogue) subject(action, code string) string {
	d := c.action(action)
	if d == nil || len(d.Params) == 0 {
		return code
	}
	name := ""
	for i := range d.Params {
		if p := d.Params[i].Name; len(p) > len(name) && strings.Contains(code, p) {
			name = p
		}
	}
	return cmp.Or(name, d.Params[0].Name)
}

func (c *Catalogue) action(name string) *rpc.Description {
	for i := range c.Actions {
		if c.Actions[i].Named(name) {
			return &c.Actions[i]
		}
	}
	return nil
}

// matching returns the actions that Fault.Action matches, none if it is unknown.
func (c *Catalogue) matching(action string) []rpc.Description {
	if action == "*" {
		return c.Actions
	}
	var list []rpc.Description
	for i := range c.Actions {
		if c.Actions[i].Named(action) {
			list = append(list, c.Actions[i])
		}
	}
	return list
}

// names returns the names of the actions. One that several products have is listed once.
func (c *Catalogue) names() []string {
	var names []string
	for i := range c.Actions {
		if name := c.Actions[i].Name; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// codes returns all codes of the catalogue, sorted.
func (c *Catalogue) codes() []string {
	tables := [][]*rpc.Failure{c.Gateway, serviceCodes}
	for i := range c.Actions {
		tables = append(tables, c.Actions[i].Failures, c.Actions[i].Unmade)
	}
	var codes []string
	for _, rows := range tables {
		for _, row := range rows {
			if row.Code != "" {
				codes = append(codes, row.Code)
			}
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// codesText is the errors that no action's table has, one a line: status, code and
// message. The mock never answers them by itself.
//
//go:embed codes.txt
var codesText string

// serviceCodes are the rows of codesText.
var serviceCodes = func() []*rpc.Failure {
	var rows []*rpc.Failure
	for line := range strings.Lines(codesText) {
		if fields := strings.SplitN(strings.TrimSuffix(line, "\n"), "|", 3); len(fields) == 3 {
			status, _ := strconv.Atoi(fields[0])
			rows = append(rows, &rpc.Failure{Status: uint16(status), Code: fields[1], Message: fields[2]})
		}
	}
	return rows
}()
