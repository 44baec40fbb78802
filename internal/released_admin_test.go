package internal_test

import (
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/server"
)

// frozenDemo returns a server with the demo world whose clock stands, so that its answers
// are equal.
func frozenDemo(t *testing.T) *server.Server {
	t.Helper()
	seed := uint64(1)
	s, err := server.New(server.Options{Seed: ecs.Demo, RandomSeed: &seed})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, ask(s, `PUT /_mock/clock {"Now": "2030-01-02T03:04:05Z", "Frozen": true}`).Code)
	return s
}

// ask sends a request that is written as a method, a path and a body. A stream ends after
// its first events.
func ask(s *server.Server, request string) *httptest.ResponseRecorder {
	method, rest, _ := strings.Cut(request, " ")
	path, body, _ := strings.Cut(rest, " ")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r := httptest.NewRequestWithContext(ctx, method, "http://127.0.0.1"+path, strings.NewReader(body))
	r.Header.Set("Accept", "application/json")
	if strings.HasSuffix(path, "/events") {
		r.Header.Set("Last-Event-ID", "0") // calls from the first on
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// pathLines returns what is under /_mock/, but for the files of the page, with the methods.
// What takes GET takes HEAD.
func pathLines(t *testing.T) (lines []string) {
	t.Helper()
	var list struct {
		Resources []struct {
			Path    string
			Methods []string
		}
	}
	require.NoError(t, json.Unmarshal(ask(frozenDemo(t), "GET /_mock/").Body.Bytes(), &list))
	for _, r := range list.Resources {
		for _, method := range r.Methods {
			if method != http.MethodHead && r.Path != "/_mock/explorer/*" {
				lines = append(lines, method+" "+r.Path)
			}
		}
	}
	return lines
}

// queryLines returns the query parameters of these paths. A parameter is a word in the
// source to which the mock answers otherwise than to a word that means nothing.
func queryLines(t *testing.T) (lines []string) {
	t.Helper()
	words := literals(t, "internal/admin", regexp.MustCompile(`^[a-z]+$`))
	for _, line := range pathLines(t) {
		method, path, _ := strings.Cut(line, " ")
		s := frozenDemo(t)
		with := func(name string) string {
			url := strings.ReplaceAll(path, "{client}", "curl") + "?" + name + "=%3F"
			if strings.Contains(path, "{client}") {
				url += "&Action=DescribeRegions"
			}
			answer := ask(s, method+" "+url)
			if answer.Code == http.StatusOK {
				return ""
			}
			says, _, _ := strings.Cut(answer.Body.String(), ";")
			return fmt.Sprint(answer.Code, strings.ReplaceAll(strings.TrimSuffix(says, " "+name), `"`+name+`\"`, `"qqqq\"`))
		}
		for _, word := range words {
			if with(word) != with("qqqq") {
				lines = append(lines, method+" "+path+" "+word)
			}
		}
	}
	return lines
}

// literals returns the texts in the source of the packages under a folder that match.
func literals(t *testing.T, under string, match *regexp.Regexp) (found []string) {
	t.Helper()
	for _, f := range sources(t) {
		if f.test || !strings.HasPrefix(f.path, under) {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok {
				if text, err := strconv.Unquote(l.Value); err == nil && match.MatchString(text) {
					found = append(found, text)
				}
			}
			return true
		})
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// headerLines returns the names of the headers that are the mock's own.
func headerLines(t *testing.T) []string {
	t.Helper()
	return literals(t, "internal/", regexp.MustCompile(`^X-Ecsmock-[A-Za-z]+$`))
}

// questions are requests whose answers have every field of theirs that is not in a form,
// in an order in which they can be sent.
var questions = []string{
	"GET /_mock/",
	"GET /_mock/health",
	`POST /_mock/seed {"SecurityGroups": []}`,
	`PUT /_mock/state {"SecurityGroups": []}`,
	"POST /_mock/reset",
	`POST /_mock/rule?group=sg-web {"IpProtocol": "tcp", "PortRange": "1/1", "SourceCidrIp": "10.0.0.1"}`,
	`POST /_mock/rule?group=sg-web {"IpProtocol": "tcp", "PortRange": "80/80", "SourceCidrIp": "0.0.0.0/0"}`,
	"GET /_mock/reach?from=anyone&to=sg-web&protocol=tcp&port=22",
	`POST /_mock/faults {"Action": "DeleteSecurityGroup", "Code": "Throttling.User", "Params": {"SecurityGroupId": "sg-1"}}`,
	"GET /_mock/faults",
	"GET /_mock/clock",
	`PUT /_mock/clock {"Advance": "1h"}`,
	"GET /?Action=DeleteSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-enterprise",
	"GET /_mock/journal",
	"GET /_mock/journal?call=1",
	"POST /_mock/replay?call=1",
	"GET /_mock/events",
	"GET /_mock/samples",
	"GET /_mock/actions",
	"DELETE /_mock/faults",
	"DELETE /_mock/journal",
	"GET /_mock/nothing",
}

// formsIn are the values in these answers whose fields are those of the state form or of
// a call.
var formsIn = regexp.MustCompile(`^(Calls\[\]\.Params|Calls\[\]\.Changes\[\]\.(Was|Is)|Faults\[\]\.Params|Rules\[\]\.Rule|Rule|call\.(Params|Changes\[\].*))\.`)

// nested are the fields of fields in the contract, which are alike at every depth.
var nested = regexp.MustCompile(`(\.Fields\[\])+`)

// answerLines returns the fields of the answers, and the events with theirs.
func answerLines(t *testing.T) (lines []string) {
	t.Helper()
	s := frozenDemo(t)
	for _, question := range questions {
		answer := ask(s, question).Body.String()
		method, rest, _ := strings.Cut(question, " ")
		path, _, _ := strings.Cut(rest, " ")
		path, _, _ = strings.Cut(path, "?")
		if !strings.HasPrefix(path, "/_mock/") {
			continue
		}
		texts := map[string]string{"": answer}
		if strings.HasSuffix(path, "/events") {
			delete(texts, "")
			for _, m := range regexp.MustCompile(`event: (\w+)\n(?:id: .*\n)?data: (.*)\n`).FindAllStringSubmatch(answer, -1) {
				texts[m[1]] = m[2]
			}
			require.Len(t, texts, 4, answer)
		}
		for name, text := range texts {
			var value any
			require.NoError(t, json.Unmarshal([]byte(text), &value), "%s: %s", question, text)
			for _, field := range fieldsIn(name, value) {
				field = nested.ReplaceAllString(field, ".Fields[]")
				if !formsIn.MatchString(field) {
					lines = append(lines, method+" "+path+" "+field)
				}
			}
		}
	}
	return lines
}

// fieldsIn returns the fields of a JSON value, each with its type.
func fieldsIn(path string, value any) []string {
	switch value := value.(type) {
	case map[string]any:
		lines := []string{path + " object"}
		if path == "" {
			lines = nil
		}
		for name, field := range value {
			lines = append(lines, fieldsIn(strings.TrimPrefix(path+"."+name, "."), field)...)
		}
		return lines
	case []any:
		lines := []string{path + " list"}
		for _, item := range value {
			lines = append(lines, fieldsIn(path+"[]", item)...)
		}
		return lines
	case nil:
		return nil
	}
	return []string{path + " " + map[string]string{"string": "string", "float64": "number", "bool": "boolean"}[fmt.Sprintf("%T", value)]}
}
