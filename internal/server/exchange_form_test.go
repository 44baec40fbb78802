package server_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

func readText(t *testing.T, text string) (*exchangeFile, error) {
	path := filepath.Join(t.TempDir(), "claim.txt")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return readExchanges(path)
}

func TestExchangeFile(t *testing.T) {
	f, err := readText(t, `It holds.
doc: "Quoted."
seed: testdata/seeds/web.json
flags: edition=2020,2024 strict

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
	assert.Equal(t, []rpc.Edition{rpc.Edition2020, rpc.Edition2024}, f.editions)
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
	assert.Equal(t, "      a-1\n due: b\n got: c\n      d\n got: e\n", diff([]string{"a-{_}", "b", "d"}, []string{"a-1", "c", "d", "e"}))
}
