package fault

import (
	"errors"
	"fmt"

	"github.com/ecsmock/ecsmock/internal/form"
)

const example = `{"Action": "RevokeSecurityGroup", "Code": "Throttling.User", "Times": 2}`

// Parse reads one fault, or a list of them, in JSON. An error has the path of what
// is wrong, as in "[1].Times". Add checks whether the faults make sense.
func Parse(body []byte) ([]Fault, error) {
	var faults []Fault
	err := form.ReadAll(body, func(o *form.Object) {
		var f Fault
		f.fields(o)
		faults = append(faults, f)
	})
	var wrong *form.Error
	switch {
	case errors.As(err, &wrong) && wrong.Path == "":
		return nil, fmt.Errorf("%w; a fault is written as %s", err, example)
	case err != nil:
		return nil, err
	case len(faults) == 0:
		return nil, errors.New("the list has no fault; a fault is written as " + example)
	}
	return faults, nil
}

func (f *Fault) fields(o *form.Object) {
	o.Text("Action", &f.Action)
	o.Text("AccountId", &f.AccountId)
	o.ReadMap("Params", &f.Params)
	o.Int("After", &f.After)
	o.Int("Times", &f.Times)
	o.Text("Code", &f.Code)
	o.Int("Status", &f.Status)
	o.Text("Message", &f.Message)
	o.Int("DelayMs", &f.DelayMs)
	o.Int("JitterMs", &f.JitterMs)
	o.Flag("Drop", &f.Drop)
	o.Int("TruncateAt", &f.TruncateAt)
	o.Int("HideMs", &f.HideMs)
	o.Text("When", &f.When)
}
