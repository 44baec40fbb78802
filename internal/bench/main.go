// Command bench measures the budgets of the mock and writes api/BENCH.md. It builds the
// program, compares it over loopback with a bare net/http server, and runs the
// benchmarks of the packages. Run it at the top of the module: go run ./internal/bench
package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"
)

const (
	page  = "api/BENCH.md"
	quiet = 0.5 // the highest load of a machine that is fit for measuring
)

func main() {
	run := measure
	if len(os.Args) == 2 && os.Args[1] == "bare" {
		run = serveBare
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// A figure is a row of the page.
type figure struct {
	what    string
	value   float64
	unit    string
	budget  float64 // 0 for none
	atLeast bool    // the budget is a minimum
}

func measure() error {
	load, err := loadAverage()
	if err != nil {
		return err
	}
	if load > quiet && os.Getenv("FORCE") != "1" {
		return fmt.Errorf("the machine is busy, %s is unchanged: its load is %.2f, and must be at most %.1f; FORCE=1 measures anyway", page, load, quiet)
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	began, program := time.Now(), filepath.Join(dir, "ecsmock")
	build := exec.Command("make", "-s", "build", "PROGRAM="+program)
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return err
	}
	figures, err := overLoopback(program, dir)
	if err != nil {
		return err
	}
	inProcess, err := ofPackages()
	if err != nil {
		return err
	}
	tests, err := testTime()
	if err != nil {
		return err
	}
	text := report(append(append(figures, inProcess...), tests), began, load)
	fmt.Print(text)
	return os.WriteFile(page, []byte(text), 0o644)
}

// loadAverage returns the load of the machine over the last minute.
func loadAverage() (float64, error) {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return 0, fmt.Errorf("measuring needs Linux: %w", err)
	}
	return strconv.ParseFloat(strings.Fields(string(text))[0], 64)
}

// starts returns the figures of a program that has just started.
func starts(program string) ([]figure, error) {
	var took, memory []float64
	for range 21 {
		began := time.Now()
		p, err := start(program, "-addr", "127.0.0.1:0", "-log", "off")
		if err != nil {
			return nil, err
		}
		res, err := http.Get("http://" + p.address + "/?Action=DescribeRegions&Format=JSON")
		if err != nil {
			return nil, err
		}
		res.Body.Close()
		took, memory = append(took, float64(time.Since(began).Microseconds())/1e3), append(memory, p.resident())
		p.stop()
	}
	file, err := os.Stat(program)
	if err != nil {
		return nil, err
	}
	return []figure{
		{what: "start to first answer", value: median(took), unit: "ms", budget: 15},
		{what: "idle memory", value: median(memory), unit: "MiB", budget: 15},
		{what: "binary, stripped", value: float64(file.Size()) / 1e6, unit: "MB", budget: 10},
	}, nil
}

// testTime returns how long the tests of the module take.
func testTime() (figure, error) {
	began := time.Now()
	cmd := exec.Command("make", "test")
	cmd.Env = append(os.Environ(), "GOFLAGS="+os.Getenv("GOFLAGS")+" -count=1") // nothing from the cache
	out, err := cmd.CombinedOutput()
	if err != nil {
		return figure{}, fmt.Errorf("go test: %w\n%s", err, out)
	}
	return figure{what: "`make test`", value: time.Since(began).Seconds(), unit: "s", budget: 30}, nil
}

// ofPackages returns the figures of the packages' benchmarks.
func ofPackages() ([]figure, error) {
	b := results{}
	for _, args := range [][]string{
		{"^Benchmark(Hit|Miss|HundredPermissions)$", "0.2s", "7", "./internal/server"},
		{"^BenchmarkHitAmong$", "20000x", "7", "./internal/server"},
		{"^Benchmark(HasRule|Start)$", "0.1s", "7", "./api/ecsmock"},
		{"^BenchmarkBytesPerRule$/^a_million$", "1x", "1", "./internal/store"},
	} {
		cmd := exec.Command("go", "test", "-run", "^$", "-bench", args[0], "-benchtime", args[1], "-count", args[2], "-benchmem", args[3])
		cmd.Env, cmd.Stderr = append(os.Environ(), "GOGC=125"), os.Stderr // as the program sets it
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("%v: %w\n%s", cmd.Args, err, out)
		}
		b.read(out)
	}
	few := b.least("HitAmong/groups=1/rules=10", "ns/op")
	return []figure{
		{what: "a hit in process", value: b.least("Hit", "ns/op") / 1e3, unit: "µs", budget: 5},
		{what: "allocations of a hit", value: b.least("Hit", "allocs/op"), budget: 15},
		{what: "a miss with its hint, among 10 rules", value: b.least("Miss/rules=10", "ns/op") / 1e3, unit: "µs", budget: 8},
		{what: "a miss with its hint, among 100,000 rules", value: b.least("Miss/rules=100000", "ns/op") / 1e3, unit: "µs", budget: 8},
		{what: "100 `Permissions`", value: b.least("HundredPermissions", "ns/op") / 1e3, unit: "µs", budget: 150},
		{what: "a hit among 100,000 rules, ratio to 10", value: b.least("HitAmong/groups=1/rules=100000", "ns/op") / few, budget: 1.5},
		{what: "a hit among 100,000 groups, ratio to 1", value: b.least("HitAmong/groups=100000/rules=10", "ns/op") / few, budget: 1.5},
		{what: "`HasRule` among 10 rules", value: b.least("HasRule/rules=10", "ns/op") / 1e3, unit: "µs", budget: 20},
		{what: "`HasRule` among 20,000 rules", value: b.least("HasRule/rules=20000", "ns/op") / 1e3, unit: "µs", budget: 20},
		{what: "a stored rule, of a million", value: b.least("BytesPerRule/a_million", "B/rule"), unit: "bytes", budget: 700},
		{what: "start to first answer in a Go test", value: b.least("Start", "ns/op") / 1e6, unit: "ms", budget: 1},
	}, nil
}

