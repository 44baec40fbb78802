package server_test

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// The exchange files are told to a mock in the shadow of each edition of a file. What it finds is
// what a mock that is alone differs in. A story ends with the first call that one of them refuses
// and the other does not, since their worlds are two from there on.
func TestShadowOfStories(t *testing.T) {
	paths, err := filepath.Glob(root + "/testdata/actions/*/*.txt")
	require.NoError(t, err)
	for i, path := range paths {
		if text, err := os.ReadFile(path); err != nil || strings.Contains(string(text), "/_mock/faults") {
			continue // faults are refused in a shadow
		}
		f, err := readExchanges(path)
		require.NoError(t, err, path)
		service := f.editions[i%len(f.editions)]
		mock := editions[i%len(editions)]
		name := strings.TrimSuffix(strings.TrimPrefix(path, root+"/testdata/actions/"), ".txt")
		t.Run(fmt.Sprintf("%s/%d in the shadow of %d", name, mock, service), func(t *testing.T) {
			t.Parallel()
			tell(t, f, mock, service)
		})
	}
}

func tell(t *testing.T, f *exchangeFile, mock, service rpc.Edition) {
	c := startCouple(t, f.options(mock), f.options(service))
	heard := conversation{s: c.service, edition: service, bound: map[string]string{}}
	for i := range f.exchanges {
		asked := f.exchanges[i].request
		asked.first, asked.body = heard.fill(asked.first), heard.fill(repeat(asked.body))
		about := fmt.Sprintf("exchange %d of %s: %s %s", i+1, f.claim, asked.first, asked.body)
		if strings.Contains(asked.first, "/_mock/") {
			for _, s := range c.all() {
				do(s, asked.request(t))
			}
			continue
		}
		got := do(c.shadow, asked.request(t))
		want := c.predict(t, got, do(c.alone, asked.request(t)))
		found := found(t, c.shadow)
		assert.Equal(t, merged(want, found), found.kinds(), about)
		if len(found.Differences) > 0 && found.Differences[0].Path == "" || len(found.Apart) > 0 {
			return
		}
		heard.bind(f.exchanges[i].answer.body, strings.TrimRight(got.Body, "\n"))
	}
}

// request returns the request of a message.
func (m *message) request(t *testing.T) *http.Request {
	t.Helper()
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(m.wire())))
	require.NoError(t, err)
	return r
}

// bind gives the names in braces the values that they have in an answer.
func (c *conversation) bind(want, got string) {
	want = c.fill(want)
	values := pattern(want).FindStringSubmatch(got)
	if values == nil {
		return
	}
	for i, name := range hole.FindAllString(want, -1) {
		if name != "{_}" && name != "{...}" {
			c.bound[name] = values[i+1]
		}
	}
}
