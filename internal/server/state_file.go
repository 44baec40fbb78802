package server

import (
	"log/slog"
	"sync"
	"time"

	"github.com/ecsmock/ecsmock/internal/store"
)

// How often the state file is written at most. A change is in the file within a second,
// and no call waits for it. A failed write is retried.
const (
	saveInterval  = 250 * time.Millisecond
	retryInterval = 750 * time.Millisecond
)

// A StateError is an error of the state file: one sentence that names the file and says
// what to do.
type StateError struct{ error }

func (e StateError) Unwrap() error { return e.error }

// A saver writes the world to its file when it has changed. It polls, so that those who
// change the world need not know of it.
type saver struct {
	file   *store.File
	log    *slog.Logger
	failed string // the error that was logged, "" if the last write succeeded
	stop   chan struct{}
	done   chan struct{}
	once   sync.Once
	err    error // of the last write
}

// startSaving loads the file or creates it, and saves the world to it until close.
func startSaving(path string, w *store.World, log *slog.Logger) (*saver, error) {
	file, err := store.OpenFile(path, w)
	if err != nil {
		return nil, StateError{err}
	}
	s := &saver{file: file, log: log, stop: make(chan struct{}), done: make(chan struct{})}
	go s.run()
	return s, nil
}

func (s *saver) run() {
	defer close(s.done)
	timer := time.NewTimer(saveInterval)
	defer timer.Stop()
	for {
		select {
		case <-s.stop:
			return
		case <-timer.C:
		}
		timer.Reset(s.save())
	}
}

// save writes the world if it has changed. It returns when to save again.
func (s *saver) save() time.Duration {
	if !s.file.Stale() {
		return saveInterval
	}
	err := s.file.Save()
	switch {
	case err != nil && err.Error() != s.failed: // once, not for each retry
		s.failed = err.Error()
		s.log.Error("the state file cannot be written; retrying until it can", "error", err)
	case err == nil && s.failed != "":
		s.failed = ""
		s.log.Info("the state file is written again", "file", s.file.Path())
	}
	if err != nil {
		return retryInterval
	}
	return saveInterval
}

// close saves the last changes and unlocks the file. A nil saver does nothing.
func (s *saver) close() error {
	if s == nil {
		return nil
	}
	s.once.Do(func() {
		close(s.stop)
		<-s.done
		if s.file.Stale() {
			if err := s.file.Save(); err != nil {
				s.err = StateError{err}
			}
		}
		s.file.Close()
	})
	return s.err
}
