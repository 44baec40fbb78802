package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// File keeps a world from one start of the program to the next. It is for one goroutine
// at a time; the world may change meanwhile.
//
// The file is replaced, never changed: a new text is written to path.tmp and synced
// before that is renamed, so that the old file or the new one is left, however the
// program ends. A path.tmp that is left is replaced by the next write.
//
// An open File has a lock on path.lock. A lock on the file itself would be lost by the
// rename, and a file that is a lock by its existence would outlive a program that is
// killed. So path.lock stays when the File is closed: another server may have it open.
type File struct {
	world *World
	path  string
	lock  io.Closer
	saved uint64 // the revision of the world when it was written
}

// errLocked is the error of lockFile for a file that another process has locked.
var errLocked = errors.New("locked")

// OpenFile loads a file into the world, or creates it from the world. A file that is
// refused is not changed.
func OpenFile(path string, w *World) (*File, error) {
	path, err := regular(path)
	if err != nil {
		return nil, err
	}
	lock, err := lockFile(path + ".lock")
	switch {
	case errors.Is(err, errLocked):
		return nil, fmt.Errorf("the state file %s is in use by another server; stop that one, or give this one another file", path)
	case err != nil:
		return nil, fmt.Errorf("the state file %s cannot be locked: %w; %s", path, reason(err), advice(err))
	}
	f := &File{world: w, path: path, lock: lock}
	if err := f.load(); err != nil {
		lock.Close()
		return nil, err
	}
	return f, nil
}

// regular returns the path with its links resolved: the links stay, and the lock is the
// same for every path of the file.
func regular(path string) (string, error) {
	to, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(path); err == nil {
			return "", fmt.Errorf("the state file %s is a link to a file that does not exist; give the name of a file", path)
		}
		return path, nil
	}
	if err == nil {
		var found fs.FileInfo
		if found, err = os.Stat(to); err == nil && !found.Mode().IsRegular() {
			return "", fmt.Errorf("the state file %s is not a regular file; give the name of a file", path)
		}
	}
	if err != nil {
		return "", fmt.Errorf("the state file %s cannot be read: %w; %s", path, reason(err), advice(err))
	}
	return to, nil
}

// load loads the file. Clients see ids that are made for what the file leaves out, so
// they are written back at once. A file that cannot be written is found at the start,
// too, and not after an hour.
func (f *File) load() error {
	text, err := os.ReadFile(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f.Save()
	case err != nil:
		return fmt.Errorf("the state file %s cannot be read: %w; %s", f.path, reason(err), advice(err))
	}
	if err := f.world.Load(text); err != nil {
		return fmt.Errorf("the state file %s is refused: %w; it was not changed; correct it, or give another file", f.path, err)
	}
	now, at := f.world.Snapshot()
	if f.saved = at; !bytes.Equal(now, text) {
		return f.Save()
	}
	return nil
}

// Path returns the file's name.
func (f *File) Path() string { return f.path }

// Stale reports whether the world has changed since the file was written.
func (f *File) Stale() bool { return f.world.revision.Load() != f.saved }

// Save writes the world. If it fails, the file is not changed.
func (f *File) Save() error {
	text, at := f.world.Snapshot()
	if err := replace(f.path, text); err != nil {
		return fmt.Errorf("the state file %s cannot be written: %w; %s", f.path, reason(err), advice(err))
	}
	f.saved = at
	return nil
}

// Close unlocks the file. It writes nothing.
func (f *File) Close() error { return f.lock.Close() }

// replace replaces the text of a file, as a whole or not at all.
func replace(path string, text []byte) error {
	temp := path + ".tmp"
	if err := os.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err := create(temp, text, path)
	if err == nil {
		err = os.Rename(temp, path)
	}
	if err != nil {
		os.Remove(temp)
		return err
	}
	return syncFolder(filepath.Dir(path)) // else the old file may be back after a power cut
}

// create writes and syncs a file with the mode of another one, if that exists. A
// read-only file is not to be replaced, though its folder would allow it.
func create(path string, text []byte, as string) error {
	old, noOld := os.Stat(as)
	if noOld == nil && old.Mode().Perm()&0o222 == 0 {
		return fs.ErrPermission
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	defer out.Close() // where it fails before the other Close
	if noOld == nil {
		if err := out.Chmod(old.Mode().Perm()); err != nil {
			return err
		}
	}
	if _, err := out.Write(text); err != nil {
		return err
	}
	if err := out.Sync(); err != nil {
		return err
	}
	return out.Close()
}

// reason returns an error without the names of files: the sentence around it has the
// file's name.
func reason(err error) error {
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	if link := (*os.LinkError)(nil); errors.As(err, &link) {
		return link.Err
	}
	return err
}

// advice returns what to do about an error.
func advice(err error) string {
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, full) {
			return "make room for it, or give another file"
		}
	}
	switch {
	case errors.Is(err, syscall.EBUSY): // a container has the file alone mounted
		return "a file that is mounted by itself cannot be replaced: mount its folder"
	case errors.Is(err, fs.ErrNotExist):
		return "make its folder, or give another file"
	}
	return "make it and its folder readable and writable, or give another file"
}