// results are the least values of benchmarks, by name and unit.
type results map[string]map[string]float64

var cores = regexp.MustCompile(`-\d+$`)

// read adds what go test prints: a name, a count, and values with their units.
func (r results) read(out []byte) {
	for line := range bytes.Lines(out) {
		fields := strings.Fields(string(line))
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		name := cores.ReplaceAllString(strings.TrimPrefix(fields[0], "Benchmark"), "")
		if r[name] == nil {
			r[name] = map[string]float64{}
		}
		for i := 2; i+1 < len(fields); i += 2 {
			value, err := strconv.ParseFloat(fields[i], 64)
			if old, ok := r[name][fields[i+1]]; err == nil && (!ok || value < old) {
				r[name][fields[i+1]] = value
			}
		}
	}
}

// least returns the least value of a benchmark, and panics if there is none: the page
// would show a figure of 0.
func (r results) least(name, unit string) float64 {
	value, ok := r[name][unit]
	if !ok {
		panic("bench: no benchmark " + name + " in " + unit)
	}
	return value
}

// report returns the page.
func report(figures []figure, began time.Time, load float64) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# Benchmarks

Written by `+"`make bench`"+` on %s in %s. %s, %d cores, %s. The load of the machine before the start was %.2f.

Over loopback, the mock is compared with a bare `+"`net/http`"+` handler that answers the same bytes: %d pairs of runs in turn, %d
calls a run, medians; both collect garbage with GOGC=125. The load is revokes and authorizes in turn, all successful, with the
17 parameters of an SDK, on 1,000 different rules in 16 groups. It runs on the same cores. The other figures are the least
of several runs of Go benchmarks.

| what | figure | budget | met |
|---|---|---|---|
`, began.UTC().Format("2006-01-02"), time.Since(began).Round(time.Second), cpuModel(), runtime.NumCPU(), runtime.Version(), load, pairs, callsARun)
	for _, f := range figures {
		met, sign := "yes", "≤"
		if f.atLeast {
			sign = "≥"
		}
		if f.atLeast && f.value < f.budget || !f.atLeast && f.value > f.budget {
			met = "**no**"
		}
		budget := fmt.Sprintf("%s %g", sign, f.budget)
		if f.budget == 0 {
			budget, met = "", ""
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", f.what, strings.TrimSpace(fmt.Sprintf("%.3g %s", f.value, f.unit)), budget, met)
	}
	return b.String()
}

func cpuModel() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	_, rest, _ := strings.Cut(string(info), "model name")
	line, _, _ := strings.Cut(rest, "\n")
	return strings.Trim(line, "\t :")
}
