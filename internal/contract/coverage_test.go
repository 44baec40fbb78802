package contract_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// printed is a row of an error table, or an example, as the page has it.
type printed struct {
	section string
	answer  answer
	line    string        // of bash
	years   []rpc.Edition // that it holds in
	strict  bool
}

var (
	onlyEdition = regexp.MustCompile("`-edition (\\d+)`")
	escaped     = regexp.MustCompile(`\\([^A-Za-z0-9])`)
	separator   = regexp.MustCompile(`([^\\]) \| `)
)

const errorTable = "| Status | Code and message | When | Try it |"

// page is COVERAGE.md: what people read is what is tried.
func page(t testing.TB) []printed {
	content, err := os.ReadFile(coverageFile)
	require.NoError(t, err)
	return read(t, string(content))
}

// read reads a page back.
func read(t testing.TB, content string) []printed {
	var list []printed
	section, table := "", ""
	for line := range strings.Lines(content) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "## "):
			section = line[3:]
		case strings.HasPrefix(line, "curl -i"):
			list = append(list, printed{section: section, answer: answer{status: 200}, line: line, years: current().Editions})
		case !strings.HasPrefix(line, "|"):
			table = ""
		case table == "":
			table = line
		case table == errorTable && line != "| --: | --- | --- | --- |":
			list = append(list, row(t, section, cells(line)))
		}
	}
	return list
}

func cells(line string) []string {
	line = strings.TrimSuffix(strings.TrimPrefix(line, "| "), " |")
	return strings.Split(separator.ReplaceAllString(line, "$1\x00"), "\x00")
}

func row(t testing.TB, section string, cells []string) printed {
	require.Len(t, cells, 4, "%s: %q", section, cells)
	p := printed{section: section, answer: answer{status: atoi(cells[0])}, line: strings.Trim(cells[3], "` ")}
	if code, message, found := strings.Cut(cells[1], "<br>"); found {
		p.answer.code, p.answer.message = strings.Trim(code, "`"), escaped.ReplaceAllString(message, "$1")
	}
	for _, m := range onlyEdition.FindAllStringSubmatch(cells[2], -1) {
		p.years = append(p.years, rpc.Edition(atoi(m[1])))
	}
	if p.years == nil {
		p.years = current().Editions
	}
	p.strict = strings.Contains(cells[2], "<br>Only with `-strict`")
	return p
}

// demo is a mock with a fresh demo world.
func demo(t testing.TB, edition rpc.Edition, strict bool) *server.Server {
	s, err := server.New(server.Options{Seed: ecs.Demo, Edition: edition, Strict: strict})
	require.NoError(t, err)
	return s
}

// is tells whether an answer is what the page says; %s is any name.
func (p *printed) is(a answer) bool {
	message := strings.ReplaceAll(regexp.QuoteMeta(p.answer.message), "%s", `\w+`)
	return a.status == p.answer.status && a.code == p.answer.code &&
		regexp.MustCompile("^"+message+"$").MatchString(a.message)
}

// Every line of the page does what its row says, in every edition of its row. The
// calls before the last one succeed.
func TestCoverageIsTrue(t *testing.T) {
	for _, p := range page(t) {
		if p.line == "" {
			continue
		}
		for _, year := range p.years {
			s := demo(t, year, p.strict)
			var last answer
			for i, r := range requests(t, p.line) {
				w := httptest.NewRecorder()
				s.ServeHTTP(w, r)
				if i > 0 && last.status != http.StatusOK && last != p.answer {
					t.Errorf("%s, edition %d: a call before the last is answered %s\n%s", p.section, year, last, p.line)
				}
				last = answerOf(w.Code, w.Body.String())
			}
			if !p.is(last) {
				t.Errorf("%s, edition %d\n page: %s\n mock: %s\n%s", p.section, year, p.answer, last, p.line)
			}
		}
	}
}

// The page has every row and every example, and every row of an action has a line.
func TestCoverageIsWhole(t *testing.T) {
	rows := map[string]int{}
	for _, p := range page(t) {
		rows[p.section]++
		if p.line == "" && !slices.Contains(untried, p.answer.code) {
			t.Errorf("%s: no line makes %s happen", p.section, p.answer)
		}
	}
	want := map[string]int{"Errors of every action": len(rpc.Gateway)}
	for _, d := range ecs.Descriptions() {
		want[d.Name] = 1 + len(d.Failures)
	}
	assert.Equal(t, want, rows)
}

// untried are codes that no call is known to bring about.
var untried = []string{"InternalError"}

// Every action of ECS is on the page, mocked or not.
func TestCoverageNamesEveryAction(t *testing.T) {
	content, err := os.ReadFile(coverageFile)
	require.NoError(t, err)
	words := map[string]bool{}
	for _, word := range regexp.MustCompile(`\w+`).FindAllString(string(content), -1) {
		words[word] = true
	}
	for _, name := range ecs.Upstream() {
		assert.True(t, words[name], "%s is not on the page", name)
	}
}
