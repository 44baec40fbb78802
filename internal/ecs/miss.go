package ecs

import (
	"errors"
	"strconv"
	"time"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// miss tells why no rule has the key.
func miss(g *secgroup.Group, key secgroup.Key) error {
	if r := g.Find(key.WithNic(key.Nic().Other())); r != nil {
		return &nicMismatch{r.ID, r.Nic, key.Nic()}
	}
	return g.Miss(key)
}

// nicMismatch is a rule that is there, but for the other NIC type.
type nicMismatch struct {
	rule       string
	has, asked secgroup.Nic
}

func (m *nicMismatch) Error() string        { return secgroup.ErrNicMismatch.Error() }
func (m *nicMismatch) Is(target error) bool { return target == secgroup.ErrNicMismatch }
func (m *nicMismatch) Hint() string {
	return m.rule + " matches, but its NicType is " + m.has.String() + ", asked " + m.asked.String()
}

// revoked is an error about a rule that is not there because it was revoked.
type revoked struct {
	error
	rule string
	by   *store.Revocation
	now  time.Time
}

func (r *revoked) Unwrap() error { return r.error }

// Hint tells when and by whom, and, where a rule was looked for by what identifies
// it, what comes nearest now.
func (r *revoked) Hint() string {
	layout := time.TimeOnly
	if r.by.At.UTC().Truncate(24*time.Hour) != r.now.UTC().Truncate(24*time.Hour) {
		layout = time.DateTime
	}
	who := "a call that is still under way"
	if n := r.by.Number.Load(); n != 0 {
		who = "call number " + strconv.FormatInt(n, 10)
	}
	hint := r.rule + " was revoked at " + r.by.At.UTC().Format(layout) + " by " + who
	switch m := (*secgroup.Miss)(nil); {
	case errors.As(r.error, &m) && m.Nearest == "":
		return hint
	case errors.Is(r.error, errRuleID):
		return hint
	}
	return hint + "; " + rpc.Explain(r.error)
}
