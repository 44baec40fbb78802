package admin

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/ecsmock/ecsmock/internal/account"
)

// State is the world, in the state form.
func (a *Admin) State(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.Write(a.World.State())
}

// PutState replaces the world.
func (a *Admin) PutState(w http.ResponseWriter, r *http.Request) { a.load(w, r, a.World.Load) }

// Seed adds a state to the world. A reset does not go back to it.
func (a *Admin) Seed(w http.ResponseWriter, r *http.Request) { a.load(w, r, a.World.Merge) }

func (a *Admin) load(w http.ResponseWriter, r *http.Request, take func([]byte) error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxState))
	if err != nil {
		refuse(w, http.StatusBadRequest, fmt.Errorf("the state could not be read: %w", err))
		return
	}
	if err := take(body); err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	a.Health(w, r)
}

// Reset puts the world back to its seed, or empties it, and forgets the journal; with
// ?account= only what is that account's.
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

// accountOf is the account that alone is to be reset, "" for all.
func accountOf(r *http.Request) (string, error) {
	query := r.URL.Query()
	for name := range query {
		if name != "account" {
			return "", fmt.Errorf("a reset knows no %q; leave it out, or give ?account= to reset one account only", name)
		}
	}
	ids, given := query["account"]
	switch {
	case !given:
		return "", nil
	case len(ids) > 1:
		return "", errors.New("account is given more than once; reset the accounts one by one, or all without it")
	}
	var id account.ID
	if err := id.Set(ids[0]); err != nil {
		return "", fmt.Errorf("%w, got %q; leave account out to reset everything", err, ids[0])
	}
	return string(id), nil
}
