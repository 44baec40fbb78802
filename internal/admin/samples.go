package admin

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/sample"
)

// Samples has the handlers of code samples.
type Samples struct {
	Products []*rpc.Product
	Action   func(*rpc.Call) *rpc.Description                // nil for none
	Key      func(id string) (known, secret, account string) // of an access key, "" for any
	Signed   bool                                            // whether calls must be signed
}

// List answers with the clients that there are samples for.
func (s *Samples) List(w http.ResponseWriter, _ *http.Request) {
	reply(w, http.StatusOK, map[string]any{"Clients": sample.Clients()})
}

// Get answers with a program for a client that makes the call in the query. Without
// parameters of the action it makes the action's example. Format and method, which is no
// parameter of the API, are those of the call where the client lets its users choose.
func (s *Samples) Get(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, Path+"samples/")
	client := sample.Find(name)
	if client == nil {
		refuse(w, http.StatusNotFound, fmt.Errorf("there are no samples for %s; %s", name, param.DidYouMean(name, clientNames(), "GET "+Path+"samples lists the clients")))
		return
	}
	text := ""
	call, err := s.call(r)
	if err == nil {
		text, err = client.Sample(call)
	}
	switch {
	case errors.Is(err, sample.ErrNone):
		refuse(w, http.StatusNotFound, err)
	case err != nil:
		refuse(w, http.StatusBadRequest, err)
	default:
		w.Header().Set("Content-Type", "text/plain;charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Write([]byte(text))
	}
}

// call reads the call in the query as the API would. Each client adds the envelope.
func (s *Samples) call(r *http.Request) (*sample.Call, error) {
	read := rpc.Read(r, "", s.Products...)
	if read.Action == "" {
		return nil, errors.New("Action is required; give ?Action=RevokeSecurityGroup and its parameters")
	}
	if err := read.Err(); err != nil {
		return nil, fmt.Errorf("the call cannot be read: %w", err)
	}
	action := s.Action(read)
	if action == nil {
		return nil, fmt.Errorf("%w: the mock has no action %s; %s", sample.ErrNone, read.Action,
			param.DidYouMean(read.Action, names(read), "GET "+Path+"actions lists the actions"))
	}
	call := &sample.Call{Action: action, Endpoint: endpoint(r), Signed: s.Signed, Format: strings.ToUpper(read.Get("Format"))}
	switch call.Method = r.URL.Query().Get("method"); call.Method {
	case "", http.MethodGet, http.MethodPost:
	default:
		return nil, fmt.Errorf("method is GET or POST, got %s", call.Method)
	}
	call.KeyID, call.Secret, call.Account = s.Key(read.Get("AccessKeyId"))
	call.Params = ofAction(action, read.Params)
	if len(call.Params) == 0 {
		call.Params = ofAction(action, rpc.Pairs(action.Example))
	}
	return call, nil
}

// names returns the names of the actions that the product of a call has.
func names(read *rpc.Call) []string {
	if read.Product == nil {
		return nil
	}
	return read.Product.Upstream()
}

func clientNames() []string {
	var names []string
	for _, c := range sample.Clients() {
		names = append(names, c.Name)
	}
	return names
}

// ofAction returns the parameters that are not part of the envelope. ServiceCode is in some
// envelopes, and a parameter of Location. Of two with one name the last counts.
func ofAction(action *rpc.Description, sent []param.Param) []sample.Pair {
	var list []sample.Pair
	at := map[string]int{}
	for i := range sent {
		p := &sent[i]
		if p.Derived || p.Name == "method" || (p.Read && p.Name != "RegionId" && !action.Takes(p.Name)) {
			continue
		}
		pair := sample.Pair{Name: p.Name, Value: p.Value}
		if j, ok := at[p.Name]; ok {
			list[j] = pair
			continue
		}
		at[p.Name] = len(list)
		list = append(list, pair)
	}
	return list
}

// endpoint returns the URL of the mock, as the request used it.
func endpoint(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
