package ecs

import "github.com/ecsmock/ecsmock/internal/secgroup"

// miss tells why no rule has the key.
func miss(g *secgroup.Group, key secgroup.Key) error {
	if r := g.Find(key.OfNic(key.Nic().Other())); r != nil {
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
