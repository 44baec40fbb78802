package contract_test

import (
	"cmp"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/contract"
	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// Each command on a page of errors causes the error of its row in the page's edition. What
// is sent is read from the page; the real curl runs the same lines in testdata/clients/curl.
func TestCommandsOfErrors(t *testing.T) {
	for _, e := range rpc.Editions() {
		names := []string{contract.GatewayFile(e)}
		for i := range current().Products {
			names = append(names, current().Products[i].ErrorsFile(e))
		}
		for i, name := range names {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				text, err := os.ReadFile(api + name)
				require.NoError(t, err, "run make docs")
				p := &errorsPage{t: t, text: string(text), edition: e, servers: map[string]*server.Server{}}
				without := []string(nil)
				if i == 0 { // no request is known to cause a defect of the mock, none makes a key expire, and there is no service
					without = []string{
						"`InternalError`<br>The request processing has failed due to some unknown error.",
						"`ServiceUnavailable`<br>The request has failed due to a temporary failure of the server.",
						"`InvalidSecurityToken.Expired`<br>Specified SecurityToken is expired.",
					}
				}
				assert.Equal(t, without, p.run(), "rows without a command")
			})
		}
	}
}

// The example of each action succeeds in every edition.
func TestExamples(t *testing.T) {
	for _, e := range rpc.Editions() {
		s, err := server.New(server.Options{Seed: ecs.Demo, Edition: e})
		require.NoError(t, err)
		for _, p := range current().Products {
			for _, a := range p.Actions {
				got := httptest.NewRecorder()
				s.ServeHTTP(got, httptest.NewRequest(http.MethodGet, address+"?"+a.Example, nil))
				assert.Equal(t, http.StatusOK, got.Code, "%d %s %s: %s", e, p.Name, a.Name, got.Body)
				s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, address+"_mock/reset", nil))
			}
		}
	}
}

// An errorsPage is a page of errors with the servers that it asks for.
type errorsPage struct {
	t       *testing.T
	text    string
	edition rpc.Edition
	servers map[string]*server.Server
}

// run runs the command of each row and returns the errors of rows without one.
func (p *errorsPage) run() (without []string) {
	section := ""
	for line := range strings.Lines(p.text) {
		cells := strings.Split(strings.Trim(line, "| \n"), " | ")
		status, err := strconv.Atoi(cells[0])
		switch {
		case strings.HasPrefix(line, "## "):
			section = strings.TrimSpace(line[3:])
		case err != nil:
		case len(cells) < 4:
			without = append(without, cells[1])
		default:
			require.Len(p.t, cells, 4, line)
			p.row(section, cells, status)
		}
	}
	return without
}

var (
	escaped   = regexp.MustCompile(`\\(.)`)
	errorCode = regexp.MustCompile(`<Code>([^<]*)</Code>`)
	errorText = regexp.MustCompile(`(?s)<Message>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</Message>`)
)

// row compares the answer to the last call of a row's command with the row.
func (p *errorsPage) row(section string, cells []string, status int) {
	s := p.server(section, cells[2])
	calls := requests(p.t, strings.ReplaceAll(strings.Trim(cells[3], "`"), `\|`, "|"))
	var got *httptest.ResponseRecorder
	for _, r := range calls {
		got = httptest.NewRecorder()
		s.ServeHTTP(got, r)
	}
	about := section + ": " + cells[3]
	assert.Equal(p.t, status, got.Code, about)
	if status != http.StatusOK {
		code, message, _ := strings.Cut(cells[1], "<br>")
		assert.Equal(p.t, strings.Trim(code, "`"), first(errorCode, got.Body.String()), about)
		message = regexp.QuoteMeta(escaped.ReplaceAllString(message, "$1"))
		assert.Regexp(p.t, "^"+strings.ReplaceAll(message, "%s", "(?s:.+)")+"$", plain.Replace(first(errorText, got.Body.String())), about)
	} else {
		assert.Equal(p.t, "no error", cells[1], about)
	}
	if len(calls) > 1 || status == http.StatusOK {
		s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, address+"_mock/reset", nil))
	}
}

// plain replaces the entities of XML.
var plain = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&amp;", "&")

func first(part *regexp.Regexp, text string) string {
	if found := part.FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}

// server returns the server that a row needs. The rows of signatures need the one of their
// section, at its time.
func (p *errorsPage) server(section, when string) *server.Server {
	o := server.Options{Seed: ecs.Demo, Edition: p.edition, Strict: strings.Contains(when, "`-strict`")}
	mode, signed := strconv.FormatBool(o.Strict), section == "Errors of signatures"
	if signed {
		keys, err := server.ParseCredentials(first(regexp.MustCompile(`ECSMOCK_CREDENTIALS=(\S+)`), p.text))
		require.NoError(p.t, err)
		o.Signatures, o.Keys, mode = server.SignaturesRequire, keys, section
	}
	if p.servers[mode] == nil {
		s, err := server.New(o)
		require.NoError(p.t, err)
		p.servers[mode] = s
	}
	if signed {
		now := first(regexp.MustCompile(`/_mock/clock -d '(.*)'`), p.text)
		w := httptest.NewRecorder()
		p.servers[mode].ServeHTTP(w, httptest.NewRequest(http.MethodPut, address+"_mock/clock", strings.NewReader(now)))
		require.Equal(p.t, http.StatusOK, w.Code, w.Body)
	}
	return p.servers[mode]
}

const address = "http://127.0.0.1:2014/"

var (
	loop    = regexp.MustCompile(`^for i in \$\(seq (\d+)\); do (.*); done$`)
	command = regexp.MustCompile(`^curl -i (?:-X (\w+) )?((?:-H '[^']*' )*)(?:-d "([^"]*)" )?'` + address + `\?(.*)$`)
	repeat  = regexp.MustCompile(`\$\(printf '(.+?)%\.0s' \{1\.\.(\d+)\}\)`)
	header  = regexp.MustCompile(`-H '([^:']*): ([^']*)'`)
)

// requests returns the requests that a line of curl commands sends.
func requests(t *testing.T, line string) []*http.Request {
	t.Helper()
	var all []*http.Request
	for _, one := range strings.Split(line, " && ") {
		times := 1
		if found := loop.FindStringSubmatch(one); found != nil {
			times, _ = strconv.Atoi(found[1])
			one = found[2]
		}
		parts := command.FindStringSubmatch(one)
		require.NotNil(t, parts, "%s is not a command of a page", one)
		for n := range times {
			query := strings.ReplaceAll(expand(parts[4]), "$i", strconv.Itoa(n+1))
			r := httptest.NewRequest(cmp.Or(parts[1], http.MethodGet), address+"?"+strings.ReplaceAll(query, "'", ""), nil)
			if body := expand(parts[3]); body != "" {
				r = httptest.NewRequest(cmp.Or(parts[1], http.MethodPost), r.URL.String(), strings.NewReader(body))
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			for _, h := range header.FindAllStringSubmatch(parts[2], -1) {
				r.Header.Set(h[1], h[2])
			}
			all = append(all, r)
		}
	}
	return all
}

// expand replaces each printf by the repeated text that it writes.
func expand(text string) string {
	return repeat.ReplaceAllStringFunc(text, func(printf string) string {
		parts := repeat.FindStringSubmatch(printf)
		n, _ := strconv.Atoi(parts[2])
		return strings.Repeat(parts[1], n)
	})
}
