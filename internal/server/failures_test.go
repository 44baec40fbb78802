package server_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// TestTries proves the error tables: the Try of each row is answered with that row, in
// each of its editions, in both formats, and does not change the world.
func TestTries(t *testing.T) {
	shared := map[rpc.Edition]*server.Server{}
	for _, edition := range editions {
		shared[edition] = start(t, server.Options{Seed: ecs.Demo, Edition: edition})
	}
	for _, a := range actions() {
		for i, row := range a.Failures {
			name := fmt.Sprintf("%s/%d %s", a.FullName(), i+1, row.Code)
			if row.Try == "" {
				t.Errorf("%s: the row has no Try; nothing proves that it happens: %s", name, row.When)
				continue
			}
			for _, edition := range editions {
				if !row.HoldsIn(edition) {
					continue
				}
				t.Run(fmt.Sprintf("%s/%d", name, edition), func(t *testing.T) {
					t.Parallel()
					s := shared[edition]
					if len(a.Steps(row.Try)) > 1 || row.Status == http.StatusOK { // which change the world
						s = start(t, server.Options{Seed: ecs.Demo, Edition: edition})
					}
					tryRow(t, s, edition, &a.Description, row)
				})
			}
		}
	}
}

// tryRow makes the calls of a row by GET for JSON and by POST for XML. The commands of the
// pages in api/, which contract's tests run, ask for XML by GET.
func tryRow(t *testing.T, s *server.Server, edition rpc.Edition, a *rpc.Description, row *rpc.Failure) {
	steps := a.Steps(row.Try)
	var fields [2][]string
	for i, as := range [2]struct{ method, format string }{{http.MethodGet, "JSON"}, {http.MethodPost, "XML"}} {
		for _, step := range steps[:len(steps)-1] {
			ask(s, as.method, a, step, as.format)
		}
		before := world(s)
		got := ask(s, as.method, a, steps[len(steps)-1], as.format)
		all := readAnswer(t, got)
		checkRow(t, edition, a, row, got, all)
		fields[i] = all[1:min(4, len(all))] // without the RequestId, which is in Recommend, too
		if row.Status != http.StatusOK {
			assert.Equal(t, before, world(s), "a refused call has changed the world")
		}
		if len(steps) > 1 || row.Status == http.StatusOK {
			send(s, http.MethodPost, "/_mock/reset", "")
		}
	}
	assert.Equal(t, fields[0], fields[1], "JSON and XML differ")
}

// ask calls an action with all parameters in the query or in the body.
func ask(s *server.Server, method string, a *rpc.Description, query, format string) answer {
	query = "Action=" + a.Name + "&Version=" + a.Product.Version + "&Format=" + format + "&" + query
	if method == http.MethodGet {
		return get(s, "/?"+query)
	}
	return send(s, method, "/", query, "Content-Type: application/x-www-form-urlencoded")
}

// readAnswer returns the fields of an answer. It checks what holds of every answer.
func readAnswer(t *testing.T, got answer) []string {
	t.Helper()
	all, err := leaves(got.Body)
	require.NoError(t, err, got.Body)
	require.NotEmpty(t, all, got.Body)
	assert.Equal(t, "RequestId="+got.Header.Get("X-Acs-Request-Id"), all[0])
	format := "application/json;charset=utf-8"
	if strings.HasPrefix(got.Body, "<") {
		format = "text/xml;charset=utf-8"
	}
	assert.Equal(t, format, got.Header.Get("Content-Type"))
	return all
}

// checkRow compares an answer with a row. If the row's status is 200, the answer has
// only the id of the request.
func checkRow(t *testing.T, edition rpc.Edition, a *rpc.Description, row *rpc.Failure, got answer, fields []string) {
	t.Helper()
	assert.Equal(t, int(row.Status), got.Status, got.Body)
	if row.Status == http.StatusOK {
		assert.Len(t, fields, 1, got.Body)
		return
	}
	require.Len(t, fields, 5, got.Body)
	assert.Equal(t, "HostId=localhost", fields[1])
	assert.Equal(t, "Code="+row.Code, fields[2])
	assert.Contains(t, messages(row), strings.TrimPrefix(fields[3], "Message="))
	address := ""
	if edition >= rpc.Edition2025 {
		address = "https://api.aliyun.com/troubleshoot?q=" + row.Code + "&product=" + a.Product.Name + "&requestId=" + got.Header.Get("X-Acs-Request-Id")
	}
	assert.Equal(t, "Recommend="+address, fields[4])
}

