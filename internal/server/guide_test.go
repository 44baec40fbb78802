package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/admin"
	"github.com/ecsmock/ecsmock/internal/server"
)

// The guide has what the list of resources has, with one row for each.
func TestGuideHasEveryResource(t *testing.T) {
	s := demo(t)
	got := get(s, "/_mock/", "Accept: text/markdown")
	assert.Equal(t, http.StatusOK, got.Status)
	assert.Equal(t, "text/markdown;charset=utf-8", got.Header.Get("Content-Type"))
	var list struct{ Resources []admin.Resource }
	require.NoError(t, json.Unmarshal([]byte(get(s, "/_mock/", "Accept: application/json").Body), &list))
	require.NotEmpty(t, list.Resources)
	for _, r := range list.Resources {
		assert.Contains(t, got.Body, "\n| `"+r.Path+"` | "+strings.Join(r.Methods, ", ")+" | "+r.About+" |\n")
		assert.NotContains(t, r.About, "|", "which would end the cell")
	}
	assert.Less(t, len(got.Body), 6000, "it is one page")
}

// The requests that the guide shows succeed, in its order, on an empty mock.
func TestRequestsOfTheGuideWork(t *testing.T) {
	s := start(t, server.Options{})
	parts := strings.Split(get(s, "/_mock/", "Accept: text/markdown").Body, "```")
	require.Len(t, parts, 3)
	answers := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(parts[1]), "\n") {
		method, rest, _ := strings.Cut(line, " ")
		target, body, _ := strings.Cut(rest, " ")
		got := send(s, method, target, body)
		assert.Less(t, got.Status, 300, "%s: %s", line, got.Body)
		path, _, _ := strings.Cut(target, "?")
		answers[path] = got.Body
	}
	assert.Contains(t, answers["/_mock/rule"], `"Has": true`)
	assert.Contains(t, answers["/_mock/reach"], `"Reaches": true`)
	assert.Contains(t, answers["/_mock/journal"], `"sg-guide"`)
}

func TestWhoGetsTheGuide(t *testing.T) {
	s := demo(t)
	for accept, want := range map[string]string{
		"text/markdown":                                 "text/markdown;charset=utf-8",
		"text/markdown, text/html;q=0.9, */*":           "text/markdown;charset=utf-8",
		"application/json, text/markdown":               "text/markdown;charset=utf-8",
		"text/html, text/markdown;q=0.5":                "text/html;charset=utf-8",
		"text/html,application/xhtml+xml,*/*;q=0.8":     "text/html;charset=utf-8",
		"application/json":                              "application/json;charset=utf-8",
		"":                                              "text/html;charset=utf-8",
		"application/json, text/plain, text/html;q=0.1": "text/html;charset=utf-8",
	} {
		assert.Equal(t, want, get(s, "/_mock/", "Accept: "+accept).Header.Get("Content-Type"), accept)
	}
}
