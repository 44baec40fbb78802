package admin

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/ecsmock/ecsmock/internal/journal"
)

// Events streams what happens from now on as server-sent events: call for each call, with
// what it changed, as in the journal; state when the world is loaded, reset or seeded;
// faults and clock when these change. The stream begins with the last three as they are; the
// first state has the revision of the world.
func (a *Admin) Events(w http.ResponseWriter, r *http.Request) {
	if len(r.URL.Query()) > 0 {
		refuse(w, http.StatusBadRequest, errors.New("the events have no filters; leave out the query, or follow the journal with GET "+Path+"journal?follow"))
		return
	}
	f := journal.Filter{SinceNumber: a.Journal.Last()}
	if r.Header.Get("Last-Event-ID") != "" {
		if err := a.resume(r, &f); err != nil {
			refuse(w, http.StatusBadRequest, err)
			return
		}
	}
	a.follow(w, r, f, keepAlive, &watch{admin: a})
}

// A watch notices changes that are no calls, by the revisions that it has seen.
type watch struct {
	admin                *Admin
	begun                bool
	state, faults, clock uint64
}

// append appends an event for each of the state, the faults and the clock if it has changed,
// and the first time in any case.
func (w *watch) append(events []byte) []byte {
	a := w.admin
	state, faults, clock := stateForm{Groups: a.World.Groups()}, a.Faults.Revision(), a.Clock.Revision()
	if last := a.World.Loaded(); last != nil {
		state.Revision, state.Cause, state.AccountId = last.Revision, last.Cause, last.Account
	}
	loaded := state.Revision
	if !w.begun {
		state.Revision = a.World.Revision() // so that a state that was read before can be known to be older
	}
	if !w.begun || loaded != w.state {
		events = appendEvent(events, "state", state)
	}
	if !w.begun || faults != w.faults {
		events = appendEvent(events, "faults", faultsForm(a.Faults.List()))
	}
	if !w.begun || clock != w.clock {
		events = appendEvent(events, "clock", clockForm(a.Clock))
	}
	w.begun, w.state, w.faults, w.clock = true, loaded, faults, clock
	return events
}

// stateForm is the form of the event state: the last load, and how many groups there are.
type stateForm struct {
	Revision  uint64
	Cause     string
	AccountId string
	Groups    int
}

func appendEvent(events []byte, name string, data any) []byte {
	text, err := json.Marshal(data)
	if err != nil {
		panic("admin: an event has no JSON: " + err.Error())
	}
	events = append(events, "event: "+name+"\ndata: "...)
	return append(append(events, text...), "\n\n"...)
}
