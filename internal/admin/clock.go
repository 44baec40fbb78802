package admin

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/ecsmock/ecsmock/internal/clock"
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
	if change.now != nil {
		to = *change.now
	}
	if to = to.Add(change.advance); to.UTC().Year() < firstYear || to.UTC().Year() > lastYear {
		return fmt.Errorf("the clock would be in the year %d; keep it between %d and %d", to.UTC().Year(), firstYear, lastYear)
	}
	switch {
	case change.now != nil || change.frozen != nil:
		if change.frozen != nil {
			frozen = *change.frozen
		}
		c.Clock.Set(to, frozen)
	default:
		c.Clock.Advance(change.advance)
	}
	return nil
}

// clockChange is what is asked of the clock, nil for what stays as it is.
type clockChange struct {
	now     *time.Time
	frozen  *bool
	advance time.Duration
}

const clockExample = `{"Now": "2030-01-02T03:04:05Z", "Frozen": true} or {"Advance": "1h30m"}`

func parseClock(body []byte) (change clockChange, err error) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil || len(fields) == 0 {
		return change, errors.New("the clock is changed by a JSON object such as " + clockExample)
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		switch name {
		case "Now":
			change.now, err = parseNow(fields[name])
		case "Frozen":
			change.frozen, err = parseFrozen(fields[name])
		case "Advance":
			change.advance, err = parseAdvance(fields[name])
		default:
			err = fmt.Errorf("%s: the clock has no such field; it has Now, Frozen and Advance", name)
		}
		if err != nil {
			return change, err
		}
	}
	if change.now != nil && fields["Advance"] != nil {
		return change, errors.New("Advance: the clock is either set or moved; leave out Now or Advance")
	}
	return change, nil
}

func parseNow(raw json.RawMessage) (*time.Time, error) {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		if now, err := time.Parse(time.RFC3339, text); err == nil {
			return &now, nil
		}
	}
	return nil, fmt.Errorf("Now: a time is written as \"2030-01-02T03:04:05Z\"; %s is none", raw)
}

func parseFrozen(raw json.RawMessage) (*bool, error) {
	switch string(raw) {
	case "true", "false":
		frozen := string(raw) == "true"
		return &frozen, nil
	}
	return nil, fmt.Errorf("Frozen: it is true or false; %s is neither", raw)
}

func parseAdvance(raw json.RawMessage) (time.Duration, error) {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		if d, err := time.ParseDuration(text); err == nil {
			return d, nil
		}
	}
	return 0, fmt.Errorf("Advance: a duration is written as \"1h30m\"; %s is none", raw)
}
