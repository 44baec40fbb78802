package admin

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/ecsmock/ecsmock/internal/param"
)

// shadowed returns the host of the service that answers the calls, "" for none.
func (a *Admin) shadowed() string {
	if a.Shadow == nil {
		return ""
	}
	return a.Shadow.Service.Host
}

// Differences answers with where the mock differs from the service, or with ?format=exchange
// as exchange files.
func (a *Admin) Differences(w http.ResponseWriter, r *http.Request) {
	if a.Shadow == nil {
		refuseUnshadowed(w)
		return
	}
	query := r.URL.Query()
	for name := range query {
		if name != "format" {
			refuse(w, http.StatusBadRequest, fmt.Errorf("differences have no parameter %q; %s", name, param.DidYouMean(name, []string{"format"}, "give format=exchange, or nothing for JSON")))
			return
		}
	}
	switch format := query.Get("format"); format {
	case "", "json":
		w.Header().Set("Content-Type", "application/json;charset=utf-8")
		w.Write(a.Shadow.Report.JSON())
	case "exchange":
		w.Header().Set("Content-Type", "text/plain;charset=utf-8")
		io.WriteString(w, a.Shadow.Report.Exchanges())
	default:
		refuse(w, http.StatusBadRequest, fmt.Errorf("the format of differences is json or exchange, got %q", format))
	}
}

// ClearDifferences forgets the differences and answers with the report.
func (a *Admin) ClearDifferences(w http.ResponseWriter, r *http.Request) {
	if a.Shadow == nil {
		refuseUnshadowed(w)
		return
	}
	a.Shadow.Report.Clear()
	a.Differences(w, r)
}

func refuseUnshadowed(w http.ResponseWriter) {
	refuse(w, http.StatusConflict, errors.New("there is nothing to compare the mock with; start it with -shadow and the address of the service"))
}

// Unshadowed returns a handler that refuses requests where the service answers the calls.
func (a *Admin) Unshadowed(instead string, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if a.Shadow != nil {
			refuse(w, http.StatusConflict, fmt.Errorf("with -shadow the service %s answers the calls; %s", a.shadowed(), instead))
			return
		}
		h(w, r)
	}
}
