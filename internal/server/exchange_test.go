package server_test

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// TestExchanges proves the claims of the files in testdata/actions. exchangeFile
// describes their form.
func TestExchanges(t *testing.T) {
	paths, err := filepath.Glob(root + "/testdata/actions/*/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		dir, name := filepath.Split(strings.TrimSuffix(path, ".txt"))
		t.Run(filepath.Base(dir)+"/"+name, func(t *testing.T) {
			t.Parallel()
			f, err := readExchanges(path)
			require.NoError(t, err, path)
			for _, edition := range f.editions {
				c := conversation{s: start(t, f.options(edition)), edition: edition, bound: map[string]string{}}
				for i := range f.exchanges {
					about := fmt.Sprintf("%s\nexchange %d of %s, edition %d", f.claim, i+1, path, edition)
					c.exchange(t, &f.exchanges[i], about)
				}
			}
		})
	}
}

// conversation is the exchanges of one file with one server.
type conversation struct {
	s       *server.Server
	edition rpc.Edition
	bound   map[string]string // the values of names in braces
	world   string            // after the last exchange, "" if it is not known
}

func (c *conversation) exchange(t *testing.T, e *exchange, about string) {
	t.Helper()
	status, _ := e.status() // the reader of the file has looked
	asked := e.request
	asked.first, asked.body = c.fill(asked.first), c.fill(repeat(asked.body))
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(asked.wire())))
	require.NoError(t, err, about)
	about += "\n" + r.Method + " " + r.URL.String() + "\n" + e.request.body
	require.NotRegexp(t, hole, r.URL.RawQuery+asked.body, "%s\nno earlier answer has bound this name", about)
	before := c.world
	if before == "" {
		before = world(c.s)
	}
	got := do(c.s, r)
	c.world = ""
	if r.URL.Path == "/" && status != http.StatusFound {
		c.world = world(c.s)
		checkChanges(t, c.s, before, c.world, about)
	}
	got.Body = strings.TrimRight(got.Body, "\n")
	if strings.HasPrefix(r.URL.Path, "/_mock/") {
		got.Body = unwrap(got.Body)
	}
	require.Less(t, got.Status, 500, "%s\n%s", about, got.Body)
	assert.Equal(t, status, got.Status, about)
	for _, h := range e.answer.headers {
		name, want, _ := strings.Cut(h, ":")
		c.match(t, strings.TrimSpace(want), got.Header.Get(name), about+"\nheader "+name)
	}
	c.match(t, e.answer.body, c.plain(t, e.answer.body, got, about), about)
	if r.URL.Path == "/" && status != http.StatusFound {
		checkRequestID(t, got, about)
	}
}

// plain returns the body of an answer with a blank Recommend in every edition, unless
// the file gives the address.
func (c *conversation) plain(t *testing.T, want string, got answer, about string) string {
	t.Helper()
	code := regexp.MustCompile(`(?:"Code":"|<Code>)([\w.-]+)`).FindStringSubmatch(got.Body)
	if c.edition < rpc.Edition2025 || got.Status < 400 || code == nil || strings.Contains(want, "troubleshoot") {
		return got.Body
	}
	for _, p := range server.Products() {
		address := "https://api.aliyun.com/troubleshoot?q=" + code[1] + "&product=" + p.Name + "&requestId=" + got.Header.Get("X-Acs-Request-Id")
		if strings.Contains(got.Body, address) {
			return strings.NewReplacer("<![CDATA["+address+"]]>", "", address, "").Replace(got.Body)
		}
	}
	t.Errorf("%s: Recommend is no address in %s", about, got.Body)
	return got.Body
}

// checkRequestID proves that an answer is well-formed and begins with the id that
// is in the header.
func checkRequestID(t *testing.T, got answer, about string) {
	t.Helper()
	all, err := leaves(got.Body)
	require.NoError(t, err, about)
	require.NotEmpty(t, all, about)
	assert.Equal(t, "RequestId="+got.Header.Get("X-Acs-Request-Id"), all[0], about)
}

// hole is a name in braces. JSON has quotation marks after its braces.
var hole = regexp.MustCompile(`\{(?:\w+|\.\.\.)\}`)

// often is a letter that is repeated in a request.
var often = regexp.MustCompile(`\{(\w)\*(\d+)\}`)

// repeat repeats letters: {x*3} is xxx.
func repeat(text string) string {
	return often.ReplaceAllStringFunc(text, func(hole string) string {
		letter, count, _ := strings.Cut(strings.Trim(hole, "{}"), "*")
		n, _ := strconv.Atoi(count)
		return strings.Repeat(letter, n)
	})
}

// fill replaces names by their values.
func (c *conversation) fill(text string) string {
	return hole.ReplaceAllStringFunc(text, func(name string) string {
		if value, ok := c.bound[name]; ok {
			return value
		}
		return name
	})
}

// match compares a text with one that has names in braces, and binds them.
func (c *conversation) match(t *testing.T, want, got, about string) {
	t.Helper()
	want = c.fill(want)
	names := hole.FindAllString(want, -1)
	values := pattern(want).FindStringSubmatch(got)
	if values == nil {
		t.Errorf("%s\n%s", about, diff(pieces(want), pieces(got)))
		return
	}
	for i, name := range names {
		value := values[i+1]
		if has, ok := c.bound[name]; ok {
			assert.Equal(t, has, value, "%s\n%s has two values", about, name)
		}
		if name != "{_}" && name != "{...}" {
			c.bound[name] = value
		}
	}
}

func pattern(want string) *regexp.Regexp {
	var b strings.Builder
	end := 0
	for _, at := range hole.FindAllStringIndex(want, -1) {
		b.WriteString(regexp.QuoteMeta(want[end:at[0]]))
		if want[at[0]:at[1]] == "{...}" {
			b.WriteString("(.*)")
		} else {
			b.WriteString("([A-Za-z0-9-]+)")
		}
		end = at[1]
	}
	return regexp.MustCompile("^" + b.String() + regexp.QuoteMeta(want[end:]) + "$")
}

// pieces splits an answer into lines of one field each.
func pieces(body string) []string {
	return strings.Split(strings.NewReplacer(`,"`, ",\n\"", "><", ">\n<", "},{", "},\n{").Replace(body), "\n")
}

// diff returns the lines that are missing and those that are there instead.
func diff(want, got []string) string {
	same := make([][]int, len(want)+1) // the number of common lines from i and j on
	for i := range same {
		same[i] = make([]int, len(got)+1)
	}
	for i := len(want) - 1; i >= 0; i-- {
		for j := len(got) - 1; j >= 0; j-- {
			same[i][j] = max(same[i+1][j], same[i][j+1])
			if pattern(want[i]).MatchString(got[j]) {
				same[i][j] = same[i+1][j+1] + 1
			}
		}
	}
	var b strings.Builder
	i, j := 0, 0
	for i < len(want) || j < len(got) {
		switch {
		case i < len(want) && j < len(got) && pattern(want[i]).MatchString(got[j]):
			b.WriteString("      " + got[j] + "\n")
			i, j = i+1, j+1
		case i < len(want) && (j == len(got) || same[i+1][j] >= same[i][j+1]):
			b.WriteString(" want: " + want[i] + "\n")
			i++
		default:
			b.WriteString("  got: " + got[j] + "\n")
			j++
		}
	}
	return b.String()
}
