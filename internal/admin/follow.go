package admin

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/ecsmock/ecsmock/internal/journal"
)

const (
	keepAlive = 15 * time.Second       // between signs of life
	deaf      = 10                     // times as long may a follower take to read on
	lastWords = 250 * time.Millisecond // for a follower to read what it is being sent when the server stops
)

// follow streams the calls that a filter chooses as server-sent events, the kept
// ones first, until the client leaves or the server stops. A follower that is too
// slow is told how many calls went by unseen; one that has stopped reading is let go.
func (a *Admin) follow(w http.ResponseWriter, r *http.Request, f journal.Filter, alive time.Duration) {
	control := http.NewResponseController(w)
	control.SetReadDeadline(time.Time{}) // the server's is for short requests
	defer a.hurry(control)()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	signs := time.NewTicker(alive)
	defer signs.Stop()
	send := patiently(w, control, deaf*alive)
	for news := a.Journal.After(f); ; news = a.Journal.After(f) {
		f.SinceNumber = news.Last
		if text, err := tell(news); err != nil || send(text) != nil {
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
			case <-signs.C:
				if send([]byte(": still here\n\n")) != nil {
					return
				}
			}
		}
	}
}

// hurry breaks off, shortly after the server has begun to stop, what is being sent to
// a follower that does not read. What it returns ends the watch.
func (a *Admin) hurry(control *http.ResponseController) (end func()) {
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
		case <-time.After(lastWords):
			breakOff(control)
		}
	}()
	return func() { close(done); <-ended }
}

// patiently sends a text, unless the follower does not read it in time.
func patiently(w io.Writer, control *http.ResponseController, d time.Duration) func(text []byte) error {
	late := time.AfterFunc(d, func() { breakOff(control) })
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

// breakOff ends what is being written.
func breakOff(control *http.ResponseController) { control.SetWriteDeadline(time.Unix(1, 0)) }

// tell is news as events.
func tell(news journal.News) ([]byte, error) {
	var out bytes.Buffer
	if news.Skipped > 0 {
		fmt.Fprintf(&out, "event: skipped\ndata: {\"Skipped\":%d}\n\n", news.Skipped)
	}
	for _, e := range news.Calls {
		text, err := e.MarshalJSON()
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&out, "id: %d\ndata: %s\n\n", e.Number, bytes.TrimSpace(text))
	}
	return out.Bytes(), nil
}

// resume makes a filter go on where a follower that lost its connection was.
func (a *Admin) resume(r *http.Request, f *journal.Filter) error {
	id := r.Header.Get("Last-Event-ID")
	if id == "" {
		if f.SinceNumber == 0 {
			f.SinceNumber = a.Journal.BeforeOldest() // what was never to be seen is not skipped
		}
		return nil
	}
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n < 0 {
		return fmt.Errorf("Last-Event-ID is the number of the last call that was seen; %q is none", id)
	}
	if f.SinceNumber = n; n > a.Journal.Last() {
		f.SinceNumber = 0 // it is of a server that is gone
	}
	return nil
}
