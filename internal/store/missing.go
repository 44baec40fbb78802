package store

import "errors"

// What may be wrong with a call before its group is found.
var (
	ErrRegion        = errors.New("there is no such region")
	ErrGroup         = errors.New("the account has no such group in this region")
	ErrTokenMismatch = errors.New("the client token was used with other parameters")
)

// Missing is a group that the namespace does not have, or does not tell. It is ErrGroup,
// and tells where a group of that id is.
type Missing struct {
	ID     string
	region string // of the same account's group by that id
	others bool   // another account has one
	hidden bool   // the namespace has it, and is not to tell it yet
}

func (m *Missing) Error() string { return ErrGroup.Error() }

// Is makes a missing group ErrGroup.
func (m *Missing) Is(target error) bool { return target == ErrGroup }

// Hint tells where the group lives, "" if nowhere.
func (m *Missing) Hint() string {
	switch {
	case m.hidden:
		return "it is there; a fault hides it"
	case m.region != "":
		return "it lives in " + m.region
	case m.others:
		return "it belongs to another account"
	}
	return ""
}

// missing looks where a group is that the namespace lacks. Besides rules that name a
// peer, it is the one look beyond the namespace, and serves only a person.
func (r *Namespace) missing(id string) *Missing {
	m := &Missing{ID: id}
	if m.others = r.held.groupIDs[id] > 0; !m.others {
		return m
	}
	for _, place := range regions {
		if r.held.places[place.ID].group(r.Account, id) != nil {
			m.region = place.ID
			return m
		}
	}
	return m
}
