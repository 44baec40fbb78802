package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/ecsmock/ecsmock/internal/server"
)

// checkSeed loads a seed into an empty world, and prints what that has then.
func checkSeed(_ context.Context, args []string, environ env, out, _ io.Writer) error {
	var s settings
	words, rest := words(nil, args)
	if err := parse("seed", nil, rest, environ, out); err != nil {
		return err
	}
	if len(words) != 2 || words[0] != "check" || words[1] == "" {
		return usageError{errors.New("seed needs check and one file, as in ecsmock seed check world.json; - is standard input, and demo the built-in demo world")}
	}
	var seed []byte
	var err error
	if s.seed = words[1]; s.seed == "-" {
		s.seed = "of standard input"
		seed, err = io.ReadAll(os.Stdin)
	} else {
		seed, err = readSeed(s.seed)
	}
	if err != nil {
		return err
	}
	srv, err := server.New(server.Options{Seed: seed})
	if err != nil {
		return s.invalidSeed(err)
	}
	_, err = fmt.Fprintf(out, "the seed %s is valid\n%s", s.seed, counts(srv.World().State()))
	return err
}

// invalidSeed returns the error of a seed that is refused.
func (s *settings) invalidSeed(err error) error {
	return fmt.Errorf("the seed %s is not valid: %w", s.seed, err)
}

// counts returns a line for each list of a state that is not empty, and one for the rules.
func counts(state []byte) (lines string) {
	var lists map[string]json.RawMessage
	json.Unmarshal(state, &lists)
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		var list []struct{ Permissions []struct{} }
		json.Unmarshal(lists[name], &list) // Version is no list
		rules := 0
		for i := range list {
			rules += len(list[i].Permissions)
		}
		for _, row := range []struct {
			name string
			n    int
		}{{name, len(list)}, {name + ".Permissions", rules}} {
			if row.n > 0 {
				lines += fmt.Sprintf("%6d %s\n", row.n, row.name)
			}
		}
	}
	return lines
}
