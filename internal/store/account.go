package store

import (
	"errors"
	"iter"
	"maps"
	"slices"
	"strings"
)

// The account of calls that name no other, and its e-mail address.
const (
	DefaultAccount = "1234567890123456"
	DefaultEmail   = "test@aliyun.com"
)

// account is somebody who has groups, or whom a state names.
type account struct {
	ID    string
	Email string // "" if unknown
}

// accounts are those known, but for the default account where nothing is to be
// told of it that is not always so.
type accounts struct {
	byID    map[string]*account
	byEmail map[string]*account
}

func newAccounts() accounts {
	return accounts{byID: map[string]*account{}, byEmail: map[string]*account{}}
}

// owner is the id of the account whose id or e-mail address a text is. The
// default account keeps its address, whatever other one a state gives it.
func (all accounts) owner(text string) (string, bool) {
	if text == DefaultAccount || text == DefaultEmail {
		return DefaultAccount, true
	}
	if a, ok := all.byID[text]; ok {
		return a.ID, true
	}
	if a, ok := all.byEmail[text]; ok {
		return a.ID, true
	}
	return "", false
}

// add makes an account known, if it is not, and gives its id as the one string
// that everything of the account shares.
func (all accounts) add(id string) string {
	a, ok := all.byID[id]
	if !ok {
		a = &account{ID: strings.Clone(id)}
		all.byID[a.ID] = a
	}
	return a.ID
}

// merge takes in what a state tells of an account.
func (all accounts) merge(told *account) {
	a := all.byID[all.add(told.ID)]
	if told.Email != "" && told.Email != DefaultEmail {
		a.Email = told.Email
		all.byEmail[a.Email] = a
	}
}

// worthTelling visits the accounts by id, but for a default account that is as ever.
func (all accounts) worthTelling() iter.Seq[*account] {
	return func(yield func(*account) bool) {
		for _, id := range slices.Sorted(maps.Keys(all.byID)) {
			a := all.byID[id]
			if id == DefaultAccount && a.Email == "" {
				continue
			}
			if !yield(a) {
				return
			}
		}
	}
}

// accountID is the id of an account as a state may give it.
type accountID string

var errAccountID = errors.New("an account id is 1 to 64 letters and digits")

func (a *accountID) Set(text string) error {
	if len(text) > 64 {
		return errAccountID
	}
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return errAccountID
		}
	}
	*a = accountID(text)
	return nil
}

// IsAccountID tells whether a text can be the id of an account: 1 to 64 letters
// and digits.
func IsAccountID(text string) bool { return text != "" && new(accountID).Set(text) == nil }

func (a *accountID) String() string { return string(*a) }

// email is an e-mail address. The @ keeps it apart from account ids.
type email string

var errEmail = errors.New("an e-mail address has an @ between a name and a domain, and no blanks")

func (e *email) Set(text string) error {
	name, domain, _ := strings.Cut(text, "@")
	if name == "" || domain == "" || strings.ContainsAny(text, " \t\r\n") {
		return errEmail
	}
	*e = email(text)
	return nil
}

func (e *email) String() string { return string(*e) }
