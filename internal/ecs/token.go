package ecs

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/ascii"
)

// errToken is a client token that is none.
var errToken = errors.New("a client token has at most 64 ASCII characters")

const (
	tokenText    = "Makes the request idempotent: at most 64 ASCII characters, unique among requests."
	tokenExample = "123e4567-e89b-12d3-a456-426655440000"
)

// clientToken makes a request idempotent: the same token with the same parameters
// is answered as it was the first time, and nothing is done twice.
type clientToken string

// Set reads the token.
func (t *clientToken) Set(text string) error {
	if len(text) > 64 || !ascii.Is(text) {
		return errToken
	}
	*t = clientToken(text)
	return nil
}
