//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package store

import (
	"errors"
	"io"
)

// lockFile refuses: without a lock two servers would take each other's changes back.
func lockFile(string) (io.Closer, error) { return nil, errors.ErrUnsupported }

// syncFolder is never reached.
func syncFolder(string) error { return nil }
