package journal

import (
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

func (f *Filter) matches(e *Entry, k kept) bool {
	return (f.Action == "" || e.named(f.Action)) &&
		(f.Code == "" || f.Code == e.Code) &&
		(f.Account == "" || f.Account == e.Account) &&
		(!f.Errors || e.Code != "" || k.dropped) &&
		(f.Call == 0 || f.Call == e.Number) &&
		(f.Before == 0 || e.Number < f.Before) &&
		e.Number > f.SinceNumber && !e.Time.Before(f.SinceTime) &&
		(len(f.Words) == 0 || found(f.Words, e, k))
}

// found reports whether each word is in the action, the code, the RequestId, the account, a
// value of a parameter, the message, the hint, or an id of what the call changed. Redacted
// values are not looked at.
func found(words []string, e *Entry, k kept) bool {
	texts := []string{e.Product + "." + e.Action, e.Code, e.RequestID, e.Account, e.Message, e.Hint}
	for _, value := range e.Params() {
		texts = append(texts, value)
	}
	for _, c := range k.all() {
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
