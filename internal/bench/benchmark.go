package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// results are what the benchmarks of the packages measured: by name, without the
// number of processors, and unit, the values of all runs.
type results map[string]map[string][]float64

// benchmarks runs those that match, one package after the other.
func benchmarks(match string, times int, during string, packages ...string) (results, error) {
	args := []string{"test", "-p", "1", "-run", "^$", "-bench", match, "-benchmem", "-benchtime", during, "-count", strconv.Itoa(times)}
	cmd := exec.Command("go", append(args, packages...)...)
	cmd.Env, cmd.Stderr = append(os.Environ(), "GOGC=400"), os.Stderr // as the program sets it
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", strings.Join(cmd.Args[1:], " "), err, out)
	}
	return read(out)
}

var processors = regexp.MustCompile(`-\d+$`)

// read reads what go test prints: a name, how often, and values with their units.
func read(out []byte) (results, error) {
	all := results{}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		name := processors.ReplaceAllString(strings.TrimPrefix(fields[0], "Benchmark"), "")
		if all[name] == nil {
			all[name] = map[string][]float64{}
		}
		for i := 2; i+1 < len(fields); i += 2 {
			value, err := strconv.ParseFloat(fields[i], 64)
			if err != nil {
				return nil, fmt.Errorf("%q is no line of a benchmark: %w", lines.Text(), err)
			}
			all[name][fields[i+1]] = append(all[name][fields[i+1]], value)
		}
	}
	return all, nil
}

// of is the least that a benchmark measured: whatever else the machine does can only
// add to it. One that is not there is a defect of the report, which would go on
// showing it as free.
func (r results) of(name, unit string) float64 {
	values := r[name][unit]
	if len(values) == 0 {
		panic("bench: no benchmark has measured " + name + " in " + unit)
	}
	return slices.Min(values)
}
