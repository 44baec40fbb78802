package journal

import (
	"net/http"
	"strings"
	"time"
)

// A Filter matches calls; fields that are not set match all.
type Filter struct {
	Action        string // with or without its product, as in Vpc.TagResources
	Code, Account string
	Words         []string // in lower case: each is in what a call is found by
	Errors        bool     // calls that were refused, or got no answer
	Call          int64    // the one with this number
	Before        int64    // calls with a smaller number
	Limit         int      // the newest ones, at most so many; After does not look at it
	SinceNumber   int64    // calls after this one
	SinceTime     time.Time
}

// last returns the number of the newest call that can match; newest is that of the journal.
func (f *Filter) last(newest int64) int64 {
	if f.Before > 0 {
		newest = min(newest, f.Before-1)
	}
	if f.Call > 0 {
		newest = min(newest, f.Call)
	}
	return newest
}

func (f *Filter) matches(e *Entry) bool {
	return (f.Action == "" || e.named(f.Action)) &&
		(f.Code == "" || f.Code == e.Code) &&
		(f.Account == "" || f.Account == e.Account) &&
		(!f.Errors || e.Status != http.StatusOK) &&
		(f.Call == 0 || f.Call == e.Number) &&
		(f.Before == 0 || e.Number < f.Before) &&
		e.Number > f.SinceNumber && !e.Time.Before(f.SinceTime)
}

// contains reports whether each word is in the action, the code, the RequestId, the account, a
// value of a parameter, the message, the hint, or an id of what the call changed. Redacted
// values are not looked at.
func (e *Entry) contains(words []string) bool {
	if len(words) == 0 {
		return true
	}
	texts := []string{e.Product + "." + e.Action, e.Code, e.RequestID, e.Account, e.Message, e.Hint}
	for _, value := range e.Params() {
		texts = append(texts, value)
	}
	for _, c := range e.kept.all() {
		texts = append(texts, c.ID, c.Group)
	}
	text := strings.ToLower(strings.Join(texts, "\n"))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
