package admin

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/form"
)

// maxClock is the size of the largest change of the clock, in bytes.
const maxClock = 4 << 10

// The years that the clock can be in: a duration, which is how far it is from real
// time, holds no more than 292 of them.
const (
	firstYear = 1970
	lastYear  = 2199
)

// Clock is the handlers for the mock's time.
type Clock struct {
	Clock *clock.Source

	mu sync.Mutex // held from reading the clock to setting it
}

// Get tells the time and whether it stands still.
func (c *Clock) Get(w http.ResponseWriter, _ *http.Request) {
	c.mu.Lock()
	now, frozen := c.Clock.Now(), c.Clock.Frozen()
	c.mu.Unlock()
	reply(w, http.StatusOK, map[string]any{"Now": now.Format(time.RFC3339Nano), "Frozen": frozen})
}

// Put changes what it is told, and tells the time then: Now sets the clock, Frozen
// stops it or lets it go on from where it stands, Advance moves it.
func (c *Clock) Put(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxClock))
	if err != nil {
		refuse(w, http.StatusBadRequest, fmt.Errorf("the change of the clock could not be read: %w", err))
		return
	}
	change, err := parseClock(body)
	if err == nil {
		err = c.apply(change)
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	c.Get(w, r)
}

func (c *Clock) apply(change clockChange) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	to, frozen := c.Clock.Now(), c.Clock.Frozen()
	if change.setsNow {
		to = change.now.Time
	}
	if to = to.Add(change.advance.Duration); to.UTC().Year() < firstYear || to.UTC().Year() > lastYear {
		return fmt.Errorf("the clock would be in the year %d; keep it between %d and %d", to.UTC().Year(), firstYear, lastYear)
	}
	if !change.setsNow && !change.setsFrozen {
		c.Clock.Advance(change.advance.Duration)
		return nil
	}
	if change.setsFrozen {
		frozen = change.frozen
	}
	c.Clock.Set(to, frozen)
	return nil
}

// clockChange is a request to change the clock.
type clockChange struct {
	now     clockTime
	frozen  bool
	advance duration

	setsNow, setsFrozen, moves bool
}

const clockExample = `{"Now": "2030-01-02T03:04:05Z", "Frozen": true} or {"Advance": "1h30m"}`

func parseClock(body []byte) (change clockChange, err error) {
	err = form.Read(body, func(o *form.Object) {
		change.setsNow, change.setsFrozen, change.moves = o.Has("Now"), o.Has("Frozen"), o.Has("Advance")
		o.Value("Now", &change.now)
		o.Flag("Frozen", &change.frozen)
		o.Value("Advance", &change.advance)
		switch {
		case change.setsNow && !change.now.given:
			o.Fail("Now", change.now.Set(""))
		case change.setsNow && change.moves:
			o.Fail("Advance", errors.New("the clock is either set or moved; leave out Now or Advance"))
		}
	})
	if err == nil && !change.setsNow && !change.setsFrozen && !change.moves {
		err = &form.Error{Err: form.ErrEmpty}
	}
	if wrong := (*form.Error)(nil); errors.As(err, &wrong) && wrong.Path == "" {
		return change, fmt.Errorf("%w; the clock is changed by a JSON object such as %s", err, clockExample)
	}
	return change, err
}

// clockTime is a time that the clock is set to.
type clockTime struct {
	time.Time
	given bool
}

func (t *clockTime) Set(text string) (err error) {
	if t.Time, err = time.Parse(time.RFC3339, text); err != nil {
		return fmt.Errorf("a time is written as 2030-01-02T03:04:05Z, got %q", text)
	}
	t.given = true
	return nil
}

// duration is how far the clock is moved.
type duration struct{ time.Duration }

func (d *duration) Set(text string) (err error) {
	if d.Duration, err = time.ParseDuration(text); err != nil {
		return fmt.Errorf("a duration is written as 1h30m, got %q", text)
	}
	return nil
}
