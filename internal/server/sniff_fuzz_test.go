package server

import (
	"bytes"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// FuzzSniff sends any bytes in pieces of any size: plain ones arrive whole, and
// what only looks like TLS ends before long.
func FuzzSniff(f *testing.F) {
	hello := clientHello(f)
	for _, b := range [][]byte{
		nil, {0}, {handshake}, {handshake, handshake}, {0x15, 3, 1, 0, 2, 1, 0}, {0x80, 0x2e, 1, 3, 1}, {0xff, 0xfe},
		[]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), []byte("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), []byte("\x16GET / HTTP/1.1\r\n\r\n"),
		{handshake, 3, 1, 0xff, 0xff}, {handshake, 3, 1, 0, 0}, {handshake, 3, 1, 0, 4, 1, 0, 0, 0},
		hello, hello[:len(hello)/2], append(bytes.Clone(hello), hello...),
	} {
		f.Add(b, 1)
		f.Add(b, 7)
		f.Add(b, 4096)
	}
	s := quiet(f)
	f.Fuzz(func(t *testing.T, b []byte, piece int) {
		synctest.Test(t, func(t *testing.T) {
			inner, l := sniffed(t, s)
			begun, client := time.Now(), inner.dial()
			if len(b) == 0 || b[0] == handshake {
				go sendPieces(client, b, piece)
				_, err := io.Copy(io.Discard, client)
				assert.NoError(t, err)
				assert.LessOrEqual(t, time.Since(begun), patience)
				return
			}
			go func() {
				sendPieces(client, b, piece)
				client.Close()
			}()
			got, err := io.ReadAll(accept(t, l))
			assert.NoError(t, err)
			assert.Equal(t, b, got)
		})
	})
}

// sendPieces writes in pieces, as long as someone reads.
func sendPieces(conn net.Conn, b []byte, size int) {
	size = min(max(size, 1), len(b)+1)
	for len(b) > 0 {
		n := min(size, len(b))
		if _, err := conn.Write(b[:n]); err != nil {
			return
		}
		b = b[n:]
	}
}
