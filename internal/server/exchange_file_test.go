package server_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/http/httputil"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// root is the top of the repository, seen from here.
const root = "../.."

// exchangeFile is a test that is a file:
//
//	What it proves, as one sentence.
//	doc: "The statement of the document that is proved."
//	seed: demo, a file such as testdata/seeds/web.json, or {a state in one line}
//	flags: edition=2020,2025 strict signatures=require regions=xx-moon-1 vpcs=known settle=2s
//
//	GET /?Action=RevokeSecurityGroup
//	&RegionId=cn-hangzhou
//	x-acs-version: 2014-05-26
//	---
//	403
//	x-ecsmock-hint: sg-web has no rules
//
//	{"RequestId":"{id}",
//	"HostId":"localhost"}
//	===
//	the next request, and so on
//
// A doc: line quotes the document of the action; in parentheses it may say where
// there, (SourcePortRange), or in which other text. Without a seed the world is empty, without an
// edition it is 2019; several editions are tried one after the other.
// In the edition 2025 Recommend is an address. A file that gives it blank stands for
// any edition.
//
// A line that begins with & goes on with the request line. Line breaks in a body,
// and blanks after them, are for readers only. In answers {name} stands for
// letters, digits and hyphens, the same wherever the name is used again, also in
// later requests; {_} is anonymous, and {...} stands for anything. In a request's body {x*3} stands for xxx.
// Of the headers of an answer those given are compared; one that is given empty is not there.
type exchangeFile struct {
	claim     string
	seed      []byte
	editions  []rpc.Edition
	regions   []server.Region
	strict    bool
	signed    server.Signatures
	vpcs      server.VPCs
	settle    time.Duration
	exchanges []exchange
}

// exchange is a request and the expected answer.
type exchange struct{ request, answer message }

// message is a request or an answer: its first line, its headers and its body.
type message struct {
	first   string
	headers []string
	body    string
}

func readExchanges(path string) (*exchangeFile, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	head, rest, ok := strings.Cut(string(text), "\n\n")
	if !ok {
		return nil, errors.New("a blank line ends what a file says of itself")
	}
	f := &exchangeFile{}
	if err := f.readHead(strings.Split(head, "\n")); err != nil {
		return nil, err
	}
	for i, one := range strings.Split(rest, "\n===\n") {
		request, want, ok := strings.Cut(one, "\n---\n")
		if !ok || strings.Contains(want, "\n---\n") {
			return nil, fmt.Errorf("exchange %d is not a request, a line ---, and an answer", i+1)
		}
		e := exchange{readMessage(request), readMessage(want)}
		if _, err := e.status(); err != nil {
			return nil, fmt.Errorf("exchange %d: %w", i+1, err)
		}
		f.exchanges = append(f.exchanges, e)
	}
	return f, nil
}

func (f *exchangeFile) readHead(lines []string) error {
	f.claim, f.editions = lines[0], []rpc.Edition{rpc.Edition2019}
	if !strings.HasSuffix(f.claim, ".") {
		return errors.New("the first line is the claim, a sentence")
	}
	for _, line := range lines[1:] {
		key, value, _ := strings.Cut(line, ": ")
		var err error
		switch key {
		case "doc":
			if !strings.HasPrefix(value, `"`) || strings.Count(value, `"`) < 2 {
				err = errors.New("a statement must be in quotation marks")
			}
		case "seed":
			f.seed, err = seedOf(value)
		case "flags":
			err = f.readFlags(strings.Fields(value))
		default:
			err = errors.New("a file says of itself doc, seed and flags")
		}
		if err != nil {
			return fmt.Errorf("%q: %w", line, err)
		}
	}
	return nil
}

func seedOf(value string) ([]byte, error) {
	switch {
	case value == "demo":
		return ecs.Demo, nil
	case strings.HasPrefix(value, "{"):
		return []byte(value), nil
	}
	return os.ReadFile(filepath.Join(root, value))
}

