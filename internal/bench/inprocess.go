package main

import "fmt"

// runs is how often each benchmark is run.
const runs = 9

// row is a benchmark of the packages, and what it should come to.
type row struct {
	what, benchmark string
	time            aim // in microseconds
}

var rows = []row{
	{"a hit, authorize and revoke in turn", "Hit", atMost(5, 3)},
	{"the same, sent as a form", "HitInBody", aim{}},
	{"a miss with its hint, among 10 rules", "Miss/rules=10", atMost(8, 0)},
	{"a miss with its hint, among 100,000 rules", "Miss/rules=100000", atMost(8, 0)},
	{"a refused `PortRange`", "BadPortRange", aim{}},
	{"100 `Permissions`", "HundredPermissions", atMost(150, 0)},
	{"describe 100 rules", "DescribeHundred", aim{}},
	{"of a hit: read and decode", "Decode", aim{}},
	{"of a hit: render", "Render/done", aim{}},
	{"render 100 rules", "Render/rules=100", aim{}},
	{"sign by version 1.0", "V1Sign", aim{}},
	{"sign by ACS3", "ACS3Sign", aim{}},
	{"verify a signature of version 1.0", "V1Verify", aim{}},
	{"verify a signature of ACS3", "ACS3Verify", aim{}},
	{"8 write and 8 read, all in one account", "Crowd/accounts=1", aim{}},
	{"8 write and 8 read, in an account each", "Crowd/accounts=16", aim{}},
}

// inProcess is what the packages' own benchmarks tell.
func inProcess(*program) (section, error) {
	s := section{
		title: "In process",
		about: fmt.Sprintf("A call is one of `ServeHTTP`, journal on, no log. Of %d runs of the packages' benchmarks the least counts: whatever else the machine does can\n"+
			"only add to it. Where 8 write and 8 read all at once, those who read describe a group of ten rules, and the time is from one answer to the next.", runs),
	}
	calls, err := benchmarks("^Benchmark(Hit|HitInBody|Miss|BadPortRange|HundredPermissions|DescribeHundred|Decode|Render|V1Sign|ACS3Sign|V1Verify|ACS3Verify|Crowd)$",
		runs, "0.1s", "./internal/server", "./internal/ecs", "./internal/sign")
	if err != nil {
		return s, err
	}
	s.figures = []figure{{"allocations of a hit", calls.of("Hit", "allocs/op"), "", atMost(15, 8)}}
	for _, r := range rows {
		unit := fmt.Sprintf("µs, %.0f allocations", calls.of(r.benchmark, "allocs/op"))
		s.figures = append(s.figures, figure{r.what, calls.of(r.benchmark, "ns/op") / 1000, unit, r.time})
	}
	return s, s.sizes()
}

// sizes is what becomes of a call, a rule and a start when there is much of it.
func (s *section) sizes() error {
	among, err := benchmarks("^BenchmarkHitAmong$", runs, "20000x", "./internal/server")
	if err != nil {
		return err
	}
	few := among.of("HitAmong/groups=1/rules=10", "ns/op")
	s.figures = append(s.figures, figure{"a revoke that hits, 1 group of 10 rules", few / 1000, "µs", aim{}})
	for _, m := range []struct{ what, benchmark string }{
		{"among 1,000 rules", "HitAmong/groups=1/rules=1000"},
		{"among 100,000 rules", "HitAmong/groups=1/rules=100000"},
		{"in one of 1,000 groups", "HitAmong/groups=1000/rules=10"},
		{"in one of 100,000 groups", "HitAmong/groups=100000/rules=10"},
	} {
		s.figures = append(s.figures, figure{"— " + m.what + ", ratio", among.of(m.benchmark, "ns/op") / few, "", atMost(1.5, 0)})
	}
	held, err := benchmarks("^BenchmarkBytesPerRule$/^a_million$", 1, "1x", "./internal/store")
	if err != nil {
		return err
	}
	begun, err := benchmarks("^BenchmarkStart$", runs, "20x", "./api/ecsmock")
	if err != nil {
		return err
	}
	s.figures = append(s.figures,
		figure{"a stored rule, of a million in 1,000 groups", held.of("BytesPerRule/a_million", "B/rule"), "B", atMost(600, 400)},
		figure{"start to first answer, in a Go test", begun.of("Start", "ns/op") / 1e6, "ms", atMost(1, 0)})
	return nil
}
