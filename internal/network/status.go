package network

import (
	"errors"
	"time"
)

// ErrStatus is the cause of a status.
var ErrStatus = errors.New("a status is Available or Pending")

// A Status is the state of a VPC or a vSwitch. The zero value is available.
type Status struct {
	pending bool      // for ever, as a state says
	ready   time.Time // until then it is pending
}

// Until makes the state pending until a time.
func (s *Status) Until(ready time.Time) { s.ready = ready }

// Pending reports whether the state is pending at a time.
func (s *Status) Pending(now time.Time) bool { return s.pending || now.Before(s.ready) }

// At returns the state at a time as the API prints it.
func (s *Status) At(now time.Time) string {
	if s.Pending(now) {
		return "Pending"
	}
	return "Available"
}

// Set reads a state that does not change by itself.
func (s *Status) Set(text string) error {
	switch text {
	case "Available":
		*s = Status{}
	case "Pending":
		*s = Status{pending: true}
	default:
		return ErrStatus
	}
	return nil
}

// String returns the state without the time that it may take.
func (s *Status) String() string { return s.At(s.ready) }
