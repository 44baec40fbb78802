package server_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// editions are all editions, the oldest first.
var editions = rpc.Editions()

// start returns a server whose ids are the same in every run.
func start(t *testing.T, o server.Options) *server.Server {
	t.Helper()
	seed := uint64(1)
	o.RandomSeed = &seed
	s, err := server.New(o)
	require.NoError(t, err)
	return s
}

// demo returns a server with the demo world.
func demo(t *testing.T) *server.Server {
	t.Helper()
	return start(t, server.Options{Seed: ecs.Demo})
}

// freeze stops the clock of a server, so that answers at two moments are the same.
func freeze(t *testing.T, s *server.Server) {
	t.Helper()
	require.Equal(t, http.StatusOK, send(s, http.MethodPut, "/_mock/clock", `{"Now": "2030-01-02T03:04:05Z", "Frozen": true}`).Status)
}

// answer is the answer of a server.
type answer struct {
	Status int
	Header http.Header
	Body   string
}

// send sends a request to a server. Headers are given as "Name: value".
func send(s *server.Server, method, target, body string, headers ...string) answer {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = "localhost"
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
		if name == "Host" {
			r.Host = value
		}
	}
	return do(s, r)
}

func get(s *server.Server, target string, headers ...string) answer {
	return send(s, http.MethodGet, target, "", headers...)
}

func do(s *server.Server, r *http.Request) answer {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	res := w.Result()
	body, _ := io.ReadAll(res.Body) // it is in memory
	return answer{res.StatusCode, res.Header, string(body)}
}

// world returns the state of a server.
func world(s *server.Server) string { return get(s, "/_mock/state").Body }

// leaves returns the values of an answer in their order, each
// with its path: "Permissions.Permission.PortRange=22/22". An answer has the same
// leaves in JSON and in XML. Content that is neither is an error.
func leaves(body string) ([]string, error) {
	if strings.HasPrefix(body, "<") {
		return xmlLeaves(body)
	}
	return jsonLeaves(body)
}

func jsonLeaves(body string) (all []string, err error) {
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	if err := jsonValue(d, "", &all); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("more than one JSON value: %v", err)
	}
	return all, nil
}

// plainItems are the items in XML of the lists that JSON has without a wrapper.
var plainItems = map[string]string{
	"PortRangeLists": "PortRangeList", "PortRangeListAssociations": "PortRangeListAssociation", "Entries": "Entry", "Tags": "Tag", "InstanceList": "InstanceList",
}

// jsonValue reads a value. The elements of a list have the path of the list; an
// empty list in its wrapper is an empty wrapper, as in XML.
func jsonValue(d *json.Decoder, path string, all *[]string) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	bracket, nested := token.(json.Delim)
	if !nested {
		*all = append(*all, fmt.Sprintf("%s=%v", path, token))
		return nil
	}
	if item, ok := plainItems[path[strings.LastIndexByte(path, '.')+1:]]; ok && bracket == '[' {
		path += "." + item
	}
	if bracket == '[' && !d.More() {
		*all = append(*all, path[:strings.LastIndexByte(path, '.')]+"=")
	}
	for d.More() {
		inner := path
		if bracket == '{' {
			name, err := d.Token()
			if err != nil {
				return err
			}
			inner = strings.TrimPrefix(fmt.Sprintf("%s.%v", path, name), ".")
		}
		if err := jsonValue(d, inner, all); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}

func xmlLeaves(body string) (all []string, err error) {
	d := xml.NewDecoder(strings.NewReader(body))
	var path []string
	text, leaf := "", false
	for {
		token, err := d.Token()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			path, text, leaf = append(path, token.Name.Local), "", true
		case xml.CharData:
			text += string(token)
		case xml.EndElement:
			if leaf {
				all = append(all, strings.Join(path[1:], ".")+"="+text)
			}
			path, text, leaf = path[:len(path)-1], "", false
		}
	}
}

// actions returns the actions of all products.
func actions() []*rpc.Action[*product.Caller] {
	var list []*rpc.Action[*product.Caller]
	for _, p := range server.Products() {
		list = append(list, p.Actions...)
	}
	return list
}
