package admin

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/ecsmock/ecsmock/internal/journal"
)

// Calls is the journal, oldest call first: all of it, or what ?action=, ?code=,
// ?account= and ?since= (a call's number, or a time) choose. With ?follow those to come
// are streamed too.
func (a *Admin) Calls(w http.ResponseWriter, r *http.Request) {
	filter, follow, err := filterOf(r)
	if err == nil && follow {
		err = a.resume(r, &filter)
	}
	switch {
	case err != nil:
		refuse(w, http.StatusBadRequest, err)
		return
	case follow:
		a.follow(w, r, filter, keepAlive)
		return
	}
	calls := a.Journal.Select(filter)
	if calls == nil {
		calls = []journal.Entry{}
	}
	reply(w, http.StatusOK, map[string]any{"Calls": calls})
}

// ForgetCalls empties the journal.
func (a *Admin) ForgetCalls(w http.ResponseWriter, _ *http.Request) {
	a.Journal.Clear()
	reply(w, http.StatusOK, map[string]any{"Calls": []journal.Entry{}})
}

// filterOf is what a query chooses, and whether it wants the calls to come.
func filterOf(r *http.Request) (f journal.Filter, follow bool, err error) {
	for name, values := range r.URL.Query() {
		value := values[len(values)-1]
		switch name {
		case "action":
			f.Action = value
		case "code":
			f.Code = value
		case "account":
			f.Account = value
		case "since":
			err = since(&f, value)
		case "follow":
			if follow = true; value != "" {
				err = fmt.Errorf("follow takes no value, and not %q; write ?follow", value)
			}
		default:
			err = fmt.Errorf("the journal cannot be filtered by %q; it can by action, code, account and since, and followed with follow", name)
		}
		if err != nil {
			return f, follow, err
		}
	}
	return f, follow, nil
}

func since(f *journal.Filter, value string) error {
	if n, err := strconv.ParseInt(value, 10, 64); err == nil {
		f.SinceNumber = n
		return nil
	}
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return fmt.Errorf("since is a call's number, or a time such as 2030-01-02T03:04:05Z; %q is neither", value)
	}
	f.SinceTime = t
	return nil
}
