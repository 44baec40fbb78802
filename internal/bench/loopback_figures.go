package main

import "fmt"

// loopback is the mock against the floor, as three kinds of users run it.
func loopback(p *program) (section, error) {
	s := section{
		title: "Over loopback",
		about: fmt.Sprintf("Authorize and revoke in turn, each a hit, journal on, over %d keep-alive connections of %d calls a run, sent by another process that shares the\n"+
			"processors. The floor is a `net/http` handler in a process of its own that answers the same bytes and does nothing. Medians of %d pairs of runs, the mock and\n"+
			"the floor in turn; a ratio is the mock's by the floor's. What of a processor a call takes is the whole process's use by its calls, start and end included.",
			connections, callsEach, pairs),
	}
	for _, way := range []struct {
		name     string
		signed   bool
		settings []string
		aim, cpu aim
	}{
		{"no log", false, []string{"-log", "off"}, atLeast(0.75, 0.85), atMost(1.35, 0)},
		{"no log, `-signatures=require`", true, []string{"-log", "off", "-signatures", "require"}, atLeast(0.6, 0.7), aim{}},
		{"a log line a call into a file", false, []string{"-log", "text"}, aim{}, aim{}},
	} {
		m, err := p.play(way.signed, way.settings...)
		if err != nil {
			return s, fmt.Errorf("%s: %w", way.name, err)
		}
		s.figures = append(s.figures,
			figure{way.name + ": calls a second, ratio", median(m.ratios()), "", way.aim},
			figure{way.name + ": processor a call, ratio", m.mock.use() / m.floor.use(), "", way.cpu},
			figure{way.name + ": calls a second", median(m.mock.rates), "", aim{}},
			figure{"— of the floor", median(m.floor.rates), "", aim{}},
			figure{way.name + ": processor a call", m.mock.use(), "µs", aim{}},
			figure{"— of the floor", m.floor.use(), "µs", aim{}},
		)
	}
	return s, nil
}
