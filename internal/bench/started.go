package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"
)

// starts is how often the program is started.
const starts = 21

// started is the program that was just started: how soon it answers, how much it
// takes while nobody asks anything, and how large it is.
func started(p *program) (section, error) {
	s := section{title: "The program", about: fmt.Sprintf("Medians of %d starts, each until the first answer has come; then the program is idle. Sizes are of the stripped file.", starts)}
	var took, memory []float64
	for range starts {
		ms, mib, err := p.startOnce()
		if err != nil {
			return s, err
		}
		took, memory = append(took, ms), append(memory, mib)
	}
	file, err := os.Stat(p.path)
	if err != nil {
		return s, err
	}
	s.figures = []figure{
		{"start to first answer", median(took), "ms", atMost(15, 6)},
		{"memory when idle (resident)", median(memory), "MiB", atMost(15, 8)},
		{"the program, stripped", float64(file.Size()) / 1e6, "MB", atMost(9, 7)},
	}
	return s, nil
}

// startOnce tells how many milliseconds a start takes, and how many MiB are used.
func (p *program) startOnce() (ms, mib float64, err error) {
	began := time.Now()
	r, err := p.mock("-log", "off")
	if err != nil {
		return 0, 0, err
	}
	defer r.stop()
	if err := ask(r.address); err != nil {
		return 0, 0, err
	}
	ms = float64(time.Since(began).Microseconds()) / 1000
	mib, err = resident(r.Process.Pid)
	return ms, mib, err
}

// ask makes one call as plainly as can be: what a client costs is not the mock's.
func ask(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET /?Action=DescribeRegions&Format=JSON HTTP/1.1\r\nHost: %s\r\n\r\n", address)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return errors.New("the first call is answered by " + answer.Status)
	}
	return nil
}
