package admin

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/journal"
	"github.com/ecsmock/ecsmock/internal/param"
)

// Calls answers with the journal, the oldest call first, filtered by the parameters of
// filterOf. ?follow streams new calls, too.
func (a *Admin) Calls(w http.ResponseWriter, r *http.Request) {
	filter, follow, err := filterOf(r)
	calls := []journal.Entry{}
	if err == nil {
		calls = append(calls, a.Journal.Select(filter)...)
	}
	if err == nil && len(calls) == 0 && filter.Action != "" { // a call may have had a name that no action has
		err = a.KnowsAction(filter.Action)
	}
	if err == nil && follow {
		err = a.resume(r, &filter)
	}
	switch {
	case err != nil:
		refuse(w, http.StatusBadRequest, err)
		return
	case follow:
		a.follow(w, r, filter, keepAlive, nil)
		return
	case filter.Call > 0:
		a.replyWhole(w, calls)
		return
	}
	reply(w, http.StatusOK, map[string]any{"Calls": calls})
}

// ClearCalls empties the journal, or with ?account= removes the calls of one account.
func (a *Admin) ClearCalls(w http.ResponseWriter, r *http.Request) {
	account, err := accountOf(r)
	switch {
	case err != nil:
		refuse(w, http.StatusBadRequest, err)
		return
	case account != "":
		a.Journal.ClearAccount(account)
	default:
		a.Journal.Clear()
	}
	reply(w, http.StatusOK, map[string]any{"Calls": []journal.Entry{}})
}

// filterOf returns the filter in a query, and whether it asks to follow: action, code and
// account select; since is the number of a call or a time, before a number; search is words
// that are all found in a call, errors selects those that were refused; limit is how many of
// the newest calls are wanted; call selects one, with its request and its answer.
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
		case "search":
			f.Words = strings.Fields(strings.ToLower(value))
		case "errors":
			if f.Errors = true; value != "" {
				err = fmt.Errorf("errors takes no value, got %q; write ?errors", value)
			}
		case "call":
			f.Call, err = callNumber(name, value)
		case "before":
			f.Before, err = callNumber(name, value)
		case "limit":
			var n int64
			n, err = callNumber(name, value)
			f.Limit = int(min(n, 1<<30))
		case "follow":
			if follow = true; value != "" {
				err = fmt.Errorf("follow takes no value, got %q; write ?follow", value)
			}
		default:
			err = fmt.Errorf("the journal cannot be filtered by %q; %s", name,
				param.DidYouMean(name, filters, "give "+strings.Join(filters[:len(filters)-1], ", ")+" or follow"))
		}
		if err != nil {
			return f, follow, err
		}
	}
	return f, follow, nil
}

// filters are the names of the parameters of the journal.
var filters = []string{"action", "code", "account", "since", "search", "errors", "call", "before", "limit", "follow"}

// Replay carries out the call with the number ?call= again, from the bytes of its request,
// and answers with the new call as ?call= of the journal does.
func (a *Admin) Replay(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if len(query) != 1 || !query.Has("call") {
		refuse(w, http.StatusBadRequest, fmt.Errorf("%s takes the number of a call and nothing else: %s?call=7", r.URL.Path, r.URL.Path))
		return
	}
	number, err := callNumber("call", query.Get("call"))
	if err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	again, ok := a.Journal.Request(number)
	if !ok {
		refuse(w, http.StatusNotFound, fmt.Errorf("the request of call %d is not kept; GET %sjournal?limit=100 shows the newest calls", number, Path))
		return
	}
	a.replyWhole(w, a.Journal.Select(journal.Filter{Call: a.Call(again.WithContext(r.Context()))}))
}

// replyWhole answers with calls, their requests and their answers.
func (a *Admin) replyWhole(w http.ResponseWriter, calls []journal.Entry) {
	whole := []journal.Whole{}
	for _, e := range calls {
		whole = append(whole, journal.Whole{Entry: e})
	}
	reply(w, http.StatusOK, map[string]any{"Calls": whole})
}

func callNumber(name, value string) (int64, error) {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%s must be a number from 1 on, got %q", name, value)
	}
	return n, nil
}

