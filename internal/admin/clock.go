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

// The years of the clock. It is kept as a duration from real time, which cannot exceed
// 292 years.
const (
	firstYear = 1970
	lastYear  = 2199
)

// Clock has the handlers of the mock's clock.
type Clock struct {
	Clock *clock.Source

	mu sync.Mutex // held from reading the clock to setting it
}

// Get answers with the time and whether the clock is frozen.
func (c *Clock) Get(w http.ResponseWriter, _ *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	reply(w, http.StatusOK, clockForm(c.Clock))
}

// clockForm returns the clock as it is shown.
func clockForm(c *clock.Source) map[string]any {
	return map[string]any{"Now": c.Now().Format(time.RFC3339Nano), "Frozen": c.Frozen()}
}

// Put changes the clock and answers like Get: Now sets it, Frozen stops or starts it,
// Advance moves it.
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
		return fmt.Errorf("the year must be %d to %d, got %d", firstYear, lastYear, to.UTC().Year())
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
