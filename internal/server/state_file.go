package server

import (
	"log/slog"
	"sync"
	"time"

	"github.com/ecsmock/ecsmock/internal/store"
)

// How long the state file rests after a writing. A change is in the file within a
// second; a call pays for none of it. What went wrong is tried again a little later.
const (
	rest  = 250 * time.Millisecond
	retry = 750 * time.Millisecond
)

// StateError is that the state file cannot be loaded or kept, in one sentence that
// names the file and says what to do.
type StateError struct{ error }

func (e StateError) Unwrap() error { return e.error }

// keeper writes the world into its file whenever it has changed. It looks instead
// of being told, so that those who change the world need not know of it.
type keeper struct {
	file   *store.File
	log    *slog.Logger
	failed string // the complaint that was logged, "" while all is well
	stop   chan struct{}
	done   chan struct{}
	once   sync.Once
	lost   error // of the last writing
}

// keep loads the file if there is one, begins it if there is none, and keeps the
// world in it until close.
func keep(path string, w *store.World, log *slog.Logger) (*keeper, error) {
	file, err := store.OpenFile(path, w)
	if err != nil {
		return nil, StateError{err}
	}
	k := &keeper{file: file, log: log, stop: make(chan struct{}), done: make(chan struct{})}
	go k.run()
	return k, nil
}

func (k *keeper) run() {
	defer close(k.done)
	pause := time.NewTimer(rest)
	defer pause.Stop()
	for {
		select {
		case <-k.stop:
			return
		case <-pause.C:
		}
		pause.Reset(k.look())
	}
}

// look writes the world if it has changed, and tells how long to rest.
func (k *keeper) look() time.Duration {
	if !k.file.Stale() {
		return rest
	}
	err := k.file.Save()
	switch {
	case err != nil && err.Error() != k.failed: // once, not a line a try
		k.failed = err.Error()
		k.log.Error("the world is not being kept, which is tried again until it works", "error", err)
	case err == nil && k.failed != "":
		k.failed = ""
		k.log.Info("the world is being kept again", "file", k.file.Path())
	}
	if err != nil {
		return retry
	}
	return rest
}

// close writes what is not written yet, and lets another server have the file. A
// keeper of nothing has nothing to close.
func (k *keeper) close() error {
	if k == nil {
		return nil
	}
	k.once.Do(func() {
		close(k.stop)
		<-k.done
		if k.file.Stale() {
			if err := k.file.Save(); err != nil {
				k.lost = StateError{err}
			}
		}
		k.file.Close()
	})
	return k.lost
}
