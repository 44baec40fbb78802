package contract_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a cell of the page says.
const (
	byBoth   = "test, sample"
	byTest   = "test"
	bySample = "sample"
	byNone   = "–"
)

const clientsHead = `<!-- Written by make clients WRITE=1 out of what the suites of clients have seen. Change those, not this. -->

# Which clients are proven

These are the vendor's own SDKs, and Apache Libcloud, unmodified: nothing but the endpoint is the mock's. Their suites in
[testdata/clients](../testdata/clients) run them against the built program, which requires their signatures; ` + "`make clients`" + `
runs the suites and compares this page with what they saw.

| Client | Language | Version | Actions proven | How it is pointed at the mock | Suite |
| --- | --- | --- | --- | --- | --- |
`

const clientsLegend = `
Below, an action is proven by a **test** where the client's suite calls it and the mock's journal tells that it succeeded. It is
proven by a **sample** where the program that the mock itself writes for the client (` + "`/_mock/samples/`" + `) was run as it stands, and
the journal tells that it made exactly the call of the action's example, which succeeded. A dash is for what nobody has tried.

`

// clientsPage is what the suites have proved, for people.
func clientsPage(proofs []proof) string {
	var page strings.Builder
	page.WriteString(clientsHead)
	head, rule := []string{"Action"}, []string{"---"}
	for _, p := range proofs {
		i := slices.IndexFunc(sdks, func(s sdk) bool { return s.name == p.Client })
		suite := fmt.Sprintf("[%s](../testdata/clients/%[1]s)", sdks[i].suite)
		line(&page, "`"+p.Client+"`", p.Language, p.Version, p.share(), sdks[i].pointed, suite)
		head, rule = append(head, "`"+p.Client+"`"), append(rule, "---")
	}
	page.WriteString(clientsLegend)
	line(&page, head...)
	line(&page, rule...)
	for _, action := range actionNames() {
		row := []string{action}
		for _, p := range proofs {
			row = append(row, p.by(action))
		}
		line(&page, row...)
	}
	return page.String()
}

func line(page *strings.Builder, cells ...string) {
	page.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

// share is how many of the actions are proven.
func (p proof) share() string {
	n := 0
	for _, action := range actionNames() {
		if p.by(action) != byNone {
			n++
		}
	}
	return fmt.Sprintf("%d of %d", n, len(actionNames()))
}

// by tells how an action is proven.
func (p proof) by(action string) string {
	tested, sampled := slices.Contains(p.Tests, action), slices.Contains(p.Samples, action)
	switch {
	case tested && sampled:
		return byBoth
	case tested:
		return byTest
	case sampled:
		return bySample
	}
	return byNone
}

// readClients reads the page back: what is proven, and its actions.
func readClients(t *testing.T, page string) (proofs []proof, actions []string) {
	t.Helper()
	summary, matrix, _ := strings.Cut(page, clientsLegend)
	for _, c := range rows(summary) {
		require.Len(t, c, 6, "%q", c)
		proofs = append(proofs, proof{Client: strings.Trim(c[0], "`"), Language: c[1], Version: c[2]})
	}
	for _, c := range rows(matrix) {
		require.Len(t, c, 1+len(proofs), "%q", c)
		actions = append(actions, c[0])
		for i := range proofs {
			proofs[i].add(t, c[0], c[1+i])
		}
	}
	return proofs, actions
}

// rows are the cells of a table, without its head.
func rows(table string) [][]string {
	var list [][]string
	for l := range strings.Lines(table) {
		if strings.HasPrefix(l, "| ") {
			list = append(list, cells(strings.TrimSpace(l)))
		}
	}
	return list[min(2, len(list)):]
}

// add takes a cell of the page for an action.
func (p *proof) add(t *testing.T, action, cell string) {
	t.Helper()
	if cell == byTest || cell == byBoth {
		p.Tests = append(p.Tests, action)
	}
	if cell == bySample || cell == byBoth {
		p.Samples = append(p.Samples, action)
	}
	require.Contains(t, []string{byBoth, byTest, bySample, byNone}, cell, action)
}

// What is written is read back.
func TestClientsPageIsReadBack(t *testing.T) {
	actions := actionNames()
	want := []proof{
		{"Go", "darabonba-openapi/v2", "v1", actions[:2], actions[1:3]},
		{"Node.js", "@alicloud/pop-core", "2", nil, nil},
	}
	page := clientsPage(want)
	got, read := readClients(t, page)
	assert.Equal(t, want, got)
	assert.Equal(t, actions, read)
	assert.Contains(t, page, "| "+actions[0]+" | test | – |\n| "+actions[1]+" | test, sample | – |\n| "+actions[2]+" | sample | – |\n")
	assert.Contains(t, page, fmt.Sprintf("| v1 | 3 of %d |", len(actions)))
}
