package fault

import (
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// Catalogue is the actions that a fault can befall and the errors that it can make.
type Catalogue struct {
	Actions []rpc.Description
	Gateway []rpc.Failure
	Edition rpc.Edition // of two rows with one code, the one of this edition counts
}

// row is the error with this code as an action answers it: by the action's own
// table if it has the code, else by the gateway's and the codes that all of the
// service has, else by the table of the first action that has it.
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

// best is the first row with this code among those that fit best.
func (c *Catalogue) best(code string, tables ...[]rpc.Failure) *rpc.Failure {
	var best *rpc.Failure
	highest := 0
	for _, rows := range tables {
		for i := range rows {
			if rows[i].Code != code {
				continue
			}
			if r := c.rank(&rows[i]); r > highest {
				best, highest = &rows[i], r
			}
		}
	}
	return best
}

func (c *Catalogue) rank(row *rpc.Failure) int {
	rank := 1
	if row.HoldsIn(c.Edition) {
		rank += 2
	}
	if !open(row) {
		rank++
	}
	return rank
}

// blank is where a message is filled in with the name that it is about.
const blank = "%s"

// message is what a row tells, with the name filled in if there is only one.
func message(row *rpc.Failure) string {
	if row.Of == "" {
		return row.Message
	}
	return strings.ReplaceAll(row.Message, blank, row.Of)
}

// open tells whether a row's message is filled in from case to case.
func open(row *rpc.Failure) bool { return strings.Contains(message(row), blank) }

func (c *Catalogue) action(name string) *rpc.Description {
	for i := range c.Actions {
		if c.Actions[i].Name == name {
			return &c.Actions[i]
		}
	}
	return nil
}

// befallen are the actions that an Action of the form means, none if it is unknown.
func (c *Catalogue) befallen(action string) []rpc.Description {
	if action == "*" {
		return c.Actions
	}
	if d := c.action(action); d != nil {
		return []rpc.Description{*d}
	}
	return nil
}

func (c *Catalogue) names() []string {
	var names []string
	for i := range c.Actions {
		names = append(names, c.Actions[i].Name)
	}
	return names
}

// codes are all codes of the catalogue, sorted.
func (c *Catalogue) codes() []string {
	tables := [][]rpc.Failure{c.Gateway, serviceCodes}
	for i := range c.Actions {
		tables = append(tables, c.Actions[i].Failures, c.Actions[i].Unmade)
	}
	var codes []string
	for _, rows := range tables {
		for i := range rows {
			if rows[i].Code != "" {
				codes = append(codes, rows[i].Code)
			}
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}
