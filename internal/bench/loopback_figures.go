package main

import "fmt"

// way is how the mock is run and called over loopback.
type way struct {
	name        string
	connections int
	signed      bool
	settings    []string
	rate, use   aim
}

var ways = []way{
	{"4 connections", 4, false, []string{"-log", "off"}, atLeast(0.75, 0.85), atMost(1.35, 0)},
	{"4 connections, `-signatures=require`", 4, true, []string{"-log", "off", "-signatures", "require"}, atLeast(0.6, 0.7), aim{}},
	{"4 connections, a log line a call into a file", 4, false, []string{"-log", "text"}, aim{}, aim{}},
	{"1 connection", 1, false, []string{"-log", "off"}, aim{}, aim{}},
	{"16 connections", 16, false, []string{"-log", "off"}, aim{}, aim{}},
}

// loopback is the mock against the floor.
func loopback(p *program) (section, error) {
	s := section{
		title: "Over loopback",
		about: fmt.Sprintf("Authorize and revoke in turn, each a hit, journal on and no log unless it is said, %d calls a run over keep-alive connections, sent by another process that shares the processors. The\n"+
			"floor is a `net/http` handler in a process of its own that answers the same bytes and does nothing. Medians of %d pairs of runs, the mock and the floor in turn; a\n"+
			"ratio is the mock's by the floor's. What a call takes of a processor is what /proc tells of the process before and after each run. The budgets are held against 4\n"+
			"connections; with more of them than processors the client of the floor has no time to sleep, so that only the mock has to wake one, which is the kernel's work.",
			callsARun, pairs),
	}
	for _, w := range ways {
		m, err := p.play(&w)
		if err != nil {
			return s, fmt.Errorf("%s: %w", w.name, err)
		}
		s.figures = append(s.figures,
			figure{w.name + ": calls a second, ratio", median(m.ratios()), "", w.rate},
			figure{w.name + ": processor a call, ratio", m.mock.use() / m.floor.use(), "", w.use},
			figure{"— calls a second", median(m.mock.rates), fmt.Sprintf("(floor %.0f)", median(m.floor.rates)), aim{}},
			figure{"— processor a call", m.mock.use(), fmt.Sprintf("µs (floor %.1f)", m.floor.use()), aim{}},
		)
	}
	return s, nil
}
