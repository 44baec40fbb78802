package secgroup

// Limits is how much the service allows; what is loaded as state is not bound by it.
type Limits struct {
	RulesPerGroup   int // in and out together
	GroupRules      int // rules of a group that name a group, 0 for no limit of their own
	GroupsPerRegion int // of one account
	TagsPerGroup    int
}

// LimitsOf tells the limits of an edition by its year: from 2020 on a group may
// hold 200 rules, before that 100; in 2024 at most 20 of them name a group.
func LimitsOf(year int) Limits {
	l := Limits{RulesPerGroup: 200, GroupsPerRegion: 100, TagsPerGroup: 20}
	if year >= 2024 {
		l.GroupRules = 20
	}
	if year < 2020 {
		l.RulesPerGroup = 100
	}
	return l
}

// Capacity is how many instances the group can have.
func (g *Group) Capacity() int {
	switch {
	case g.Type == Enterprise:
		return 65536
	case g.Classic():
		return 1000
	}
	return 2000
}
