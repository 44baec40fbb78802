package admin

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/ecsmock/ecsmock/internal/account"
)

// State answers with the world, in the state form.
func (a *Admin) State(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.Write(a.World.State())
}

// PutState replaces the world with a state.
func (a *Admin) PutState(w http.ResponseWriter, r *http.Request) { a.load(w, r, a.World.Load) }

// Seed adds a state to the world. A reset does not restore it.
func (a *Admin) Seed(w http.ResponseWriter, r *http.Request) { a.load(w, r, a.World.Merge) }

func (a *Admin) load(w http.ResponseWriter, r *http.Request, load func([]byte) error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxState))
	if err != nil {
		refuse(w, http.StatusBadRequest, fmt.Errorf("the state could not be read: %w", err))
		return
	}
	if err := load(body); err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	a.Health(w, r)
}

// Reset restores the seed, or the empty world, and clears the journal, the faults and
// the clock; with ?account= only what belongs to that account.
func (a *Admin) Reset(w http.ResponseWriter, r *http.Request) {
	account, err := accountOf(r)
	if err == nil && account != "" {
		err = a.World.ResetAccount(account)
	}
	switch {
	case err != nil:
		refuse(w, http.StatusBadRequest, err)
		return
	case account != "":
		a.Journal.ClearAccount(account)
		a.Faults.ClearAccount(account)
	default:
		a.Clock.Reset()
		a.World.Reset()
		a.Journal.Clear()
		a.Faults.Reset()
	}
	a.Health(w, r)
}

// accountOf returns the account of the query, "" for none.
func accountOf(r *http.Request) (string, error) {
	query := r.URL.Query()
	for name := range query {
		if name != "account" {
			return "", fmt.Errorf("a reset has no parameter %q; give account to reset one account, or nothing to reset all", name)
		}
	}
	ids, given := query["account"]
	switch {
	case !given:
		return "", nil
	case len(ids) > 1:
		return "", errors.New("account is given more than once; reset one account at a time, or leave it out to reset all")
	}
	var id account.ID
	if err := id.Set(ids[0]); err != nil {
		return "", fmt.Errorf("%w, got %q; leave account out to reset everything", err, ids[0])
	}
	return string(id), nil
}
