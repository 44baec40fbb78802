package rpc

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSteps(t *testing.T) {
	for _, c := range []struct {
		says, example, try string
		want               []string
	}{
		{"nothing is the example", "A=1&B=2", "", []string{"A=1&B=2"}},
		{"a parameter is replaced where it stands", "A=1&B=2&C=3", "B=9", []string{"A=1&B=9&C=3"}},
		{"a new one comes last", "A=1&B=2", "C=3", []string{"A=1&B=2&C=3"}},
		{"several at once", "A=1&B=2", "C=3&A=9&C=4", []string{"A=9&B=2&C=4"}},
		{"blank is not absent", "A=1&B=2", "A=&B", []string{"A=&B"}},
		{"a minus takes one out", "A=1&B=2&C=3", "-B", []string{"A=1&C=3"}},
		{"the only one, too", "A=1", "-A", []string{""}},
		{"one that is not there", "A=1", "-B", []string{"A=1"}},
		{"and another in its place", "A=1&B=2", "-A&C=3", []string{"B=2&C=3"}},
		{"a minus in a value is none", "A=1", "A=-1", []string{"A=-1"}},
		{"names are whole", "Priority=1&P=2", "-P", []string{"Priority=1"}},
		{"without an example", "", "A=1&B=2", []string{"A=1&B=2"}},
		{"without anything", "", "", []string{""}},
		{"several calls begin with the example each", "A=1&B=2", "A=8; B=9; -A", []string{"A=8&B=2", "A=1&B=9", "B=2"}},
		{"the example first, then another", "A=1", "; A=2", []string{"A=1", "A=2"}},
		{"a number repeats a call", "A=1", "3*A=2", []string{"A=2", "A=2", "A=2"}},
		{"and stands for #", "A=1", "3*A=a#&B=#", []string{"A=a1&B=1", "A=a2&B=2", "A=a3&B=3"}},
		{"# alone is a character", "A=1", "A=#", []string{"A=#"}},
		{"repeated calls among others", "A=1", "A=0; 2*A=#; A=9", []string{"A=0", "A=1", "A=2", "A=9"}},
		{"the bare example, repeated", "A=1", "2*", []string{"A=1", "A=1"}},
		{"a star in a value repeats nothing", "A=1", "A=2*3", []string{"A=2*3"}},
		{"a semicolon without a space divides nothing", "A=1", "A=2;B=3", []string{"A=2;B=3"}},
	} {
		d := &Description{Spec: Spec{Example: c.example}}
		assert.Equal(t, c.want, d.Steps(c.try), c.says)
	}
}
