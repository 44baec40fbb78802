package store

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/account"
)

// knownAccount is somebody who has groups, or whom a state names.
type knownAccount struct {
	ID    string
	Email string // "" if unknown
}

// accounts are those known, but for the default account where nothing is to be
// told of it that is not always so.
type accounts struct {
	byID    map[string]*knownAccount
	byEmail map[string]*knownAccount
}

func newAccounts() accounts {
	return accounts{byID: map[string]*knownAccount{}, byEmail: map[string]*knownAccount{}}
}

// owner is the id of the account whose id or e-mail address a text is. The
// default account keeps its address, whatever other one a state gives it.
func (all accounts) owner(text string) (string, bool) {
	if text == account.DefaultID || text == account.DefaultEmail {
		return account.DefaultID, true
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
		a = &knownAccount{ID: strings.Clone(id)}
		all.byID[a.ID] = a
	}
	return a.ID
}

// merge takes in what a state tells of an account.
func (all accounts) merge(told *knownAccount) {
	a := all.byID[all.add(told.ID)]
	if told.Email != "" && told.Email != account.DefaultEmail {
		a.Email = told.Email
		all.byEmail[a.Email] = a
	}
}

// worthTelling visits the accounts by id, but for a default account that is as ever.
func (all accounts) worthTelling() iter.Seq[*knownAccount] {
	return func(yield func(*knownAccount) bool) {
		for _, id := range slices.Sorted(maps.Keys(all.byID)) {
			a := all.byID[id]
			if id == account.DefaultID && a.Email == "" {
				continue
			}
			if !yield(a) {
				return
			}
		}
	}
}
