package fault

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// answers reports whether the fault changes a successful answer.
func (f *Fault) answers() bool { return len(f.Answer) > 0 }

// checkAnswer checks the fields that say what a successful call answers.
func (c *Catalogue) checkAnswer(f *Fault) error {
	switch {
	case !f.answers() && f.Replace:
		return fieldError("Replace", "has no effect without Answer; give Answer too")
	case !f.answers() && f.Unchecked:
		return fieldError("Unchecked", "has no effect without Answer; give Answer too")
	case !f.answers():
		return nil
	case f.Code != "":
		return fieldError("Answer", "is that of a call that succeeds; leave out Code or Answer")
	case f.Drop:
		return fieldError("Answer", "a dropped connection has no answer; leave out Drop or Answer")
	case f.When == BeforeEffect && !f.Replace:
		return fieldError("When", `the call has no answer before its effect; leave out When, or give "Replace": true`)
	}
	tree, err := wire.ParseTree(f.Answer)
	if err != nil {
		return fieldError("Answer", "%w", err)
	}
	if f.Unchecked {
		return nil
	}
	if f.Action == "*" {
		return fieldError("Answer", `has the fields of one action; name it in Action, or give "Unchecked": true`)
	}
	for _, d := range c.matching(f.Action) {
		if err := checkTree("Answer", tree, d.Answer, d.Name); err != nil {
			return err
		}
	}
	return nil
}

// checkTree returns an error for the first field that an action does not declare, or
// declares with another type.
func checkTree(path string, t *wire.Tree, fields []wire.Field, action string) error {
	names := make([]string, len(fields))
	byName := map[string]*wire.Field{}
	for i := range fields {
		names[i], byName[fields[i].Name] = fields[i].Name, &fields[i]
	}
	for _, m := range t.Members {
		at, f := path+"."+m.Name, byName[m.Name]
		if f == nil {
			return fieldError(at, `%s has no such field in its answer; %s`, action,
				param.DidYouMean(m.Name, names, `"Unchecked": true allows it`))
		}
		if err := checkValue(at, m.Value, f, action); err != nil {
			return err
		}
	}
	return nil
}

func checkValue(at string, v any, f *wire.Field, action string) error {
	ok := false
	switch f.Type {
	case "String":
		_, ok = v.(string)
	case "Boolean":
		_, ok = v.(bool)
	case "Integer":
		n, isNumber := v.(json.Number)
		_, err := strconv.ParseInt(string(n), 10, 64)
		ok = isNumber && err == nil
	case "Object":
		if t, isObject := v.(*wire.Tree); isObject {
			return checkTree(at, t, f.Fields, action)
		}
	case "Array":
		return checkList(at, v, f, action)
	}
	if !ok {
		return fieldError(at, "%s has %s here", action, article[f.Type])
	}
	return nil
}

// article is what a value of a type is called.
var article = map[string]string{"String": "a text", "Boolean": "true or false", "Integer": "an integer", "Object": "an object", "Array": "a list"}

// checkList checks a list, which has an object around it unless it is plain.
func checkList(at string, v any, f *wire.Field, action string) error {
	if !f.Plain {
		t, isObject := v.(*wire.Tree)
		if !isObject || len(t.Members) != 1 || t.Members[0].Name != f.Item {
			return fieldError(at, `%s has {%q: [...]} here`, action, f.Item)
		}
		at, v = at+"."+f.Item, t.Members[0].Value
	}
	list, ok := v.([]any)
	if !ok {
		return fieldError(at, "%s has a list here", action)
	}
	for i, one := range list {
		element := &wire.Field{Type: "Object", Fields: f.Fields}
		if len(f.Fields) == 0 {
			element.Type = "String"
		}
		if err := checkValue(fmt.Sprintf("%s[%d]", at, i), one, element, action); err != nil {
			return err
		}
	}
	return nil
}

// answer returns the outcome with the fault's fields in the answer of a call, or in place
// of it. A call that failed keeps its error, unless the answer is replaced.
func (h *Hit) answer(c *rpc.Call, out rpc.Outcome) rpc.Outcome {
	f := &h.deciding.Fault
	if out.Status >= 400 && !f.Replace {
		c.Note("the call failed, so that it has no answer to change")
		return out
	}
	var fields []wire.Field
	for _, d := range h.set.catalogue.matching(c.FullAction()) {
		fields = d.Answer
	}
	over, _ := wire.ParseTree(f.Answer) // checked
	tree := wire.TreeOf(nil, fields)
	if !f.Replace {
		tree = wire.TreeOf(out.Answer, fields)
	}
	tree.Lay(over)
	return rpc.Outcome{Status: 200, Answer: tree}
}