func (f *exchangeFile) readFlags(flags []string) (err error) {
	for _, flag := range flags {
		switch name, value, _ := strings.Cut(flag, "="); name {
		case "edition":
			err = f.readEditions(value)
		case "regions":
			f.regions, err = server.ParseRegions(value)
		case "strict":
			f.strict = true
		case "signatures":
			f.signed = server.SignaturesRequire
		case "vpcs":
			err = f.vpcs.Set(value)
		case "settle":
			f.settle, err = time.ParseDuration(value)
		default:
			err = fmt.Errorf("there is no flag %s", flag)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *exchangeFile) readEditions(years string) error {
	f.editions = nil
	for _, year := range strings.Split(years, ",") {
		edition, err := rpc.ParseEdition(year)
		if err != nil {
			return err
		}
		f.editions = append(f.editions, edition)
	}
	return nil
}

// options returns the options of the file's server.
func (f *exchangeFile) options(edition rpc.Edition) server.Options {
	return server.Options{Seed: f.seed, Edition: edition, Regions: f.regions, Strict: f.strict, Signatures: f.signed, VPCs: f.vpcs, Settle: f.settle}
}

func readMessage(text string) message {
	head, body, _ := strings.Cut(strings.TrimRight(text, "\n"), "\n\n")
	lines := strings.Split(strings.ReplaceAll(head, "\n&", "&"), "\n")
	return message{lines[0], lines[1:], unwrap(body)}
}

// unwrap takes out line breaks and the blanks after them.
func unwrap(body string) string {
	var b strings.Builder
	for line := range strings.Lines(body) {
		b.WriteString(strings.TrimRight(strings.TrimLeft(line, " \t"), "\n"))
	}
	return b.String()
}

// status returns the expected status.
func (e *exchange) status() (int, error) {
	n, err := strconv.Atoi(e.answer.first)
	if err != nil || n < 200 || n >= 500 {
		return 0, fmt.Errorf("%q is no status that an answer may have", e.answer.first)
	}
	return n, nil
}

// wire is the request as it goes over the wire.
func (m *message) wire() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s HTTP/1.1\r\n", m.first)
	host, chunked := "Host: localhost\r\n", false
	for _, h := range m.headers {
		fmt.Fprintf(&b, "%s\r\n", h)
		if strings.HasPrefix(h, "Host:") {
			host = ""
		}
		chunked = chunked || h == "Transfer-Encoding: chunked"
	}
	b.WriteString(host)
	if !chunked {
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s", len(m.body), m.body)
		return b.Bytes()
	}
	b.WriteString("\r\n")
	w := httputil.NewChunkedWriter(&b)
	half := len(m.body) / 2
	w.Write([]byte(m.body[:half])) // into memory: it cannot fail
	w.Write([]byte(m.body[half:]))
	w.Close()
	b.WriteString("\r\n")
	return b.Bytes()
}

func readText(t *testing.T, text string) (*exchangeFile, error) {
	path := filepath.Join(t.TempDir(), "claim.txt")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return readExchanges(path)
}

func TestExchangeFile(t *testing.T) {
	f, err := readText(t, `It holds.
doc: "Quoted."
seed: testdata/seeds/web.json
flags: edition=2020,2025 strict

POST /?a=1
&b=2
X-One: 1

c=3
&d=4
---
200
x-two: {id}

{"a":
  {"b":1}}
===
GET /
---
404
`)
	require.NoError(t, err)
	assert.Equal(t, "It holds.", f.claim)
	assert.Contains(t, string(f.seed), "SecurityGroups")
	assert.Equal(t, []rpc.Edition{rpc.Edition2020, rpc.Edition2025}, f.editions)
	assert.True(t, f.strict)
	assert.Equal(t, []exchange{
		{message{"POST /?a=1&b=2", []string{"X-One: 1"}, "c=3&d=4"}, message{"200", []string{"x-two: {id}"}, `{"a":{"b":1}}`}},
		{message{"GET /", []string{}, ""}, message{"404", []string{}, ""}},
	}, f.exchanges)
}

// A file that is not well-formed fails; it is not passed over.
func TestExchangeFileMalformed(t *testing.T) {
	const exchange = "\n\nGET /\n---\n404\n"
	for _, text := range []string{
		"",
		"It holds.",
		"It holds." + "\n\nGET /\n404\n",
		"It holds." + "\n\nGET /\n---\n404\n---\n404\n",
		"It holds." + "\n\nGET /\n---\nNot Found\n",
		"It holds." + "\n\nGET /\n---\n500\n",
		"It holds." + exchange + "===\n",
		"No sentence" + exchange,
		"It holds.\ndoc: not quoted" + exchange,
		"It holds.\nseed: nowhere.json" + exchange,
		"It holds.\nflags: edition=2021" + exchange,
		"It holds.\nflags: lenient" + exchange,
		"It holds.\ncolour: red" + exchange,
	} {
		_, err := readText(t, text)
		assert.Error(t, err, text)
	}
}

func TestDiff(t *testing.T) {
	assert.Equal(t, "      a-1\n want: b\n  got: c\n      d\n  got: e\n", diff([]string{"a-{_}", "b", "d"}, []string{"a-1", "c", "d", "e"}))
}
