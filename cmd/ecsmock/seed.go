package main

import (
	"fmt"
	"os"

	"github.com/ecsmock/ecsmock/internal/ecs"
)

// demo is the seed that is built in.
const demo = "demo"

// readSeed reads the state to begin with, nil for none.
func readSeed(name string) ([]byte, error) {
	switch name {
	case "":
		return nil, nil
	case demo:
		return ecs.Demo, nil
	}
	seed, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read the seed %s: %w; give -seed a state file, or the word demo", name, bare(err))
	}
	return seed, nil
}
