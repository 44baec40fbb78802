package internal_test

import (
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

var atRelease = flag.Bool("release", false, "rewrite testdata/released, as a release does")

const (
	releasedContract = "../testdata/released/contract.txt"
	releasedState    = "../testdata/released/state.json"
	everyField       = "../testdata/seeds/everything.json"
)

// removed are lines of the last release that no longer hold, with the reason. Who makes a
// release empties the list.
var removed = map[string]string{}

// What the last release had is still there, as api/docs/compatibility.md promises. New
// lines are not compared. The file is rewritten for a release alone, not by make docs, which
// would hide what a change removes.
func TestWhatWasReleasedStillHolds(t *testing.T) {
	now := contractLines(t)
	if *atRelease {
		version := regexp.MustCompile(`(?m)^var release = "(.*)"$`).FindStringSubmatch(read(t, "../cmd/ecsmock/main.go"))
		require.NotNil(t, version)
		head := "# What users of ecsmock " + version[1] + " may rely on. A later version may add lines.\n"
		require.NoError(t, os.WriteFile(releasedContract, []byte(head+strings.Join(now, "\n")+"\n"), 0o644))
	}
	head, text, _ := strings.Cut(read(t, releasedContract), "\n")
	version := regexp.MustCompile(`^# What users of ecsmock (\S+) may`).FindStringSubmatch(head)
	require.NotNil(t, version, "the first line of the file names the version")
	then := strings.Split(strings.TrimSpace(text), "\n")
	for _, line := range then {
		if _, found := slices.BinarySearch(now, line); !found && removed[line] == "" {
			t.Errorf("ecsmock %s had, and users may rely on it:\n\t%s\nrestore it and deprecate it as api/docs/compatibility.md says, "+
				"or add the line with the reason to the list removed in internal/released_test.go", version[1], line)
		}
	}
	for line := range removed {
		assert.Contains(t, then, line, "the list removed has a line that ecsmock %s did not have; take it out", version[1])
		assert.NotContains(t, now, line, "the list removed has a line that holds; take it out")
	}
}

// contractLines returns what users may rely on, a line for each thing, sorted.
func contractLines(t *testing.T) []string {
	t.Helper()
	var all []string
	for kind, list := range map[string][]string{
		"go": goLines(t), "form": formLines(t), "program": programLines(t),
		"path": pathLines(t), "query": queryLines(t), "answer": answerLines(t), "header": headerLines(t),
	} {
		require.NotEmpty(t, list, "nothing is known about: %s", kind)
		for _, line := range list {
			all = append(all, kind+" "+line)
		}
	}
	for _, a := range allActions() {
		all = append(all, "action "+a.FullName())
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// A state file of the last release loads, and what it has comes back.
func TestTheReleasedStateLoads(t *testing.T) {
	if *atRelease {
		require.NoError(t, os.WriteFile(releasedState, []byte(read(t, everyField)), 0o644))
	}
	s, err := server.New(server.Options{})
	require.NoError(t, err)
	text := read(t, releasedState)
	answer := ask(s, "PUT /_mock/state "+text)
	require.Equal(t, http.StatusOK, answer.Code, "%s does not load: %s", releasedState, answer.Body)
	var then, now any
	require.NoError(t, json.Unmarshal([]byte(text), &then))
	require.NoError(t, json.Unmarshal(ask(s, "GET /_mock/state").Body.Bytes(), &now))
	for _, lost := range lostFrom("", then, now) {
		t.Errorf("%s has %s, and the mock that loaded it has not; a state of an older version must keep its meaning", releasedState, lost)
	}
}

// lostFrom returns the paths of the values of then that now does not have.
func lostFrom(path string, then, now any) (paths []string) {
	switch then := then.(type) {
	case map[string]any:
		now, _ := now.(map[string]any)
		for name, value := range then {
			paths = append(paths, lostFrom(path+"."+name, value, now[name])...)
		}
		return paths
	case []any:
		now, _ := now.([]any)
		if len(now) == len(then) {
			for i, value := range then {
				paths = append(paths, lostFrom(path+"[]", value, now[i])...)
			}
			return paths
		}
	}
	if assert.ObjectsAreEqual(then, now) {
		return nil
	}
	return []string{strings.TrimPrefix(path, ".")}
}
