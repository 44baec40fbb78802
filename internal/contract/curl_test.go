package contract_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// statusLine begins each answer that curl -i prints. The body before it ends
// without a new line.
var statusLine = regexp.MustCompile(`HTTP/1\.1 (\d+) `)

// Every line of the page, pasted into bash as it stands, does what its row says.
// Only the address is another: curl's own configuration leads it to a mock on a
// port of its own.
func TestLinesInBash(t *testing.T) {
	for _, program := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("NOT TESTED with real tools: there is no %s here", program)
		}
	}
	for i, p := range page(t) {
		if p.line == "" || testing.Short() && i%10 != 0 {
			continue
		}
		t.Run(fmt.Sprintf("%s/%d", p.section, i), func(t *testing.T) {
			t.Parallel()
			out := pasted(t, &p)
			starts := statusLine.FindAllStringSubmatchIndex(out, -1)
			require.Len(t, starts, len(requests(t, p.line)), "%s\n%s", p.line, out)
			last := starts[len(starts)-1]
			got := answerOf(atoi(out[last[2]:last[3]]), out[last[0]:])
			require.True(t, p.is(got), " page: %s\n mock: %s\n%s", p.answer, got, p.line)
		})
	}
}

// pasted is what bash prints for a line while a fresh mock serves.
func pasted(t *testing.T, p *printed) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := demo(t, p.years[0], p.strict)
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()

	home := t.TempDir()
	config := fmt.Sprintf("connect-to = \"127.0.0.1:2014:%s\"\nnoproxy = \"*\"\nsilent\n", l.Addr())
	require.NoError(t, os.WriteFile(filepath.Join(home, ".curlrc"), []byte(config), 0o600))
	c := exec.CommandContext(t.Context(), "bash", "--norc", "-c", p.line)
	c.Env = append(os.Environ(), "CURL_HOME="+home)
	var errors strings.Builder
	c.Stderr = &errors
	out, err := c.Output()
	require.NoError(t, err, "%s\n%s", p.line, errors.String())

	require.NoError(t, s.Stop(context.Background()))
	require.NoError(t, <-done)
	return string(out)
}
