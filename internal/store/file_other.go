//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package store

import (
	"errors"
	"io"
)

// lockFile fails: without a lock two servers would undo each other's changes.
func lockFile(string) (io.Closer, error) { return nil, errors.ErrUnsupported }

// syncFolder is never reached.
func syncFolder(string) error { return nil }
