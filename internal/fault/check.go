package fault

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/ascii"
	"github.com/ecsmock/ecsmock/internal/param"
)

// Limits of a fault.
const (
	maxDelay   = 10 * 60 * 1000 // milliseconds, of HideMs too
	maxMessage = 4096           // bytes
	maxCode    = 128
)

// fieldError returns an error that begins with the name of the field.
func fieldError(name, format string, values ...any) error {
	return fmt.Errorf("%s: "+format, append([]any{name}, values...)...)
}

// check returns the first error in a fault, one sentence that says what to do.
func (c *Catalogue) check(f *Fault) error {
	for _, err := range []error{
		c.checkAction(f), checkAccount(f), c.checkParams(f), checkNumbers(f), checkEffect(f), c.checkHiding(f), c.checkCode(f), c.checkAnswer(f),
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
		return fieldError("Action", "is required; give the name of an action, or * for every action")
	case len(c.matching(f.Action)) == 0:
		return fieldError("Action", "the mock has no action %q; %s", f.Action,
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
		return fieldError("AccountId", "%w, got %q", err, f.AccountId)
	}
	return nil
}

func (c *Catalogue) checkParams(f *Fault) error {
	for _, name := range slices.Sorted(maps.Keys(f.Params)) {
		known := []string{"RegionId"} // of a call without it the host gives it
		ok := name == "RegionId"
		for _, d := range c.matching(f.Action) {
			ok = ok || d.Takes(name)
			for i := range d.Params {
				known = append(known, d.Params[i].Name)
			}
		}
		if !ok {
			slices.Sort(known)
			return fieldError("Params."+name, "%s, so no call would match; %s",
				unknownTo(f.Action), param.DidYouMean(name, slices.Compact(known), "GET /_mock/actions lists the parameters of each action"))
		}
	}
	return nil
}

func unknownTo(action string) string {
	if action == "*" {
		return "no action has such a parameter"
	}
	return action + " has no such parameter"
}

func checkNumbers(f *Fault) error {
	for _, n := range []struct {
		name  string
		value int
		most  int
	}{
		{"After", f.After, 0}, {"Times", f.Times, 0}, {"Every", f.Every, 0}, {"TruncateAt", f.TruncateAt, 0},
		{"DelayMs", f.DelayMs, maxDelay}, {"JitterMs", f.JitterMs, maxDelay}, {"HideMs", f.HideMs, maxDelay},
	} {
		switch {
		case n.value < 0:
			return fieldError(n.name, "must not be negative, got %d", n.value)
		case n.most > 0 && n.value > n.most:
			return fieldError(n.name, "must be at most %d (ten minutes), got %d", n.most, n.value)
		}
	}
	if f.Chance < 0 || f.Chance > 1 {
		return fieldError("Chance", "must be 0 to 1, got %v", f.Chance)
	}
	return nil
}

// checkEffect checks the fields that say what the fault does.
func checkEffect(f *Fault) error {
	switch {
	case f.When != "" && f.When != BeforeEffect && f.When != AfterEffect:
		return fieldError("When", "must be before or after (the effect of the call), got %q", f.When)
	case !f.decides() && f.DelayMs == 0 && f.JitterMs == 0 && f.HideMs == 0 && f.Status == 0 && f.Message == "":
		return errors.New("Code: the fault does nothing; give Code, Answer, DelayMs, JitterMs, Drop, TruncateAt or HideMs")
	case f.Code == "" && f.Status != 0:
		return fieldError("Status", "has no effect without Code; give Code too")
	case f.Code == "" && f.Message != "":
		return fieldError("Message", "has no effect without Code; give Code too")
	case f.Drop && f.Code != "":
		return fieldError("Drop", "a dropped connection has no answer; leave out Code or Drop")
	case f.Drop && f.TruncateAt > 0:
		return fieldError("Drop", "a dropped connection has no answer to truncate; leave out TruncateAt or Drop")
	case f.TruncateAt > 0 && f.Code == "" && !f.answers() && !f.after():
		return fieldError("TruncateAt", `the call has no answer before its effect; give "When": "after" to truncate its answer, or Code to truncate that error`)
	}
	return nil
}

func (c *Catalogue) checkHiding(f *Fault) error {
	switch {
	case f.HideMs == 0:
		return nil
	case f.Action != "*" && !adds(f.Action):
		names := slices.DeleteFunc(c.names(), func(name string) bool { return !adds(name) })
		return fieldError("HideMs", "%s adds nothing; give one of %s, or * for all of them", f.Action, strings.Join(names, ", "))
	case f.decides() && !f.after():
		return fieldError("HideMs", `nothing is added before the effect of the call; give "When": "after", or leave out Code and Drop`)
	}
	return nil
}

func (c *Catalogue) checkCode(f *Fault) error {
	switch {
	case f.Code == "":
		return nil
	case f.Status != 0 && (f.Status < 400 || f.Status > 599):
		return fieldError("Status", "must be 400 to 599, got %d", f.Status)
	case len(f.Message) > maxMessage:
		return fieldError("Message", "must be at most %d bytes, got %d", maxMessage, len(f.Message))
	}
	switch {
	case c.row(f.Action, f.Code) != nil:
		return nil
	case len(f.Code) > maxCode || !ascii.IsWord(f.Code, ".-_"):
		return fieldError("Code", "must be 1 to %d letters, digits, periods, hyphens and underscores, got %.*q", maxCode, maxCode, f.Code)
	case f.Status == 0 || f.Message == "":
		return fieldError("Code", "the catalogue has no code %q (%s); for a code of your own, give Status and Message too",
			f.Code, param.DidYouMean(f.Code, c.codes(), "GET /_mock/actions lists those of each action"))
	}
	return nil
}