func since(f *journal.Filter, value string) error {
	if n, err := strconv.ParseInt(value, 10, 64); err == nil {
		f.SinceNumber = n
		return nil
	}
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return fmt.Errorf("since must be the number of a call, or a time such as 2030-01-02T03:04:05Z, got %q", value)
	}
	f.SinceTime = t
	return nil
}

const (
	keepAlive   = 15 * time.Second       // between comments on an idle stream
	sendTimeout = 10                     // times keepAlive, for a follower to read
	stopTimeout = 250 * time.Millisecond // for a follower to read when the server stops
)

// follow streams the matching calls as server-sent events, the kept ones first, until
// the client leaves or the server stops. A follower that is too slow gets the number of
// skipped calls; one that does not read is disconnected. With a watch the stream has what
// else happens, too.
func (a *Admin) follow(w http.ResponseWriter, r *http.Request, f journal.Filter, keepAlive time.Duration, also *watch) {
	control := http.NewResponseController(w)
	control.SetReadDeadline(time.Time{}) // the server's is for short requests
	defer a.abortAtStop(control)()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	idle := time.NewTicker(keepAlive)
	defer idle.Stop()
	send := sender(w, control, sendTimeout*keepAlive)
	for news := a.Journal.After(f); ; news = a.Journal.After(f) {
		f.SinceNumber = news.Last
		text, err := events(news, also != nil)
		if also != nil {
			text = also.append(text)
		}
		if err != nil || send(text) != nil { // the first time also if there is none: it sends the headers
			return
		}
		for waiting := true; waiting; {
			select {
			case <-r.Context().Done():
				return
			case <-a.Stop:
				return
			case <-news.More:
				waiting = false
			case <-idle.C:
				if send([]byte(": still here\n\n")) != nil {
					return
				}
			}
		}
	}
}

// abortAtStop aborts a blocked write when the server stops, until end is called.
func (a *Admin) abortAtStop(control *http.ResponseController) (end func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		select {
		case <-done:
			return
		case <-a.Stop:
		}
		select {
		case <-done:
		case <-time.After(stopTimeout):
			abort(control)
		}
	}()
	return func() { close(done); <-ended }
}

// sender returns a function that sends a text, or fails if the follower does not read it
// in time.
func sender(w io.Writer, control *http.ResponseController, d time.Duration) func(text []byte) error {
	late := time.AfterFunc(d, func() { abort(control) })
	late.Stop()
	return func(text []byte) error {
		late.Reset(d)
		defer late.Stop()
		if _, err := w.Write(text); err != nil {
			return err
		}
		return control.Flush()
	}
}

// abort makes a blocked write fail.
func abort(control *http.ResponseController) { control.SetWriteDeadline(time.Unix(1, 0)) }

// events returns news as server-sent events, whose calls are named if others are, too.
func events(news journal.News, named bool) ([]byte, error) {
	var out bytes.Buffer
	if news.Skipped > 0 {
		fmt.Fprintf(&out, "event: skipped\ndata: {\"Skipped\":%d}\n\n", news.Skipped)
	}
	for _, e := range news.Calls {
		text, err := e.MarshalJSON()
		if err != nil {
			return nil, err
		}
		if named {
			out.WriteString("event: call\n")
		}
		fmt.Fprintf(&out, "id: %d\ndata: %s\n\n", e.Number, bytes.TrimSpace(text))
	}
	return out.Bytes(), nil
}

// resume sets the filter of a follower that has reconnected to the calls after
// Last-Event-ID.
func (a *Admin) resume(r *http.Request, f *journal.Filter) error {
	id := r.Header.Get("Last-Event-ID")
	if id == "" {
		if f.SinceNumber == 0 {
			f.SinceNumber = a.Journal.BeforeOldest() // calls before it are not skipped ones
		}
		return nil
	}
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n < 0 {
		return fmt.Errorf("Last-Event-ID must be the number of a call, got %q", id)
	}
	if f.SinceNumber = n; n > a.Journal.Last() {
		f.SinceNumber = 0 // of an earlier run
	}
	return nil
}
