package ecs_test

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// document is what RevokeSecurityGroup's document states, as listed in
// testdata/upstream/revoke-security-group.txt.
type document struct {
	parameters []documentedParameter
	statements []statement
	errors     []documentedError
}

// documentedParameter is a row of the table of parameters.
type documentedParameter struct {
	name, kind string
	required   bool
}

// statement is one thing that the document says, and where.
type statement struct{ section, text string }

// documentedError is a row of the table of error codes.
type documentedError struct {
	status        int
	code, message string
}

func readDocument(t *testing.T) *document {
	file, err := os.Open("../../testdata/upstream/revoke-security-group.txt")
	require.NoError(t, err)
	defer file.Close()
	d, section := &document{}, ""
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		heading, isHeading := strings.CutPrefix(line, "[")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case isHeading:
			section = d.heading(t, strings.TrimSuffix(heading, "]"))
		case section == "errors":
			d.error(t, line)
		default:
			d.statements = append(d.statements, statement{section, line})
		}
	}
	require.Len(t, d.parameters, 18, "the document's table has 18 parameters")
	require.Len(t, d.errors, 20, "the document's table has 20 errors")
	require.Len(t, d.statements, 79, "the document makes 79 statements beside its errors")
	return d
}

// heading begins a section; a parameter's has its type and whether it is required.
func (d *document) heading(t *testing.T, text string) string {
	cells := strings.Split(text, " | ")
	if len(cells) == 3 {
		require.Contains(t, []string{"Yes", "No"}, cells[2], text)
		d.parameters = append(d.parameters, documentedParameter{cells[0], cells[1], cells[2] == "Yes"})
	}
	return cells[0]
}

func (d *document) error(t *testing.T, line string) {
	cells := strings.Split(line, " | ")
	require.Len(t, cells, 3, line)
	status, err := strconv.Atoi(cells[0])
	require.NoError(t, err, line)
	d.errors = append(d.errors, documentedError{status, cells[1], cells[2]})
}

// readOtherwise are the parameters that are not declared as the document has them.
var readOtherwise = map[string]string{
	"Action": "The gateway reads it, for every action alike. The table does not require it, but without it or the header x-acs-action there is no action.",
}

// Every parameter of the document is declared, with its type, and required where
// the document requires it.
func TestDocumentParameters(t *testing.T) {
	declared := map[string]param.Doc{}
	for _, p := range ecs.RevokeSecurityGroup.Params {
		declared[p.Name] = p
	}
	for _, row := range readDocument(t).parameters {
		if readOtherwise[row.name] != "" {
			assert.NotContains(t, declared, row.name, "it is declared after all")
			continue
		}
		p, ok := declared[row.name]
		if !assert.True(t, ok, "%s is not declared", row.name) {
			continue
		}
		assert.Equal(t, row.kind, p.Type, "type of %s", row.name)
		assert.Equal(t, row.required, p.Required, "whether %s is required", row.name)
		assert.NotEmpty(t, p.Description, "%s has no description", row.name)
	}
}

// Every error of the document is a row of the action's table in the document's
// edition, with a Try that proves it. Where the document has %s for a text any
// text will do.
func TestDocumentErrors(t *testing.T) {
	for _, row := range readDocument(t).errors {
		found, proved := false, false
		for _, f := range ecs.RevokeSecurityGroup.Failures {
			if row.is(f) {
				found, proved = true, proved || f.Try != ""
			}
		}
		assert.True(t, found, "no row of the table is %d %s: %s", row.status, row.code, row.message)
		assert.True(t, proved, "nothing proves %d %s: %s", row.status, row.code, row.message)
	}
}

func (row *documentedError) is(f *rpc.Failure) bool {
	return f.HoldsIn(rpc.Edition2019) && int(f.Status) == row.status && f.Code == row.code &&
		(f.Message == row.message || row.message == "%s" && f.Message != "")
}

// Every statement of the document is proved by an exchange file that quotes it.
func TestDocumentStatements(t *testing.T) {
	d, quoted := readDocument(t), quotes(t)
	for _, s := range d.statements {
		if quoted[s] == "" && (quoted[statement{text: s.text}] == "" || len(d.places(s.text)) > 1) {
			t.Errorf("no exchange file proves what the document says of %s: %s", s.section, s.text)
		}
	}
}

// What the action's own exchange files quote stands in the document, or they say
// which other text it is from. Where the document says a thing in several places
// they say which.
func TestQuotesStandInTheDocument(t *testing.T) {
	d := readDocument(t)
	sections := map[string]bool{"": true}
	for _, s := range d.statements {
		sections[s.section] = true
	}
	for q, file := range quotes(t) {
		places := d.places(q.text)
		switch {
		case !sections[q.section]: // another text
		case len(places) == 0:
			t.Errorf("%s: the document does not say %q", file, q.text)
		case q.section == "" && len(places) > 1:
			t.Errorf("%s: %q stands in several places; in parentheses, which of %v?", file, q.text, places)
		case q.section != "" && !slices.Contains(places, q.section):
			t.Errorf("%s: %q does not stand at %s but at %v", file, q.text, q.section, places)
		}
	}
}

// places are the sections that make a statement.
func (d *document) places(text string) []string {
	var list []string
	for _, s := range d.statements {
		if s.text == text {
			list = append(list, s.section)
		}
	}
	return list
}

// quotes are the statements that exchange files quote, each with a file that does:
// doc: "The statement." (where it stands). Files of other actions quote documents
// of their own, unless they say where in this one a statement stands.
func quotes(t *testing.T) map[statement]string {
	files, err := filepath.Glob("../../testdata/actions/*/*.txt")
	require.NoError(t, err)
	quoted := map[statement]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		head, _, _ := strings.Cut(string(text), "\n\n")
		for line := range strings.SplitSeq(head, "\n") {
			if quote, ok := strings.CutPrefix(line, `doc: "`); ok {
				end := strings.LastIndexByte(quote, '"')
				require.Positive(t, end, "%s: %s", file, line)
				where := strings.Trim(quote[end+1:], " ()")
				if where != "" || strings.Contains(file, "/RevokeSecurityGroup/") {
					quoted[statement{where, quote[:end]}] = filepath.Base(file)
				}
			}
		}
	}
	return quoted
}
