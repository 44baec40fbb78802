package admin

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/clock"
)

// clockAnswer is the answer of the clock's handlers.
type clockAnswer struct {
	Now    time.Time
	Frozen bool
}

func readClock(t *testing.T, answer string) clockAnswer {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(answer))
	d.DisallowUnknownFields()
	var got clockAnswer
	require.NoError(t, d.Decode(&got), answer)
	return got
}

// frozen returns a clock that is frozen at noon.
func frozen() *Clock {
	c := &Clock{Clock: clock.New()}
	c.Clock.Set(noon, true)
	return c
}

var noon = time.Date(2030, 1, 2, 12, 0, 0, 0, time.UTC)

func TestGetClock(t *testing.T) {
	status, answer := ask(t, frozen().Get, http.MethodGet, "/_mock/clock", "")
	assert.Equal(t, http.StatusOK, status)
	assert.JSONEq(t, `{"Now": "2030-01-02T12:00:00Z", "Frozen": true}`, answer)
	_, answer = ask(t, (&Clock{Clock: clock.New()}).Get, http.MethodGet, "/_mock/clock", "")
	assert.WithinDuration(t, time.Now(), readClock(t, answer).Now, time.Minute)
	assert.False(t, readClock(t, answer).Frozen)
}

func TestPutClock(t *testing.T) {
	for _, c := range []struct {
		name, body string
		now        time.Time
		frozen     bool
	}{
		{"both", `{"Now": "2031-01-02T03:04:05Z", "Frozen": true}`, time.Date(2031, 1, 2, 3, 4, 5, 0, time.UTC), true},
		{"set and started", `{"Now": "2031-01-02T03:04:05Z", "Frozen": false}`, time.Date(2031, 1, 2, 3, 4, 5, 0, time.UTC), false},
		{"set, frozen as before", `{"Now": "2031-01-02T03:04:05.678Z"}`, time.Date(2031, 1, 2, 3, 4, 5, 678e6, time.UTC), true},
		{"in another zone", `{"Now": "2031-01-02T03:04:05+08:00"}`, time.Date(2031, 1, 1, 19, 4, 5, 0, time.UTC), true},
		{"started, it continues from its time", `{"Frozen": false}`, noon, false},
		{"stopped again", `{"Frozen": true}`, noon, true},
		{"moved", `{"Advance": "1h30m"}`, noon.Add(90 * time.Minute), true},
		{"moved by nothing", `{"Advance": "0s"}`, noon, true},
		{"moved back", `{"Advance": "-12h"}`, noon.Add(-12 * time.Hour), true},
		{"moved and started", `{"Frozen": false, "Advance": "1s"}`, noon.Add(time.Second), false},
		{"to the first moment", `{"Now": "1970-01-01T00:00:00Z"}`, time.Unix(0, 0).UTC(), true},
		{"to the last year", `{"Now": "2199-12-31T23:59:59Z", "Frozen": false}`, time.Date(2199, 12, 31, 23, 59, 59, 0, time.UTC), false},
	} {
		clock := frozen()
		status, answer := ask(t, clock.Put, http.MethodPut, "/_mock/clock", c.body)
		require.Equal(t, http.StatusOK, status, answer)
		got := readClock(t, answer)
		assert.Equal(t, c.frozen, got.Frozen, c.name)
		assert.Equal(t, c.frozen, clock.Clock.Frozen(), c.name)
		for _, now := range []time.Time{got.Now, clock.Clock.Now()} {
			if c.frozen {
				assert.Equal(t, c.now, now, c.name)
			} else {
				assert.WithinRange(t, now, c.now, c.now.Add(time.Minute), c.name)
			}
		}
	}
}

func TestPutARunningClock(t *testing.T) {
	clock := &Clock{Clock: clock.New()}
	put := func(body string) clockAnswer {
		status, answer := ask(t, clock.Put, http.MethodPut, "/_mock/clock", body)
		require.Equal(t, http.StatusOK, status, answer)
		return readClock(t, answer)
	}
	got := put(`{"Advance": "24h"}`)
	assert.False(t, got.Frozen)
	assert.WithinDuration(t, time.Now().Add(24*time.Hour), got.Now, time.Minute)
	got = put(`{"Now": "2031-01-02T03:04:05Z"}`)
	assert.False(t, got.Frozen, "it runs as before")
	stopped := put(`{"Frozen": true}`)
	assert.WithinRange(t, stopped.Now, got.Now, got.Now.Add(time.Minute))
	assert.Equal(t, stopped, put(`{"Frozen": true}`), "its time stays")
}

func TestPutClockRefuses(t *testing.T) {
	const form = `; the clock is changed by a JSON object such as {"Now": "2030-01-02T03:04:05Z", "Frozen": true} or {"Advance": "1h30m"}`
	for body, want := range map[string]string{
		"":                                  "the document is empty" + form,
		"{}":                                "the document is empty" + form,
		"null":                              "the document must be an object, got null" + form,
		"[]":                                "the document must be an object, got a list" + form,
		`{"Frozen": true} {}`:               "line 1, column 18: invalid character '{' after top-level value" + form,
		`{"Now": }`:                         "line 1, column 9: invalid character '}' looking for beginning of value" + form,
		`{"now": "2030-01-02T03:04:05Z"}`:   "now: there is no such field; did you mean Now?",
		`{"Zone": "Asia/Shanghai"}`:         "Zone: there is no such field; the fields are Now, Frozen, Advance",
		`{"Now": "tomorrow"}`:               `Now: a time is written as 2030-01-02T03:04:05Z, got "tomorrow"`,
		`{"Now": "2030-01-02"}`:             `Now: a time is written as 2030-01-02T03:04:05Z, got "2030-01-02"`,
		`{"Now": ""}`:                       `Now: a time is written as 2030-01-02T03:04:05Z, got ""`,
		`{"Now": 1893553445}`:               "Now: must be a string, got a number",
		`{"Now": null}`:                     "Now: must be a string, got null",
		`{"Frozen": "yes"}`:                 "Frozen: must be true or false, got a string",
		`{"Frozen": null}`:                  "Frozen: must be true or false, got null",
		`{"Frozen": true, "Frozen": false}`: "Frozen: the field is given twice; leave one of them out",
		`{"Advance": "2 days"}`:             `Advance: a duration is written as 1h30m, got "2 days"`,
		`{"Advance": 5}`:                    "Advance: must be a string, got a number",
		`{"Now": "2030-01-02T03:04:05Z", "Advance": "0s"}`:  "Advance: the clock is either set or moved; leave out Now or Advance",
		`{"Now": "1969-12-31T23:59:59Z"}`:                   "the year must be 1970 to 2199, got 1969",
		`{"Now": "2200-01-01T00:00:00Z", "Frozen": false}`:  "the year must be 1970 to 2199, got 2200",
		`{"Now": "1970-01-01T00:00:00+08:00"}`:              "the year must be 1970 to 2199, got 1969",
		`{"Advance": "2000000h"}`:                           "the year must be 1970 to 2199, got 2258",
		`{"Frozen": false, "Advance": "-1000000h"}`:         "the year must be 1970 to 2199, got 1915",
		`{"Frozen": true` + strings.Repeat(" ", 4096) + `}`: "the change of the clock could not be read: http: request body too large",
	} {
		clock := frozen()
		status, answer := ask(t, clock.Put, http.MethodPut, "/_mock/clock", body)
		assert.Equal(t, http.StatusBadRequest, status, body)
		assert.Equal(t, want, sentence(t, answer), body)
		assert.Equal(t, noon, clock.Clock.Now(), body)
		assert.True(t, clock.Clock.Frozen(), body)
	}
}
