package fault

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/ascii"
	"github.com/ecsmock/ecsmock/internal/param"
)

// How much a fault may ask for.
const (
	longestDelay   = 10 * 60 * 1000 // milliseconds, of hiding too
	longestMessage = 4096           // bytes
	longestCode    = 128
)

// wrong is a field of the form with what is wrong about it, and what to do.
func wrong(name, format string, values ...any) error {
	return fmt.Errorf("%s: "+format, append([]any{name}, values...)...)
}

// check finds the first thing that makes no sense about a fault.
func (c *Catalogue) check(f *Fault) error {
	for _, err := range []error{
		c.checkAction(f), checkAccount(f), c.checkParams(f), checkNumbers(f), checkEffect(f), c.checkHiding(f), c.checkCode(f),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *Catalogue) checkAction(f *Fault) error {
	switch {
	case f.Action == "":
		return wrong("Action", "it is needed: the name of an action, or * for every action")
	case len(c.befallen(f.Action)) == 0:
		return wrong("Action", "the mock has no action %q; %s", f.Action,
			param.DidYouMean(f.Action, c.names(), "give one of "+strings.Join(c.names(), ", ")+", or * for all of them"))
	}
	return nil
}

func checkAccount(f *Fault) error {
	var id account.ID
	if f.AccountId == "" {
		return nil
	}
	if err := id.Set(f.AccountId); err != nil {
		return wrong("AccountId", "%w, got %q", err, f.AccountId)
	}
	return nil
}

func (c *Catalogue) checkParams(f *Fault) error {
	for _, name := range slices.Sorted(maps.Keys(f.Params)) {
		known := []string{"RegionId"} // where it is not sent, the host tells it
		ok := name == "RegionId"
		for _, d := range c.befallen(f.Action) {
			ok = ok || takes(d.Params, name)
			for i := range d.Params {
				known = append(known, d.Params[i].Name)
			}
		}
		if !ok {
			slices.Sort(known)
			return wrong("Params."+name, "%s such a parameter, so no call would match; %s",
				takesNo(f.Action), param.DidYouMean(name, slices.Compact(known), "GET /_mock/actions lists the parameters of each action"))
		}
	}
	return nil
}

func takesNo(action string) string {
	if action == "*" {
		return "no action takes"
	}
	return action + " does not take"
}

// takes tells whether a parameter of these can be sent by a name: a plain one by
// its own, one of a list by a number too, as in Permissions.1.PortRange.
func takes(docs []param.Doc, name string) bool {
	for i := range docs {
		d := &docs[i]
		rest, of := strings.CutPrefix(name, d.Name)
		switch {
		case !of:
		case rest == "":
			return true
		case len(d.Fields) > 0 && rest[0] == '.' && takesElement(d.Fields, rest[1:]):
			return true
		}
	}
	return false
}

func takesElement(fields []param.Doc, name string) bool {
	number, rest, more := strings.Cut(name, ".")
	if n, err := strconv.Atoi(number); err != nil || n < 1 {
		return false
	}
	if !more {
		return fields[0].Name == "" // the element itself
	}
	return takes(fields, rest)
}

func checkNumbers(f *Fault) error {
	for _, n := range []struct {
		name  string
		value int
		most  int
	}{
		{"After", f.After, 0}, {"Times", f.Times, 0}, {"TruncateAt", f.TruncateAt, 0},
		{"DelayMs", f.DelayMs, longestDelay}, {"JitterMs", f.JitterMs, longestDelay}, {"HideMs", f.HideMs, longestDelay},
	} {
		switch {
		case n.value < 0:
			return wrong(n.name, "%d is less than nothing; give 0 or more", n.value)
		case n.most > 0 && n.value > n.most:
			return wrong(n.name, "%d is too long; give at most %d, which is ten minutes", n.value, n.most)
		}
	}
	return nil
}

// checkEffect looks at what the fault does as a whole.
func checkEffect(f *Fault) error {
	switch {
	case f.When != "" && f.When != BeforeEffect && f.When != AfterEffect:
		return wrong("When", "%q is no time to act at; give before or after (the effect of the call)", f.When)
	case !f.answers() && f.DelayMs == 0 && f.JitterMs == 0 && f.HideMs == 0 && f.Status == 0 && f.Message == "":
		return errors.New("Code: the fault does nothing; give Code, DelayMs, JitterMs, Drop, TruncateAt or HideMs")
	case f.Code == "" && f.Status != 0:
		return wrong("Status", "it says nothing without Code; give the code to answer too")
	case f.Code == "" && f.Message != "":
		return wrong("Message", "it says nothing without Code; give the code to answer too")
	case f.Drop && f.Code != "":
		return wrong("Drop", "a dropped connection carries no answer; leave out Code or Drop")
	case f.Drop && f.TruncateAt > 0:
		return wrong("Drop", "a dropped connection carries nothing to cut; leave out TruncateAt or Drop")
	case f.TruncateAt > 0 && f.Code == "" && !f.after():
		return wrong("TruncateAt", `before the effect there is no answer to cut; give "When": "after" to cut the call's own, or Code to cut that error`)
	}
	return nil
}

func (c *Catalogue) checkHiding(f *Fault) error {
	switch {
	case f.HideMs == 0:
		return nil
	case f.Action != "*" && !adds(f.Action):
		names := slices.DeleteFunc(c.names(), func(name string) bool { return !adds(name) })
		return wrong("HideMs", "%s adds nothing that could be hidden; give one of %s, or * for all of them", f.Action, strings.Join(names, ", "))
	case f.answers() && !f.after():
		return wrong("HideMs", `before the effect nothing is added that could be hidden; give "When": "after", or leave out Code and Drop`)
	}
	return nil
}

func (c *Catalogue) checkCode(f *Fault) error {
	switch {
	case f.Code == "":
		return nil
	case len(f.Code) > longestCode || !ascii.IsWord(f.Code, ".-_"):
		return wrong("Code", "%.*q is no code; one is up to %d letters, digits, periods, hyphens and underscores", longestCode, f.Code, longestCode)
	case f.Status != 0 && (f.Status < 400 || f.Status > 599):
		return wrong("Status", "%d is no status of an error; give one of 400 to 599", f.Status)
	case len(f.Message) > longestMessage:
		return wrong("Message", "it has %d bytes; give at most %d", len(f.Message), longestMessage)
	case f.Status != 0 && f.Message != "":
		return nil // nothing is left to the catalogue
	}
	for _, d := range c.befallen(f.Action) {
		row := c.row(d.Name, f.Code)
		switch {
		case row == nil:
			return wrong("Code", "the catalogue has no code %q (%s); for a code of your own, give Status and Message too",
				f.Code, param.DidYouMean(f.Code, c.codes(), "GET /_mock/actions lists those of each action"))
		case f.Message == "" && open(row):
			return wrong("Message", "that of %s is %q, where the service fills in what is wrong; give the Message as it should be", f.Code, row.Message)
		}
	}
	return nil
}
