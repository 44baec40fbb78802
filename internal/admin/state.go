package admin

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/store"
)

// State answers with the world, or with ?account= what one account has, in the state form.
// The header X-Ecsmock-Revision has the revision of the world.
func (a *Admin) State(w http.ResponseWriter, r *http.Request) {
	account, err := accountOf(r)
	if err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	state, revision := []byte(nil), uint64(0)
	if account != "" {
		state, revision = a.World.SnapshotOf(account)
	} else {
		state, revision = a.World.Snapshot()
	}
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.Header().Set("X-Ecsmock-Revision", strconv.FormatUint(revision, 10))
	w.Write(state)
}

// PutState replaces the world, or with ?account= what one account has, by a state.
func (a *Admin) PutState(w http.ResponseWriter, r *http.Request) {
	a.load(w, r, a.World.Load, a.World.LoadOf)
}

// Seed adds a state to the world, or with ?account= to what one account has. A reset does
// not restore it.
func (a *Admin) Seed(w http.ResponseWriter, r *http.Request) {
	a.load(w, r, a.World.Merge, a.World.MergeOf)
}

func (a *Admin) load(w http.ResponseWriter, r *http.Request, all func([]byte) error, of func(account string, state []byte) error) {
	account, err := accountOf(r)
	if err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxState))
	if err != nil {
		refuse(w, http.StatusBadRequest, fmt.Errorf("the state could not be read: %w", err))
		return
	}
	if account != "" {
		err = of(account, body)
	} else {
		err = all(body)
	}
	if err != nil {
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

// maxRule is the size of the largest rule that can be looked for, in bytes.
const maxRule = 64 << 10

// Rule answers whether a group has the rule of the body, with the rule as it is or with
// why not: see store.World.FindRule.
func (a *Admin) Rule(w http.ResponseWriter, r *http.Request) {
	account, err := accountOf(r, "group")
	var rule []byte
	if err == nil {
		rule, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxRule))
	}
	var found store.Found
	if err == nil {
		found, err = a.World.FindRule(account, r.URL.Query().Get("group"), rule)
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	reply(w, http.StatusOK, map[string]any{"Has": found.Rule != nil, "Rule": json.RawMessage(found.Rule), "Why": found.Why})
}

// accountOf returns the account of a query, "" for none. The query has nothing else but
// some parameters.
func accountOf(r *http.Request, others ...string) (string, error) {
	query := r.URL.Query()
	for name := range query {
		if name != "account" && !slices.Contains(others, name) {
			return "", fmt.Errorf("%s has no parameter %q; %s", r.URL.Path, name,
				param.DidYouMean(name, append(others, "account"), "give account for one account, or nothing for all"))
		}
	}
	ids, given := query["account"]
	switch {
	case !given:
		return "", nil
	case len(ids) > 1:
		return "", errors.New("account is given more than once; give one account, or leave it out for all")
	}
	var id account.ID
	if err := id.Set(ids[0]); err != nil {
		return "", fmt.Errorf("%w, got %q; leave account out for all accounts", err, ids[0])
	}
	return string(id), nil
}
