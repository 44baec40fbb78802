package server

import (
	"fmt"
	"strings"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/ascii"
)

// A Credential is an access key that the mock knows.
type Credential struct{ ID, Secret, Account string }

// DefaultCredentials are known if no others are given.
const DefaultCredentials = "testid:testsecret"

// ParseCredentials parses id:secret[:account], separated by commas.
func ParseCredentials(text string) ([]Credential, error) {
	var list []Credential
	for _, one := range strings.Split(text, ",") {
		parts := strings.Split(strings.TrimSpace(one), ":")
		if len(parts) < 2 || len(parts) > 3 || parts[0] == "" || parts[1] == "" {
			return nil, fmt.Errorf("credential %d is not id:secret or id:secret:account", len(list)+1)
		}
		id := account.ID(account.DefaultID)
		if len(parts) == 3 {
			if err := id.Set(parts[2]); err != nil {
				return nil, fmt.Errorf("credential %d: %w, got %q", len(list)+1, err, parts[2])
			}
		}
		list = append(list, Credential{ID: parts[0], Secret: parts[1], Account: string(id)})
	}
	return list, nil
}

// A keyring has the known access keys.
type keyring struct {
	known map[string]Credential
	first Credential
}

func newKeyring(list []Credential) keyring {
	if len(list) == 0 {
		list, _ = ParseCredentials(DefaultCredentials)
	}
	k := keyring{known: make(map[string]Credential, len(list)), first: list[0]}
	for _, c := range list {
		k.known[c.ID] = c
	}
	return k
}

// account returns the account of a key: that of a known key; a key of 16 digits is
// itself the account; any other key, and none, belongs to the default account.
func (k *keyring) account(key string) string {
	if c, ok := k.known[key]; ok {
		return c.Account
	}
	if isAccountKey(key) {
		return key
	}
	return account.DefaultID
}

// secret returns the secret of a key. Keys of 16 digits have that of the first known
// key, so that tests can invent accounts.
func (k *keyring) secret(key string) (string, bool) {
	if c, ok := k.known[key]; ok {
		return c.Secret, true
	}
	return k.first.Secret, isAccountKey(key)
}

// show returns a key with its secret and account, for samples: the first known key if
// id is blank.
func (k *keyring) show(id string) (key, secret, account string) {
	if id == "" {
		id = k.first.ID
	}
	secret, _ = k.secret(id)
	return id, secret, k.account(id)
}

func isAccountKey(key string) bool { return len(key) == 16 && ascii.AreDigits(key) }
