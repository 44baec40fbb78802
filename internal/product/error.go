package product

import (
	"fmt"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
)

// TokenFailures returns the rows of ClientToken. change is a parameter with which a
// request is not the same any more.
func TokenFailures(change string) []*rpc.Failure {
	return []*rpc.Failure{
		{On: ErrToken, Status: 400, Code: "InvalidClientToken.ValueNotSupported", Message: "The ClientToken provided is invalid.",
			When: "ClientToken has more than 64 characters, or one that is not ASCII.", Try: "ClientToken=%C3%A9"},
		{On: store.ErrTokenMismatch, Status: 400, Code: "IdempotentParameterMismatch", Message: "The request is retried with updated parameters.",
			When: "ClientToken was used with other parameters.", Try: "ClientToken=once; ClientToken=once&" + change},
	}
}

// A hinted is an error with a hint.
type hinted struct {
	error
	hint string
}

func (h *hinted) Unwrap() error { return h.error }
func (h *hinted) Hint() string  { return h.hint }

// Hinted returns an error with a hint: why a group cannot be deleted, for example.
func Hinted(err error, hint string) error { return &hinted{err, hint} }

// Quota returns an error with a hint about a quota: what of holds, and its limit.
//
//go:noinline
func Quota(err error, of string, holds, limit int, what string) error {
	return &hinted{err, fmt.Sprintf("%s already holds %d %s; its limit is %d", of, holds, what, limit)}
}
