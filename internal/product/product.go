// Package product is what the products of the mock share: the caller of an action, and
// the parameters, answers and errors that are the same in several products.
package product

import (
	"strconv"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// A Product is a product with the actions of it that the mock has.
type Product struct {
	*rpc.Product
	Actions []*rpc.Action[*Caller] // in the order of the documentation
}

// Descriptions returns the descriptions of the actions.
func (p *Product) Descriptions() []rpc.Description {
	var list []rpc.Description
	for _, a := range p.Actions {
		list = append(list, a.Description)
	}
	return list
}

// A Caller carries out one call on behalf of one account in one region. Each product has
// a type of its own with the same fields, whose methods are its actions. They look
// everything up inside View and Update, so that no call keeps a part of a world that a
// reset has replaced.
type Caller struct {
	store.Access
	Call    *rpc.Call
	Edition rpc.Edition
	Limits  secgroup.Limits
	Action  *rpc.Description
	Hide    time.Duration // how long Describe does not show what the call adds
	Settle  time.Duration // how long a state such as Pending lasts
	VPCs    VPCs          // whether what the call names must exist
}

// Others has the versions of products that programs call and the mock does not have.
// Such a call is answered by its product: some actions, such as DescribeRegions, exist
// in several.
var Others = map[string]string{
	"2014-05-15": "SLB",
	"2014-08-28": "ESS",
	"2015-05-01": "RAM",
	"2015-12-15": "CS",
	"2018-08-28": "Tag",
	"2020-06-16": "ALB",
	"2022-04-30": "NLB",
}

// Unmade returns the rows of one action in a text that has a row a line: action, status,
// code and message. Above the rows of each group stands, after #, the reason why no request
// to the mock causes them, though the vendor's error tables have them. Injected faults do.
func Unmade(text, action string) []*rpc.Failure {
	var rows []*rpc.Failure
	reason := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if comment, ok := strings.CutPrefix(line, "# "); ok || line == "" {
			reason = comment
			continue
		}
		fields := strings.SplitN(line, "|", 4)
		if fields[0] != action {
			continue
		}
		status, _ := strconv.Atoi(fields[1])
		rows = append(rows, &rpc.Failure{Status: uint16(status), Code: fields[2], Message: fields[3], When: reason})
	}
	return rows
}

// Done is an answer whose only field is RequestId.
type Done struct{}

// Fields declares no field.
func (*Done) Fields(*wire.Writer) {}
