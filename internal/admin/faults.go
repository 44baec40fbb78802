package admin

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"github.com/ecsmock/ecsmock/internal/fault"
)

// maxFaults is the size of the largest list of faults that can be posted, in bytes.
const maxFaults = 1 << 20

// Faults has the handlers of faults.
type Faults struct{ Set *fault.Set }

// List answers with the faults, the oldest first, with their counts.
func (f *Faults) List(w http.ResponseWriter, r *http.Request) {
	if query := r.URL.Query(); len(query) > 0 {
		refuse(w, http.StatusBadRequest, errors.New("the list of faults has no filters; leave out the query"))
		return
	}
	f.list(w)
}

// Add adds one fault or a list of them, all or none, and answers with the added faults
// and their ids.
func (f *Faults) Add(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxFaults))
	if err != nil {
		refuse(w, http.StatusBadRequest, fmt.Errorf("the faults could not be read: %w; post at most %d bytes at once", err, maxFaults))
		return
	}
	faults, err := fault.Parse(body)
	if err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	added, err := f.Set.Add(faults...)
	if err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	replyFaults(w, added)
}

// Remove removes all faults, the one of ?id=, or those of ?account=, and answers with
// those that are left.
func (f *Faults) Remove(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	for name := range query {
		if name != "id" && name != "account" {
			refuse(w, http.StatusBadRequest, fmt.Errorf("faults cannot be removed by %q; give id, account, or nothing to remove all", name))
			return
		}
	}
	switch {
	case query.Has("id") && query.Has("account"):
		refuse(w, http.StatusBadRequest, errors.New("faults are removed by id or by account; leave out one of them"))
		return
	case query.Has("id"):
		if status, err := f.removeOne(query); err != nil {
			refuse(w, status, err)
			return
		}
	case query.Has("account") && query.Get("account") == "":
		refuse(w, http.StatusBadRequest, errors.New("account is blank; give the AccountId of the faults, or leave account out to remove all"))
		return
	case query.Has("account"):
		f.Set.ClearAccount(query.Get("account"))
	default:
		f.Set.Clear()
	}
	f.list(w)
}

func (f *Faults) removeOne(query url.Values) (status int, err error) {
	id, err := strconv.ParseInt(query.Get("id"), 10, 64)
	if err != nil {
		return http.StatusBadRequest, fmt.Errorf("id must be the number of a fault, got %q", query.Get("id"))
	}
	if !f.Set.Remove(id) {
		return http.StatusNotFound, fmt.Errorf("there is no fault %d; GET %sfaults lists the faults", id, Path)
	}
	return http.StatusOK, nil
}

func (f *Faults) list(w http.ResponseWriter) { replyFaults(w, f.Set.List()) }

func replyFaults(w http.ResponseWriter, entries []fault.Entry) {
	reply(w, http.StatusOK, faultsForm(entries))
}

// faultsForm returns faults as they are shown.
func faultsForm(entries []fault.Entry) map[string]any { return map[string]any{"Faults": entries} }
