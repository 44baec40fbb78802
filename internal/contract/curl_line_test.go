package contract_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/contract"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// What means something to curl, bash or Markdown arrives at the mock as it was
// meant, and what is long or many is told shortly.
func TestLinesSurviveCurlBashAndMarkdown(t *testing.T) {
	long := strings.Repeat("x", 513)
	for _, c := range []struct {
		try, line string
		want      []map[string]string
	}{
		{`B=a b`, `curl -i 'http://127.0.0.1:2014/?Action=Odd&A=1/2&B=a%20b'`,
			[]map[string]string{{"Action": "Odd", "A": "1/2", "B": "a b"}}},
		{`B=["x"]|{y}`, `curl -i 'http://127.0.0.1:2014/?Action=Odd&A=1/2&B=%5B%22x%22%5D%7C%7By%7D'`,
			[]map[string]string{{"Action": "Odd", "A": "1/2", "B": `["x"]|{y}`}}},
		{"B=it's`<b>`\\^#é%C3%A9$HOME!*~", "curl -i 'http://127.0.0.1:2014/?Action=Odd&A=1/2&B=it%27s%60%3Cb%3E%60%5C%5E%23%C3%A9%C3%A9$HOME!*~'",
			[]map[string]string{{"Action": "Odd", "A": "1/2", "B": "it's`<b>`\\^#éé$HOME!*~"}}},
		{"B=" + long + "&C=1", `curl -i 'http://127.0.0.1:2014/?Action=Odd&A=1/2&B='$(printf 'x%.0s' {1..513})'&C=1'`,
			[]map[string]string{{"Action": "Odd", "A": "1/2", "B": long, "C": "1"}}},
		{"A=#/#; 2*B=w#; -A&C=#", `curl -i 'http://127.0.0.1:2014/?Action=Odd&A=%23/%23' && ` +
			`for i in $(seq 2); do curl -i 'http://127.0.0.1:2014/?Action=Odd&A=1/2&B=w'$i; done && ` +
			`curl -i 'http://127.0.0.1:2014/?Action=Odd&C=%23'`,
			[]map[string]string{{"Action": "Odd", "A": "#/#"}, {"Action": "Odd", "A": "1/2", "B": "w1"},
				{"Action": "Odd", "A": "1/2", "B": "w2"}, {"Action": "Odd", "C": "#"}}},
		{"2*A=#/#&B=1", `for i in $(seq 2); do curl -i 'http://127.0.0.1:2014/?Action=Odd&A='$i'/'$i'&B=1'; done`,
			[]map[string]string{{"Action": "Odd", "A": "1/1", "B": "1"}, {"Action": "Odd", "A": "2/2", "B": "1"}}},
		{"Action=Even&B=2; B=3", `curl -i 'http://127.0.0.1:2014/?Action=Even&A=1/2&B=2' && curl -i 'http://127.0.0.1:2014/?Action=Odd&A=1/2&B=3'`,
			[]map[string]string{{"Action": "Even", "A": "1/2", "B": "2"}, {"Action": "Odd", "A": "1/2", "B": "3"}}},
	} {
		p := odd(t, rpc.Failure{Status: 400, Code: "Odd", Message: "m", When: "w", Try: c.try})
		assert.Equal(t, c.line, p.line)
		var got []map[string]string
		for _, r := range requests(t, p.line) {
			got = append(got, said(r.URL.RawQuery))
		}
		assert.Equal(t, c.want, got, c.try)
	}
}

// What a client is told survives Markdown, and so do the editions of a row.
func TestRowsSurviveMarkdown(t *testing.T) {
	for _, c := range []struct {
		row   rpc.Failure
		want  answer
		years []rpc.Edition
	}{
		{rpc.Failure{Status: 400, Code: "A.B", Message: `a|b *c* _d_ <e> [f] "%s" \g ` + "`h` ? /?", When: "x | y."},
			answer{400, "A.B", `a|b *c* _d_ <e> [f] "%s" \g ` + "`h` ? /?"}, []rpc.Edition{2019, 2020, 2024}},
		{rpc.Failure{Status: 403, Code: "C", Message: `The "%s".`, Of: "PortRange", Since: rpc.Edition2020},
			answer{403, "C", `The "PortRange".`}, []rpc.Edition{2020, 2024}},
		{rpc.Failure{Status: 200, Until: rpc.Edition2019}, answer{status: 200}, []rpc.Edition{2019}},
	} {
		p := odd(t, c.row)
		assert.Equal(t, c.want, p.answer)
		assert.Equal(t, c.years, p.years)
	}
}

// odd is a row of an action that takes anything, as a page has it.
func odd(t *testing.T, row rpc.Failure) printed {
	d := rpc.Description{Spec: rpc.Spec{Name: "Odd", Example: "A=1/2", Failures: []rpc.Failure{row}}}
	list := read(t, string(contract.Of([]rpc.Description{d}, nil, nil, nil).Coverage()))
	require.Len(t, list, 2)
	return list[1]
}
