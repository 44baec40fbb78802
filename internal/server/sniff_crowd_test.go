package server

import (
	"errors"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestSniffACrowdLosesItsOldest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, l := sniffed(t, quiet(t))
		begun := time.Now()
		silent := make([]net.Conn, crowd)
		for i := range silent {
			silent[i] = inner.dial()
			defer silent[i].Close()
		}
		time.Sleep(crowdPatience / 2)
		defer inner.say([]byte("GET")).Close()
		accept(t, l)
		assert.Equal(t, crowdPatience, time.Since(begun), "when the oldest has had its share")
		assert.True(t, gone(silent[0]))

		defer inner.say([]byte("GET")).Close()
		accept(t, l)
		assert.Equal(t, crowdPatience, time.Since(begun), "and a place is free")

		go silent[crowd-1].Write([]byte("PUT"))
		accept(t, l)
		assert.Equal(t, crowdPatience, time.Since(begun), "the others keep their places")
	})
}

func TestSniffACrowdThatSpeaksIsServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, l := sniffed(t, quiet(t))
		const clients = 3 * crowd
		for range clients {
			go inner.say([]byte("GET"))
		}
		for range clients {
			accept(t, l)
			time.Sleep(time.Millisecond) // who accepts is slow
		}
	})
}

func TestSniffACrowdIsAllThatIsTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, _ := sniffed(t, quiet(t)) // and nobody accepts
		for range crowd + 1 {
			defer inner.say([]byte("GET")).Close()
		}
		select {
		case inner.conns <- accepted{err: errors.New("one too many")}:
			assert.Fail(t, "the system's queue is the place for more")
		case <-time.After(time.Hour):
		}
	})
}
