package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

const oneGroup = `{"SecurityGroups": [{"RegionId": "cn-beijing", "SecurityGroupId": "sg-1"}]}`

// kept opens a file of a world until the test ends.
func kept(t *testing.T, path string, w *World) *File {
	t.Helper()
	f, err := OpenFile(path, w)
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

func textOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

func add(t testing.TB, w *World, id string) {
	t.Helper()
	require.NoError(t, w.Update("7", "cn-beijing", func(r *Namespace) error {
		r.AddGroup(&secgroup.Group{ID: id})
		return nil
	}))
}

func TestAFileKeepsTheWorldBetweenStarts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	w := frozen(t)
	require.NoError(t, w.Seed([]byte(oneGroup)))
	f := kept(t, path, w)
	assert.Equal(t, string(w.State()), textOf(t, path), "a new file begins with the world")
	assert.False(t, f.Stale())
	add(t, w, "sg-2")
	assert.True(t, f.Stale())
	require.NoError(t, f.Save())
	assert.False(t, f.Stale())
	require.NoError(t, f.Close())

	again := frozen(t)
	require.NoError(t, again.Seed([]byte(oneGroup)))
	f = kept(t, path, again)
	assert.Equal(t, string(w.State()), string(again.State()), "the file beats the seed")
	assert.False(t, f.Stale())
	again.Reset()
	assert.Equal(t, 1, again.Groups(), "reset goes back to the seed")
	assert.True(t, f.Stale())

	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	require.NoError(t, err)
	assert.Equal(t, []string{path, path + ".lock"}, left)
}

// What a hand-written file leaves out is made once: ids stay over a start that
// changed nothing.
func TestMadeValuesAreWrittenBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	require.NoError(t, os.WriteFile(path, []byte(oneRule(`"Priority": 2`)), 0o600))
	w := frozen(t)
	kept(t, path, w)
	assert.Equal(t, string(w.State()), textOf(t, path))
	if runtime.GOOS != "windows" {
		info, err := os.Stat(path)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode(), "its mode stays")
	}
}

func TestEveryChangeMakesAFileStale(t *testing.T) {
	w := frozen(t)
	f := kept(t, filepath.Join(t.TempDir(), "state.json"), w)
	refusal := errors.New("no")
	for name, test := range map[string]struct {
		do    func() error
		stale bool
	}{
		"update":         {func() error { return w.Update("7", "cn-beijing", func(*Namespace) error { return nil }) }, true},
		"load":           {func() error { return w.Load([]byte(`{}`)) }, true},
		"seed":           {func() error { return w.Seed([]byte(`{}`)) }, true},
		"merge":          {func() error { return w.Merge([]byte(`{}`)) }, true},
		"reset":          {func() error { w.Reset(); return nil }, true},
		"look":           {func() error { return w.View("7", "cn-beijing", func(*Namespace) error { return nil }) }, false},
		"refused update": {func() error { return w.Update("7", "cn-beijing", func(*Namespace) error { return refusal }) }, false},
		"refused load":   {func() error { return w.Load(nil) }, false},
		"refused merge":  {func() error { return w.Merge(nil) }, false},
	} {
		err := test.do()
		assert.Equal(t, test.stale, f.Stale(), name)
		assert.Equal(t, test.stale || name == "look", err == nil, name)
		require.NoError(t, f.Save())
	}
}

func TestARefusedFileIsNotChanged(t *testing.T) {
	whole := string(randomWorld(t, 1, 20).State())
	for name, test := range map[string]struct{ text, why string }{
		"torn":    {whole[:len(whole)/2], "line "},
		"empty":   {"", "the state is empty"},
		"binary":  {"\x7fELF\x02\xff", "line 1, column 6: the text is not UTF-8"},
		"foreign": {`{"name": "left-pad", "version": "1.3.0"}`, "name: there is no such field"},
		"newer":   {`{"Version": 2, "Novelties": []}`, "Version: the version of the form is 1"},
		"wrong":   {`{"SecurityGroups": [{"RegionId": "CN-atlantis", "SecurityGroupId": "sg-1"}]}`, "SecurityGroups[0].RegionId: "},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "state.json")
			require.NoError(t, os.WriteFile(path, []byte(test.text), 0o600))
			w := frozen(t)
			_, err := OpenFile(path, w)
			assert.ErrorContains(t, err, "the state file "+path+" is refused: "+test.why)
			assert.ErrorContains(t, err, "; it was not changed; correct it, or give another file")
			assert.NotContains(t, err.Error(), "\n")
			assert.Equal(t, test.text, textOf(t, path))
			assert.Zero(t, w.Groups())

			require.NoError(t, os.WriteFile(path, []byte(oneGroup), 0o600))
			kept(t, path, w) // a refused file is not locked
		})
	}
}

func TestAFileIsLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	f := kept(t, path, frozen(t))
	for range 2 {
		_, err := OpenFile(path, frozen(t))
		assert.EqualError(t, err, "the state file "+path+" is in use by another server; stop that one, or give this one another file")
		require.NoError(t, f.Save(), "a new file under the name changes nothing")
	}
	require.NoError(t, f.Close())
	kept(t, path, frozen(t))
}

func TestAFileBehindALink(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "state.json"), filepath.Join(dir, "link.json")
	if err := os.Symlink(path, link); err != nil {
		t.Skip("there are no links here:", err)
	}
	_, err := OpenFile(link, frozen(t))
	assert.EqualError(t, err, "the state file "+link+" is a link to a file that does not exist; give the name of a file")

	require.NoError(t, os.WriteFile(path, []byte(`{}`), 0o600))
	w := frozen(t)
	f := kept(t, link, w)
	add(t, w, "sg-1")
	require.NoError(t, f.Save())
	to, err := os.Readlink(link)
	require.NoError(t, err)
	assert.Equal(t, path, to)
	assert.Equal(t, string(w.State()), textOf(t, path))
	_, err = OpenFile(path, frozen(t))
	assert.ErrorContains(t, err, "in use", "by whatever name")
}

func TestPathsThatAreRefused(t *testing.T) {
	dir := t.TempDir()
	readOnly := filepath.Join(dir, "read-only.json")
	require.NoError(t, os.WriteFile(readOnly, []byte(oneGroup), 0o400))
	for path, want := range map[string]string{
		dir:                                      "is not a regular file; give the name of a file",
		filepath.Join(dir, "none", "state.json"): "cannot be locked: no such file or directory; make its folder, or give another file",
		readOnly:                                 "cannot be written: permission denied; make it and its folder readable and writable, or give another file",
	} {
		_, err := OpenFile(path, frozen(t))
		if runtime.GOOS != "windows" {
			assert.EqualError(t, err, "the state file "+path+" "+want)
		}
		assert.Error(t, err)
	}
	assert.Equal(t, oneGroup, textOf(t, readOnly))
}

func TestAFailedWriteLeavesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	w := frozen(t)
	f := kept(t, path, w)
	before := textOf(t, path)
	inTheWay := filepath.Join(path+".tmp", "folder")
	require.NoError(t, os.MkdirAll(inTheWay, 0o700))
	add(t, w, "sg-1")
	assert.ErrorContains(t, f.Save(), "the state file "+path+" cannot be written: ")
	assert.True(t, f.Stale())
	assert.Equal(t, before, textOf(t, path))

	require.NoError(t, os.Remove(inTheWay)) // the lock file that is left does no harm
	require.NoError(t, f.Save())
	assert.False(t, f.Stale())
	assert.Equal(t, string(w.State()), textOf(t, path))
}

// A file that is not stale has every change, however many go on meanwhile.
func TestAFileIsAConsistentSnapshot(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	w := frozen(t)
	f := kept(t, path, w)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 500 {
			add(t, w, fmt.Sprintf("sg-%03d", i))
		}
	}()
	for ended := false; !ended; {
		select {
		case <-done:
			ended = true
		default:
		}
		require.NoError(t, f.Save())
		again := frozen(t)
		require.NoError(t, again.Load([]byte(textOf(t, path))))
		if n := again.Groups(); n > 0 {
			assert.Contains(t, string(again.State()), fmt.Sprintf(`"sg-%03d"`, n-1))
		}
	}
	assert.False(t, f.Stale())
	assert.Equal(t, string(w.State()), textOf(t, path))
}
