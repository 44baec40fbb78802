package clients_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// client is an SDK that these tests prove.
type client struct {
	module   string
	accounts string // what the accounts of its tests begin with
	sample   string // as the mock calls it
}

var clients = []client{
	{"github.com/aliyun/alibaba-cloud-sdk-go", ofECS, "go-v1"},
	{"github.com/alibabacloud-go/darabonba-openapi/v2", ofOpenAPI, "go-v2"},
}

// isOlderThan reports whether the SDK has no classes for an action.
func (c client) isOlderThan(action string) bool {
	return c.sample == "go-v1" && strings.Contains(action, "PortRangeList")
}

// sampled are the actions whose samples did what they should, by sample.
var sampled = map[string][]string{}

// prove writes down, a file for each client and edition, which actions succeeded in its
// tests and which of its samples did.
func prove(dir string) error {
	if dir == "" {
		return nil
	}
	calls, err := journal(endpoint, "")
	if err != nil {
		return err
	}
	if len(calls) == 0 || calls[0].Number != 1 {
		return errors.New("the journal has forgotten the first calls")
	}
	for _, c := range clients {
		if err := c.prove(dir, calls); err != nil {
			return err
		}
	}
	return nil
}

func (c client) prove(dir string, calls []call) error {
	version, err := exec.Command("go", "list", "-m", "-f", "{{.Version}}", c.module).Output()
	if err != nil {
		return fmt.Errorf("%s: %w", c.module, err)
	}
	proof, err := json.Marshal(struct {
		Language, Client, Version, Edition string
		Tests, Samples                     []string
	}{"Go", c.name(), strings.TrimSpace(string(version)), edition, c.succeeded(calls), append([]string{}, slices.Sorted(slices.Values(sampled[c.sample]))...)})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, c.sample+"-"+edition+".json"), proof, 0o644)
}

// name is what users call the SDK.
func (c client) name() string {
	_, name, _ := strings.Cut(strings.TrimPrefix(c.module, "github.com/"), "/")
	return name
}

// succeeded are the actions that succeeded in accounts of this client alone.
func (c client) succeeded(calls []call) []string {
	actions := map[string]bool{}
	for _, call := range calls {
		if call.Status == 200 && strings.HasPrefix(call.AccountId, c.accounts) {
			actions[call.name()] = true
		}
	}
	return slices.Sorted(maps.Keys(actions))
}
