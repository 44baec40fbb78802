package ecsmock

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// Option is a wish about a mock to be started.
type Option func(*config) error

// config is what the options add up to.
type config struct{ server.Options }

// key is the access key that a client uses unless told.
func (c *config) key() server.Credential {
	if len(c.Keys) > 0 {
		return c.Keys[0]
	}
	keys, _ := server.ParseCredentials(server.DefaultCredentials) // a constant
	return keys[0]
}

// Seed fills the world from a state file, whose name is taken from the directory
// that the test runs in, or with "demo": the sample of the API's document. Reset
// goes back to it.
func Seed(name string) Option {
	return func(c *config) (err error) {
		if name == "demo" {
			c.Seed = ecs.Demo
			return nil
		}
		if c.Seed, err = os.ReadFile(name); err != nil {
			return fmt.Errorf("the seed cannot be read: %w; give Seed a state file, or the word demo", err)
		}
		return nil
	}
}

// SeedState fills the world with a state. Reset goes back to it.
func SeedState(state State) Option {
	return func(c *config) (err error) {
		c.Seed, err = json.Marshal(state)
		return err
	}
}

// Edition lets the mock answer as the service did in a year: 2019, which is the
// default, 2020 or 2024. They differ in some error codes and in how many rules a
// group may hold.
func Edition(year int) Option {
	return func(c *config) error {
		edition := rpc.Edition(year)
		if !edition.Valid() {
			return fmt.Errorf("there is no edition %d; give Edition 2019, 2020 or 2024", year)
		}
		c.Edition = edition
		return nil
	}
}

// Strict refuses what the API's document forbids though the service lets it pass,
// such as parameters that an action does not know.
func Strict() Option {
	return func(c *config) error { c.Options.Strict = true; return nil }
}

// Signatures says what to do about the signatures of calls: "off", which is the
// default, "warn" (verify, answer anyway, and hint at what is wrong) or "require".
func Signatures(mode string) Option {
	return func(c *config) error {
		modes := map[string]server.Signatures{"off": server.SignaturesOff, "warn": server.SignaturesWarn, "require": server.SignaturesRequire}
		signatures, ok := modes[mode]
		if !ok {
			return fmt.Errorf("there is no mode %q; give Signatures off, warn or require", mode)
		}
		c.Options.Signatures = signatures
		return nil
	}
}

// Credentials are the access keys that the mock knows, in place of testid with
// testsecret. The first is the server's AccessKeyID, and its secret is that of every
// key of 16 digits too.
func Credentials(keys ...Credential) Option {
	return func(c *config) error {
		var list []string
		for _, k := range keys {
			list = append(list, strings.TrimSuffix(k.ID+":"+k.Secret+":"+k.AccountID, ":"))
		}
		known, err := server.ParseCredentials(strings.Join(list, ","))
		if err != nil {
			return fmt.Errorf("%w; give Credentials an ID and a Secret each, without colons, commas or blanks", err)
		}
		c.Keys = known
		return nil
	}
}

// RandomSeed fixes every id that the mock makes, RequestIds included: the same calls
// in the same order get the same answers in every run.
func RandomSeed(seed uint64) Option {
	return func(c *config) error { c.Options.RandomSeed = &seed; return nil }
}

// Log writes one line for each call, with its hint. In a test, w can be t.Output().
func Log(w io.Writer) Option {
	return func(c *config) error {
		c.Options.Log = slog.New(slog.NewTextHandler(w, nil))
		return nil
	}
}
