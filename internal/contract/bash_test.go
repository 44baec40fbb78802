package contract_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/contract"
)

// unfold is the queries of a step, one for each time that it is made.
func unfold(s contract.Step) []string {
	if s.Times == 0 {
		return []string{s.Query}
	}
	var list []string
	for i := range s.Times {
		list = append(list, strings.ReplaceAll(s.Query, "#", strconv.Itoa(i+1)))
	}
	return list
}

var (
	loop   = regexp.MustCompile(`^for i in \$\(seq (\d+)\); do (.*); done$`)
	printf = regexp.MustCompile(`\$\(printf '([^'%]*)%\.0s' \{1\.\.(\d+)\}\)`)
)

// requests is what bash and curl make of a line of COVERAGE.md: as much of both as
// those lines use.
func requests(t testing.TB, line string) []*http.Request {
	var list []*http.Request
	for _, command := range strings.Split(line, " && ") {
		times, body := 1, command
		if m := loop.FindStringSubmatch(command); m != nil {
			times, body = atoi(m[1]), m[2]
		}
		for i := range times {
			// $i stands between single quotes, never inside them
			list = append(list, request(t, words(t, strings.ReplaceAll(body, "'$i", "'"+strconv.Itoa(i+1)))))
		}
	}
	return list
}

func atoi(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// words splits a command as bash does, quotes and printf taken care of.
func words(t testing.TB, command string) []string {
	command = printf.ReplaceAllStringFunc(command, func(text string) string {
		m := printf.FindStringSubmatch(text)
		return strings.Repeat(m[1], atoi(m[2]))
	})
	var list []string
	word, quote := "", byte(0)
	for i := range len(command) {
		switch c := command[i]; {
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
			word += string(c)
		case c == '\'' || c == '"':
			quote = c
		case c == ' ':
			list, word = append(list, word), ""
		default:
			require.NotContains(t, "&;|<>(){}[]*?$\\`#", string(c), "bash would do something with this: %s", command)
			word += string(c)
		}
	}
	require.Zero(t, quote, "a quote stays open: %s", command)
	return append(list, word)
}

// request is what curl sends.
func request(t testing.TB, words []string) *http.Request {
	require.Equal(t, []string{"curl", "-i"}, words[:2])
	method, body, header := http.MethodGet, "", http.Header{}
	words = words[2:]
	for ; len(words) > 2; words = words[2:] {
		switch option, value := words[0], words[1]; option {
		case "-X":
			method = value
		case "-H":
			name, value, _ := strings.Cut(value, ": ")
			header.Set(name, value)
		case "-d":
			method, body = http.MethodPost, value
			header.Set("Content-Type", "application/x-www-form-urlencoded")
		default:
			require.Fail(t, "an option of curl that this test does not know", option)
		}
	}
	require.Len(t, words, 1)
	require.NotRegexp(t, `[ \[\]{}#]`, words[0], "curl would do something with this")
	r := httptest.NewRequest(method, words[0], strings.NewReader(body))
	r.Header = header
	return r
}

// answer is what came back.
type answer struct {
	status        int
	code, message string
}

var (
	codeTag    = regexp.MustCompile(`<Code>([^<]*)</Code>`)
	messageTag = regexp.MustCompile(`<Message>([^<]*)</Message>`)
	entities   = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&amp;", "&")
)

func answerOf(status int, body string) answer {
	return answer{status, inside(codeTag, body), entities.Replace(inside(messageTag, body))}
}

func inside(tag *regexp.Regexp, body string) string {
	if m := tag.FindStringSubmatch(body); m != nil {
		return m[1]
	}
	return ""
}

func (a answer) String() string { return fmt.Sprintf("%d %s: %s", a.status, a.code, a.message) }
