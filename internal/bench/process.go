package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// ticks is how many there are in a second where Linux tells how long a process ran.
const ticks = 100

// spent is how much of the processors a process has used until now. It is told in
// ticks, of which there are dozens in a run and hundreds in a match.
func spent(pid int) (time.Duration, error) {
	stat, err := about(pid, "stat")
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:]) // the name before may hold anything
	if len(fields) < 13 {
		return 0, fmt.Errorf("/proc/%d/stat is short: %q", pid, stat)
	}
	user, err := strconv.Atoi(fields[11])
	if err != nil {
		return 0, err
	}
	system, err := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / ticks, err
}

// resident is the memory that a process has, in MiB.
func resident(pid int) (float64, error) {
	status, err := about(pid, "status")
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(status, "VmRSS:")
	kib, err := strconv.ParseFloat(strings.Fields(rest + " ?")[0], 64)
	return kib / 1024, err
}

func about(pid int, file string) (string, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, file))
	if err != nil {
		return "", fmt.Errorf("what a process takes is known on Linux only: %w", err)
	}
	return string(text), nil
}
