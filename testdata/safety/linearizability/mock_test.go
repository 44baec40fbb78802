package linearizability

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// mock is a mock as clients see it, and the account whose part of it they use.
type mock struct {
	url, account    string
	client          *http.Client
	network, direct http.RoundTripper
}

// start starts a mock of an edition, which ends with the test.
func start(t *testing.T, year int) *mock {
	edition := rpc.Edition(year)
	require.True(t, edition.Valid())
	s, err := server.New(server.Options{Edition: edition})
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ended := make(chan error)
	go func() { ended <- s.Serve(l) }()
	network := &http.Transport{MaxIdleConnsPerHost: 16}
	t.Cleanup(func() {
		network.CloseIdleConnections()
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		require.NoError(t, s.Stop(ctx))
		require.NoError(t, <-ended)
	})
	return &mock{url: "http://" + l.Addr().String(), network: network, direct: direct{s}}
}

// forPlan is the mock for a history, which has an account of its own.
func (m *mock) forPlan(p plan) *mock {
	way := m.direct
	if p.network {
		way = m.network
	}
	account := fmt.Sprint(1_000_000_000_000_000 + p.seed) // sixteen digits are an account
	return &mock{url: m.url, account: account, client: &http.Client{Transport: way}}
}

// direct carries requests to a handler without a connection in between.
type direct struct{ http.Handler }

func (d direct) RoundTrip(r *http.Request) (res *http.Response, err error) {
	defer func() {
		switch v := recover(); v {
		case nil:
		case http.ErrAbortHandler: // what a server hangs up on
			res, err = nil, io.ErrUnexpectedEOF
		default:
			panic(v)
		}
	}()
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w.Result(), nil
}
