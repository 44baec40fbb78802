package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"strconv"
)

// floorBody is an answer of the mock's to a hit, but for the id.
const (
	floorID   = "CEF72CEB-54B6-4AE8-B225-F876FF7BA984"
	floorBody = `{"RequestId":"` + floorID + `"}`
)

// serveFloor is what a server in Go costs that does nothing: it answers every
// request by the bytes that the mock answers a hit by. The garbage collector is set
// as the mock sets it.
func serveFloor() error {
	debug.SetGCPercent(400)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stdout, "listening on http://%s\n", l.Addr())
	body := []byte(floorBody)
	kind, length, id := []string{"application/json;charset=utf-8"}, []string{strconv.Itoa(len(body))}, []string{floorID}
	return http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h["Content-Type"], h["Content-Length"], h["X-Acs-Request-Id"] = kind, length, id
		w.Write(body)
	}))
}
