package shadow

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// Seconds between two lines of the progress, and between two versions of the line of a terminal.
const (
	everyLine = 5 * time.Second
	everyDraw = 200 * time.Millisecond
)

// progress shows how far the reading is, if it is time to.
func (r *reading) progress(last bool) {
	now, every := r.Clock.Now(), everyLine
	if r.Terminal {
		every = everyDraw
	}
	if now.Sub(r.shown) < every && !last {
		return
	}
	r.shown = now
	line := fmt.Sprintf("%d calls", r.calls)
	if r.all > 0 {
		line += fmt.Sprintf(", details of %d of %d groups and lists", r.done, r.all)
		if left := r.all - r.done; left > 0 && r.done > 0 {
			each := max(r.Interval, now.Sub(r.started)/time.Duration(r.calls))
			line += fmt.Sprintf(", about %v left", (time.Duration(left) * each).Round(time.Second))
		}
	}
	if !r.Terminal {
		fmt.Fprintln(r.Log, line)
		return
	}
	fmt.Fprint(r.Log, "\r\x1b[K", line)
	if r.lineOpen = !last; last {
		fmt.Fprintln(r.Log)
	}
}

// endLine ends the line of the progress.
func (r *reading) endLine() {
	if r.lineOpen {
		fmt.Fprintln(r.Log)
		r.lineOpen = false
	}
}

// say prints a sentence.
func (r *reading) say(sentence string) {
	r.endLine()
	fmt.Fprintln(r.Log, sentence)
}

// miss prints a sentence about what is missing, and counts it if it was printed before.
func (r *reading) miss(sentence string) {
	if r.missed[sentence]++; r.missed[sentence] == 1 {
		r.say(sentence)
	}
}

// more prints how often a sentence applied again.
func (r *reading) more() {
	for _, sentence := range slices.Sorted(maps.Keys(r.missed)) {
		if n := r.missed[sentence]; n > 1 {
			r.say(fmt.Sprintf("%d times: %s", n, sentence))
		}
	}
}
