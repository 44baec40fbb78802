package store

import (
	"io"
	"os"
	"syscall"
)

// sharingViolation is the error for a file that another process has open and does not share.
const sharingViolation = syscall.Errno(32)

// lockFile opens a file that no other process can open until it is closed or the process
// ends, however it ends.
func lockFile(path string) (io.Closer, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	const shared = 0
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, shared, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	switch err {
	case nil:
		return os.NewFile(uintptr(h), path), nil
	case sharingViolation:
		return nil, errLocked
	}
	return nil, err
}

// syncFolder does nothing: folders cannot be synced here.
func syncFolder(string) error { return nil }
