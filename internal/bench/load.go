package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"time"
)

// load is what the other process is to send.
type load struct {
	address     string
	connections int
	calls       int // of each connection
	signed      bool
}

// args are the flags that say so.
func (l *load) args() []string {
	return []string{"load", "-address", l.address, fmt.Sprintf("-connections=%d", l.connections),
		fmt.Sprintf("-calls=%d", l.calls), fmt.Sprintf("-signed=%t", l.signed)}
}

// spell is what became of a load.
type spell struct {
	Calls   int
	Seconds float64
}

func (s *spell) rate() float64 { return float64(s.Calls) / s.Seconds }

// generate sends a load over raw connections, and prints what became of it. It has to
// be lean: what it costs is taken from the server that shares the processors with it.
func generate(args []string) error {
	var l load
	flags := flag.NewFlagSet("load", flag.ContinueOnError)
	flags.StringVar(&l.address, "address", "", "of the server")
	flags.IntVar(&l.connections, "connections", 1, "how many")
	flags.IntVar(&l.calls, "calls", 2, "of each connection")
	flags.BoolVar(&l.signed, "signed", false, "whether the calls are signed")
	if err := flags.Parse(args); err != nil {
		return err
	}
	s, err := l.send()
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(s)
}

// send makes the calls of all connections at once.
func (l *load) send() (*spell, error) {
	clients := make([]*client, l.connections)
	for i := range clients {
		conn, err := net.Dial("tcp", l.address)
		if err != nil {
			return nil, err
		}
		defer conn.Close()
		s := script{connection: i, signed: l.signed, began: time.Now()}
		clients[i] = &client{conn: conn, requests: s.requests(l.calls)}
	}
	failed := make(chan error, l.connections)
	var all sync.WaitGroup
	began := time.Now()
	for _, c := range clients {
		all.Go(func() { failed <- c.work() })
	}
	all.Wait()
	took := time.Since(began)
	for range clients {
		if err := <-failed; err != nil {
			return nil, err
		}
	}
	return &spell{l.connections * l.calls, took.Seconds()}, nil
}

// client is one connection.
type client struct {
	conn     net.Conn
	requests [][]byte
}

// success begins an answer that is one. All of them are of one length, so that an
// answer which is something else is noticed at the latest where the next begins.
var success = []byte("HTTP/1.1 200 OK\r\n")

func (c *client) work() error {
	var answer []byte
	for i, request := range c.requests {
		if _, err := c.conn.Write(request); err != nil {
			return err
		}
		if i == 0 {
			first, err := c.first()
			if err != nil {
				return err
			}
			answer = first
			continue
		}
		if _, err := io.ReadFull(c.conn, answer); err != nil {
			return err
		}
		if !bytes.HasPrefix(answer, success) {
			return fmt.Errorf("call %d is answered by %q", i, answer)
		}
	}
	return nil
}

// first reads an answer whose length is not known.
func (c *client) first() ([]byte, error) {
	var answer []byte
	part := make([]byte, 4096)
	for {
		n, err := c.conn.Read(part)
		answer = append(answer, part[:n]...)
		if err != nil {
			return nil, err
		}
		_, body, _ := strings.Cut(string(answer), "\r\n\r\n")
		switch {
		case !bytes.HasPrefix(answer, success):
			return nil, fmt.Errorf("the first call is answered by %q", answer)
		case len(body) == len(floorBody):
			return answer, nil
		case len(body) > len(floorBody):
			return nil, fmt.Errorf("a hit is answered by more bytes than the floor's: %q", answer)
		}
	}
}
