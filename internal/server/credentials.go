package server

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/ascii"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/sign"
	"github.com/ecsmock/ecsmock/internal/store"
)

// A Credential is an access key that the mock knows. That of a temporary key, whose id
// begins with STS., has its token; without one any token is valid.
type Credential struct{ ID, Secret, Account, Token string }

// temporary is how the ids of temporary keys begin.
const temporary = "STS."

// DefaultAccount is the account of keys that name no other one.
const DefaultAccount = account.DefaultID

// DefaultCredentials are known if no others are given.
const DefaultCredentials = "testid:testsecret"

// ParseCredentials parses id:secret[:account] and STS.id:secret:[account]:token, separated
// by commas.
func ParseCredentials(text string) ([]Credential, error) {
	var list []Credential
	for _, one := range strings.Split(text, ",") {
		parts := strings.Split(strings.TrimSpace(one), ":")
		c, err := credential(parts)
		if err != nil {
			return nil, fmt.Errorf("credential %d: %w", len(list)+1, err)
		}
		list = append(list, c)
	}
	return list, nil
}

func credential(parts []string) (Credential, error) {
	if len(parts) < 2 || len(parts) > 4 || parts[0] == "" || parts[1] == "" {
		return Credential{}, errors.New("the form is id:secret, id:secret:account or STS.id:secret:account:token")
	}
	c := Credential{ID: parts[0], Secret: parts[1], Account: account.DefaultID}
	if len(parts) == 4 {
		if c.Token = parts[3]; c.Token == "" || !strings.HasPrefix(c.ID, temporary) {
			return Credential{}, fmt.Errorf("a token belongs to an id that begins with STS., got %s; leave the fourth part out", parts[0])
		}
	}
	if len(parts) == 2 || len(parts) == 4 && parts[2] == "" {
		return c, nil
	}
	var id account.ID
	if err := id.Set(parts[2]); err != nil {
		return Credential{}, fmt.Errorf("%w, got %q", err, parts[2])
	}
	c.Account = string(id)
	return c, nil
}

// A keyring has the known access keys, and the temporary ones that AssumeRole makes.
type keyring struct {
	known map[string]Credential
	first Credential
	made  *store.Keys
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

// account returns the account of a key: that of a known key or of one that AssumeRole
// made; a key of 16 digits is itself the account; any other key, and none, belongs to the
// default account.
func (k *keyring) account(key string) string {
	if c, ok := k.known[key]; ok {
		return c.Account
	}
	if isAccountKey(key) {
		return key
	}
	if strings.HasPrefix(key, temporary) {
		if made, ok := k.made.Get(key); ok {
			return made.Account
		}
	}
	return account.DefaultID
}

// secret returns the secret of a key. Keys of 16 digits have that of the first known
// key, so that tests can invent accounts.
func (k *keyring) secret(key string) (string, bool) {
	if c, ok := k.known[key]; ok {
		return c.Secret, true
	}
	if made, ok := k.made.Get(key); ok {
		return made.Secret, true
	}
	return k.first.Secret, isAccountKey(key)
}

// claimed returns the secret of the key that signed a call at a time of the mock's clock.
// The error is that of a key that is unknown or has expired, or of its token.
func (k *keyring) claimed(c *sign.Claim, now time.Time) (string, error) {
	secret, known := k.secret(c.AccessKeyID)
	token := k.known[c.AccessKeyID].Token
	made, ok := k.made.Get(c.AccessKeyID)
	if ok {
		token = made.Token
	}
	switch {
	case strings.HasPrefix(c.AccessKeyID, temporary) && c.SecurityToken == "":
		return "", errNoToken
	case !known && c.AccessKeyID != "":
		return "", rpc.Named(errAccessKey, c.AccessKeyID)
	case token != "" && token != c.SecurityToken:
		return "", errToken
	case ok && !now.Before(made.Expires):
		return "", errExpired
	}
	return secret, nil
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
