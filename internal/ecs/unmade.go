package ecs

import (
	_ "embed"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// unmadeText is the rows of the vendor's tables of 2019 to 2021 that no request to
// the mock makes, a line each: action, status, code and message. They tell of what
// a mock has not (managed and locked resources, a service that fails), or are
// another year's code for a mistake that the action's own table answers.
//
//go:embed unmade.txt
var unmadeText string

// unmade is those rows of one action. Injected faults can make them.
func unmade(action string) []rpc.Failure {
	var rows []rpc.Failure
	for line := range strings.Lines(unmadeText) {
		fields := strings.SplitN(strings.TrimSuffix(line, "\n"), "|", 4)
		if fields[0] != action {
			continue
		}
		status, _ := strconv.Atoi(fields[1])
		rows = append(rows, rpc.Failure{Status: status, Code: fields[2], Message: fields[3]})
	}
	return rows
}
