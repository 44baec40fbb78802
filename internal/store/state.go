package store

import (
	"iter"
	"strconv"
	"time"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// state declares the state form: what a world is made of, by wire names, once for
// reading and for writing. In reading, what is found goes into a draft.
type state struct {
	held    *inventory
	version version
	draft   *draft        // nil in writing
	rule    secgroup.Rule // the one being written
}

// state is the inventory in the state form.
func (inv *inventory) state() []byte {
	s := &state{held: inv, version: 1}
	return writeForm(s.world)
}

// merge adds a state to the inventory, or changes nothing.
func (inv *inventory) merge(text []byte) error {
	s := &state{held: inv, draft: newDraft(inv)}
	if err := readForm(text, s.world); err != nil {
		return err
	}
	s.draft.apply()
	return nil
}

func (s *state) world(f *form) {
	f.number("Version", &s.version)
	rows(f, "Accounts", s.held.accounts.worthTelling(), s.account)
	blocks(f, "SecurityGroups", s.held.all(), s.group)
	s.members(f, "Instances", secgroup.Instance, "InstanceId") // after the groups that they name
	s.members(f, "NetworkInterfaces", secgroup.Interface, "NetworkInterfaceId")
	blocks(f, "PrefixLists", s.held.prefixLists(), s.prefixList)
}

func (s *state) account(f *form, a *account) {
	f.needed("AccountId", (*accountID)(&a.ID))
	f.value("Email", (*email)(&a.Email))
	if f.reading() {
		s.draft.account(f, a)
	}
}

// whose is where everything begins that an account has in a region.
func (s *state) whose(f *form, account, region *string) {
	f.usual("AccountId", (*accountID)(account), DefaultAccount)
	f.needed("RegionId", (*regionID)(region))
}

func (s *state) group(f *form, g *secgroup.Group) {
	s.whose(f, &g.Account, &g.Region)
	f.needed("SecurityGroupId", (*secgroup.GroupID)(&g.ID))
	f.value("SecurityGroupName", &g.Name)
	f.value("Description", &g.Description)
	f.value("VpcId", (*secgroup.Text)(&g.VPC))
	f.usual("SecurityGroupType", &g.Type, "normal")
	f.usual("InnerAccessPolicy", &g.InnerAccess, usualAccess(g.Type))
	f.value("ResourceGroupId", (*secgroup.Text)(&g.ResourceGroup))
	f.flag("ServiceManaged", &g.ServiceManaged)
	f.value("CreationTime", moment{&g.Created})
	s.tags(f, &g.Tags)
	if f.reading() {
		s.draft.group(f, g)
	}
	rows(f, "Permissions", g.Rules(), func(f *form, r *secgroup.Rule) { s.permission(f, g, r) })
}

func (s *state) tags(f *form, tags *[]secgroup.Tag) {
	rows(f, "Tags", pointers(*tags), func(f *form, t *secgroup.Tag) {
		f.needed("TagKey", (*secgroup.TagKey)(&t.Key))
		f.value("TagValue", (*secgroup.TagValue)(&t.Value))
		if f.reading() {
			s.draft.tag(f, tags, t)
		}
	})
}

func (s *state) permission(f *form, g *secgroup.Group, r *secgroup.Rule) {
	if !f.reading() {
		s.rule = untold(r, g)
		r = &s.rule
	}
	f.value("SecurityGroupRuleId", (*secgroup.Text)(&r.ID))
	f.usual("Direction", &r.Direction, "ingress") // first: it names the fields of the peer
	r.Fields(func(name string, v secgroup.Value) {
		if name == "Priority" {
			f.number(name, v)
			return
		}
		f.value(name, v)
	})
	f.value("CreateTime", moment{&r.Created})
	if f.reading() {
		s.draft.rule(f, g, r)
	}
}

// usualAccess is the inside access that groups of a type have unless told.
func usualAccess(t secgroup.GroupType) string {
	g := secgroup.Group{Type: t}
	g.SetDefaults()
	return g.InnerAccess.String()
}

// untold is a rule without what reading it would settle by itself.
func untold(r *secgroup.Rule, g *secgroup.Group) secgroup.Rule {
	bare := *r
	bare.Policy, bare.Priority, bare.Nic = 0, 0, 0
	settled := bare
	settled.SetDefaults(g)
	if r.Policy != settled.Policy {
		bare.Policy = r.Policy
	}
	if r.Priority != settled.Priority {
		bare.Priority = r.Priority
	}
	if r.Nic != settled.Nic {
		bare.Nic = r.Nic
	}
	if r.Peer.Owner == g.Account {
		bare.Peer.Owner = ""
	}
	return bare
}

// version is the form's own version.
type version int

func (v *version) Set(text string) error {
	if text != "1" {
		return errVersion
	}
	*v = 1
	return nil
}

func (v *version) String() string { return strconv.Itoa(int(*v)) }

// regionID is a region that the mock knows.
type regionID string

func (r *regionID) Set(text string) error {
	if !KnownRegion(text) {
		return ErrRegion
	}
	*r = regionID(text)
	return nil
}

func (r *regionID) String() string { return string(*r) }

// moment is a time of whole seconds, in UTC.
type moment struct{ *time.Time }

func (m moment) Set(text string) error {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return errTime
	}
	if t = seconds(t); t.IsZero() || t.Year() < 1 || t.Year() > 9999 {
		return errTime
	}
	*m.Time = t
	return nil
}

func (m moment) String() string { return m.Format(time.RFC3339) }

func pointers[T any](s []T) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for i := range s {
			if !yield(&s[i]) {
				return
			}
		}
	}
}