// messages returns the possible messages of a row. The %s is the parameter that the Try
// sets last: Permissions.1.PortRange is named so, by its list or by its field; or the request.
func messages(row *rpc.Failure) []string {
	if !strings.Contains(row.Message, "%s") {
		return []string{row.Message}
	}
	last := row.Try[strings.LastIndexAny(row.Try, "& ")+1:]
	name, _, _ := strings.Cut(strings.TrimPrefix(last, "-"), "=")
	var all []string
	for _, name := range append(strings.Split(name, "."), name, "the request") {
		all = append(all, strings.ReplaceAll(row.Message, "%s", name))
	}
	return all
}

// TestExamples proves that the example of each action succeeds.
func TestExamples(t *testing.T) {
	for _, a := range actions() {
		for _, edition := range editions {
			t.Run(fmt.Sprintf("%s/%d", a.FullName(), edition), func(t *testing.T) {
				t.Parallel()
				var fields [2][]string
				for i, format := range []string{"JSON", "XML"} {
					s := start(t, server.Options{Seed: ecs.Demo, Edition: edition})
					freeze(t, s)
					got := ask(s, http.MethodGet, &a.Description, a.Example, format)
					assert.Equal(t, http.StatusOK, got.Status, got.Body)
					fields[i] = readAnswer(t, got)
				}
				assert.Equal(t, fields[0], fields[1], "JSON and XML differ")
			})
		}
	}
}

// A seed is added. One with an error changes nothing.
func TestSeedIsMerged(t *testing.T) {
	s := demo(t)
	before := world(s)
	got := send(s, http.MethodPost, "/_mock/seed", `{"SecurityGroups": [{"RegionId": "cn-beijing", "SecurityGroupId": "sg-9"}, {"RegionId": "cn-beijing"}]}`)
	assert.Equal(t, http.StatusBadRequest, got.Status)
	assert.Contains(t, errorOf(t, got), "SecurityGroups[1].SecurityGroupId: ")
	assert.Equal(t, before, world(s))
	got = send(s, http.MethodPost, "/_mock/seed", `{"SecurityGroups": [{"RegionId": "cn-beijing", "SecurityGroupId": "sg-9"}]}`)
	assert.Equal(t, http.StatusOK, got.Status, got.Body)
	assert.Contains(t, world(s), `"sg-9"`)
	send(s, http.MethodPost, "/_mock/reset", "")
	assert.Equal(t, before, world(s))
}

func TestResetOfOneAccount(t *testing.T) {
	const create = "/?Action=CreateSecurityGroup&RegionId=cn-beijing&AccessKeyId="
	s := start(t, server.Options{})
	get(s, create+"1111111111111111")
	get(s, create+"2222222222222222")
	send(s, http.MethodPost, "/_mock/faults", `[{"Action": "*", "AccountId": "1111111111111111", "DelayMs": 1}, {"Action": "*", "AccountId": "2222222222222222", "DelayMs": 1}]`)
	for _, query := range []string{"?colour=red", "?account=", "?account=a-b", "?account=1&account=2", "?account=1&colour=red"} {
		got := send(s, http.MethodPost, "/_mock/reset"+query, "")
		assert.Equal(t, http.StatusBadRequest, got.Status, query)
		errorOf(t, got)
	}
	assert.Equal(t, []int64{1, 2}, numbers(t, s, ""))
	got := send(s, http.MethodPost, "/_mock/reset?account=1111111111111111", "")
	assert.JSONEq(t, `{"Status": "ok", "Version": "", "Edition": 2019, "Strict": false, "Shadow": "", "Signatures": "off", "SecurityGroups": 1}`, got.Body)
	assert.Equal(t, []int64{2}, numbers(t, s, ""))
	assert.NotContains(t, world(s), "1111111111111111")
	assert.Contains(t, world(s), "2222222222222222")
	faults := get(s, "/_mock/faults").Body
	assert.NotContains(t, faults, "1111111111111111")
	assert.Contains(t, faults, "2222222222222222")
}

// Stop does not wait for followers of the journal.
func TestStopEndsFollowers(t *testing.T) {
	s := start(t, server.Options{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	got, err := http.Get("http://" + l.Addr().String() + "/_mock/journal?follow")
	require.NoError(t, err)
	defer got.Body.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	assert.NoError(t, s.Stop(ctx))
	assert.NoError(t, <-served)
	_, err = io.ReadAll(got.Body)
	assert.NoError(t, err, "the stream ends properly")
}
