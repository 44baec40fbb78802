package explorer

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// links are the files that a file of the page loads: index.html by their addresses,
// modules by import.
var links = regexp.MustCompile(`(?:href|src)="/_mock/explorer/([^"]+)"|from '\./([^']+)'`)

// load follows the links from index.html and returns the text of each file by its name.
func load(t *testing.T) map[string]string {
	t.Helper()
	loaded := map[string]string{}
	for queue := []string{"index.html"}; len(queue) > 0; queue = queue[1:] {
		name := queue[0]
		if _, ok := loaded[name]; ok {
			continue
		}
		file, ok := Find(name)
		require.True(t, ok, name)
		loaded[name] = string(file.Body)
		for _, link := range links.FindAllStringSubmatch(loaded[name], -1) {
			queue = append(queue, link[1]+link[2])
		}
	}
	return loaded
}

func TestThePageIsSmall(t *testing.T) {
	size := 0
	for name, text := range load(t) {
		size += len(text)
		assert.LessOrEqual(t, strings.Count(text, "\n"), 300, name)
	}
	assert.Less(t, size, 170_000, "bytes that a browser loads")
	assert.Greater(t, size, 50_000, "the pattern for links finds too few files")
}

// A module is served without the lines that are comments. None of its texts has lines, which
// could be taken for comments.
func TestModulesAreServedWithoutComments(t *testing.T) {
	for name, text := range load(t) {
		if !strings.HasSuffix(name, ".js") {
			continue
		}
		source, err := embedded.ReadFile(name)
		require.NoError(t, err)
		assert.Less(t, len(text), len(source), name)
		for line := range strings.Lines(text) {
			assert.False(t, strings.HasPrefix(strings.TrimSpace(line), "//"), "%s: %s", name, line)
			assert.Zero(t, strings.Count(line, "`")%2, "%s: a text has several lines: %s", name, line)
		}
	}
}

func TestEveryFileIsLoaded(t *testing.T) {
	loaded := load(t)
	tags := map[string]string{}
	for name, file := range files() {
		assert.Contains(t, loaded, name, "nothing loads it")
		assert.NotEmpty(t, file.Type, name)
		assert.Regexp(t, `^"[0-9a-f]{16}"$`, file.ETag)
		assert.Empty(t, tags[file.ETag], "%s has the same tag", name)
		tags[file.ETag] = name
	}
	assert.Len(t, loaded, len(files()))
}

// The page makes no HTML of texts, needs no other host, and has nothing inline that
// its policy forbids.
func TestThePageInjectsNoMarkup(t *testing.T) {
	never := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write|parseFromString\([^)]*html|\beval\b|new Function|setHTMLUnsafe|srcdoc|javascript:|https?://|@import|url\(`)
	inline := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|<script(?:[^>]*)>[^<]`)
	for name, text := range load(t) {
		text = strings.ReplaceAll(text, `xmlns="http://www.w3.org/2000/svg"`, "")
		assert.Empty(t, never.FindAllString(text, -1), name)
		if strings.HasSuffix(name, ".html") {
			assert.Empty(t, inline.FindAllString(text, -1), name)
		}
	}
}

// A new action changes nothing in the page: only openers.js names actions, to open
// their forms.
func TestThePageNamesNoActions(t *testing.T) {
	named := regexp.MustCompile(`'(?:Authorize|Revoke|Create|Delete|Describe|Modify|Join|Leave|Tag|Untag|List)[A-Z]\w+'`)
	for name, text := range load(t) {
		if name != "openers.js" {
			assert.Empty(t, named.FindAllString(text, -1), name)
		}
	}
}
