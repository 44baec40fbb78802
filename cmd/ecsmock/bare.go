package main

import (
	"errors"
	"io/fs"
	"net"
)

// bare is an error without the address or the file that the sentence around it
// names already.
func bare(err error) error {
	if op := (*net.OpError)(nil); errors.As(err, &op) {
		return op.Err
	}
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	return err
}
