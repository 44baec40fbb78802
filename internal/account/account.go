// Package account has what identifies an account: its id and its e-mail address.
package account

import (
	"errors"
	"strings"

	"github.com/ecsmock/ecsmock/internal/ascii"
)

// The account of calls and objects that name no other one, and its e-mail address.
const (
	DefaultID    = "1234567890123456"
	DefaultEmail = "test@aliyun.com"
)

// Why an id or an e-mail address is refused.
var (
	ErrID    = errors.New("an account id is 1 to 64 letters and digits, such as " + DefaultID)
	ErrEmail = errors.New("an e-mail address has an @ between a name and a domain, and no blanks")
)

// An ID is the id of an account, 1 to 64 letters and digits.
type ID string

// Set reads an id.
func (id *ID) Set(text string) error {
	if len(text) > 64 || !ascii.IsWord(text, "") {
		return ErrID
	}
	*id = ID(text)
	return nil
}

func (id ID) String() string { return string(id) }

// An Email is the e-mail address of an account. The @ distinguishes it from an id.
type Email string

// Set reads an address.
func (e *Email) Set(text string) error {
	name, domain, _ := strings.Cut(text, "@")
	if name == "" || domain == "" || strings.ContainsAny(text, " \t\r\n") {
		return ErrEmail
	}
	*e = Email(text)
	return nil
}

func (e Email) String() string { return string(e) }
