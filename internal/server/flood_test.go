package server

import (
	"io"
	"net"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	flood = 2000 // connections
	// floodPrice is what one of them may cost, in bytes, its client's end included: two
	// goroutines and net/http's buffers.
	floodPrice = 48 << 10
)

// Thousands of connections that do nothing, be they silent, idle or half a request,
// cost a bounded amount each, and others are answered all the while.
func TestAFloodOfConnectionsIsBorne(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"silent", ""},
		{"hello", "\x16\x03\x01\x02\x00\x01"},
		{"half", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nAction="},
		{"idle", "GET /?Action=DescribeRegions HTTP/1.1\r\nHost: localhost\r\n\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, addr := running(t, func(*Server) {})
			before := memory()
			for range flood {
				conn, err := net.Dial("tcp", addr)
				require.NoError(t, err)
				defer conn.Close()
				_, err = io.WriteString(conn, c.text)
				require.NoError(t, err)
			}
			begun := time.Now()
			for range 20 {
				assertAnswers(t, addr)
			}
			took, cost := time.Since(begun), memory()-before
			t.Logf("%d connections: %d bytes each; 20 calls beside them took %s", flood, cost/flood, took)
			assert.Less(t, cost, flood*floodPrice)
		})
	}
}

// memory is what is in use, once what can be freed is, stacks included.
func memory() int {
	runtime.GC()
	runtime.GC() // what the first finalized
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapInuse + m.StackInuse)
}
