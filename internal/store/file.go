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

// File is where a world is kept from one start of the program to the next. It is
// for one goroutine at a time; the world may change meanwhile.
//
// The file is never written into. A new text goes into path.tmp and is on the disk
// before that takes the name of the old one, so whatever ends the program, at
// whatever moment, leaves the old file or the new one. A path.tmp that is left
// behind means nothing, and the next writing replaces it.
//
// Who has the file open holds a lock on path.lock. A lock on the file itself would
// go with the old one when the new one takes its name; the mere existence of a
// file as the lock would outlive a program that is killed. So path.lock stays when
// all is over: to remove it would take it from under somebody who waits for it.
type File struct {
	world *World
	path  string
	lock  io.Closer
	saved uint64 // the world's count of changes that the file is as of
}

// errLocked is that another one has the file.
var errLocked = errors.New("locked")

// OpenFile loads what a file has into the world, or begins a file with what is in
// the world. A file that is refused stays as it is.
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

// regular is the path without the links in it, for they are to stay, and the lock
// is to be the same whatever way leads to the file.
func regular(path string) (string, error) {
	to, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(path); err == nil {
			return "", fmt.Errorf("the state file %s is a link to nowhere; give the name of a file", path)
		}
		return path, nil
	}
	if err == nil {
		var found fs.FileInfo
		if found, err = os.Stat(to); err == nil && !found.Mode().IsRegular() {
			return "", fmt.Errorf("the state file %s is no regular file; give the name of a file", path)
		}
	}
	if err != nil {
		return "", fmt.Errorf("the state file %s cannot be read: %w; %s", path, reason(err), advice(err))
	}
	return to, nil
}

// load takes the file in. What it leaves out, such as ids, is made now and told to
// clients from now on, so it is written back at once. That also finds out at the
// start, and not after an hour, that the file cannot be written.
func (f *File) load() error {
	text, err := os.ReadFile(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f.Save()
	case err != nil:
		return fmt.Errorf("the state file %s cannot be read: %w; %s", f.path, reason(err), advice(err))
	}
	if err := f.world.Load(text); err != nil {
		return fmt.Errorf("the state file %s is refused: %w; it was left as it is: mend it, or give another file", f.path, err)
	}
	now, at := f.world.snapshot()
	if f.saved = at; !bytes.Equal(now, text) {
		return f.Save()
	}
	return nil
}

// Path is the file's name.
func (f *File) Path() string { return f.path }

// Stale tells whether the world has changed since the file was written.
func (f *File) Stale() bool { return f.world.changes.Load() != f.saved }

// Save writes the world. If that fails the file is as it was.
func (f *File) Save() error {
	text, at := f.world.snapshot()
	if err := replace(f.path, text); err != nil {
		return fmt.Errorf("the state file %s cannot be written: %w; %s", f.path, reason(err), advice(err))
	}
	f.saved = at
	return nil
}

// Close lets another one have the file. It writes nothing.
func (f *File) Close() error { return f.lock.Close() }

// snapshot is the world in the state form, and the count of changes it is as of.
func (w *World) snapshot() ([]byte, uint64) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.contents.state(), w.changes.Load()
}

// replace gives a file another text, all of it or nothing.
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
	return syncFolder(filepath.Dir(path)) // else the name may still be the old file's after a power cut
}

// create writes a file that is on the disk when it returns, as readable as another
// one if that exists. Who made that one read-only meant it, though its folder would
// let it be replaced.
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

// reason is an error without the names of files: the sentence around it has the
// one that counts.
func reason(err error) error {
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	if link := (*os.LinkError)(nil); errors.As(err, &link) {
		return link.Err
	}
	return err
}

// advice is what to do about an error.
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
	return "let it and its folder be read and written, or give another file"
}
