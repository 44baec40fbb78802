package server_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

// A seed is added; one that is refused is told by its path, and nothing changes.
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
	assert.JSONEq(t, `{"Status": "ok", "Version": "", "Edition": 2019, "Strict": false, "Signatures": "off", "SecurityGroups": 1}`, got.Body)
	assert.Equal(t, []int64{2}, numbers(t, s, ""))
	assert.NotContains(t, world(s), "1111111111111111")
	assert.Contains(t, world(s), "2222222222222222")
	faults := get(s, "/_mock/faults").Body
	assert.NotContains(t, faults, "1111111111111111")
	assert.Contains(t, faults, "2222222222222222")
}

// A stop does not wait for those who follow the journal.
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
