package ecsmock

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// An Option is a setting of a mock.
type Option func(*config) error

// config is the settings of a mock.
type config struct{ server.Options }

// key returns the access key of the Server's fields.
func (c *config) key() server.Credential {
	if len(c.Keys) > 0 {
		return c.Keys[0]
	}
	keys, _ := server.ParseCredentials(server.DefaultCredentials) // a constant
	return keys[0]
}

// Seed starts the mock with a state file, or with "demo", the built-in demo world. The
// name is relative to the test's directory. Reset restores it.
func Seed(name string) Option {
	return func(c *config) (err error) {
		if name == "demo" {
			c.Seed = ecs.Demo
			return nil
		}
		if c.Seed, err = os.ReadFile(name); err != nil {
			return fmt.Errorf("cannot read the seed: %w; Seed is a state file or demo", err)
		}
		return nil
	}
}

// SeedState starts the mock with a state. Reset restores it.
func SeedState(state State) Option {
	return func(c *config) (err error) {
		c.Seed, err = json.Marshal(state)
		return err
	}
}

// Latest is the newest edition, for Edition.
const Latest = int(rpc.Edition2025)

// Edition makes the mock answer as the service did in a year: 2019 (the default), 2020
// or 2025, which is Latest. Editions differ in error codes and in limits.
func Edition(year int) Option {
	return func(c *config) error {
		edition := rpc.Edition(year)
		if !edition.Valid() {
			return fmt.Errorf("Edition is %s, got %d", rpc.EditionNames(strconv.Itoa(year)), year)
		}
		c.Edition = edition
		return nil
	}
}

// Regions adds regions to those that every mock has. A region that a state names exists,
// too.
func Regions(ids ...string) Option {
	return func(c *config) (err error) {
		if c.Options.Regions, err = server.ParseRegions(strings.Join(ids, ",")); err != nil {
			return fmt.Errorf("Regions: %w", err)
		}
		return nil
	}
}

// Strict makes the mock refuse requests that the API's documentation forbids but the
// service accepts, such as unknown parameters.
func Strict() Option {
	return func(c *config) error { c.Options.Strict = true; return nil }
}

// Signatures sets how signatures are checked: "off" (the default), "warn" (answer, and
// say in the hint what is wrong) or "require".
func Signatures(mode string) Option {
	return func(c *config) error {
		modes := map[string]server.Signatures{"off": server.SignaturesOff, "warn": server.SignaturesWarn, "require": server.SignaturesRequire}
		signatures, ok := modes[mode]
		if !ok {
			return fmt.Errorf("Signatures is off, warn or require, got %q", mode)
		}
		c.Options.Signatures = signatures
		return nil
	}
}

// Credentials sets the access keys of the mock, instead of testid with testsecret. The
// first is the Server's AccessKeyID; access key ids of 16 digits share its secret. With
// Signatures, a temporary key must send its token.
func Credentials(keys ...Credential) Option {
	return func(c *config) error {
		var list []string
		for _, k := range keys {
			list = append(list, strings.TrimRight(k.ID+":"+k.Secret+":"+k.AccountID+":"+k.Token, ":"))
		}
		known, err := server.ParseCredentials(strings.Join(list, ","))
		if err != nil {
			return fmt.Errorf("Credentials: %w; each needs an ID and a Secret, without colons, commas or blanks", err)
		}
		c.Keys = known
		return nil
	}
}

// RandomSeed makes generated ids, including RequestIds, repeatable: the same calls in
// the same order get the same answers in every run.
func RandomSeed(seed uint64) Option {
	return func(c *config) error { c.Options.RandomSeed = &seed; return nil }
}

// Log writes a line for each call, with its hint. In a test, w can be t.Output().
func Log(w io.Writer) Option {
	return func(c *config) error {
		c.Options.Log = slog.New(slog.NewTextHandler(w, nil))
		return nil
	}
}
