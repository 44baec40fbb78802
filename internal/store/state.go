package store

import (
	"errors"
	"iter"
	"strconv"
	"time"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/form"
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
	return form.Write(s.world)
}

// merge adds a state to the inventory, or changes nothing.
func (inv *inventory) merge(text []byte) error {
	s := &state{held: inv, draft: newDraft(inv)}
	err := form.Read(text, s.world)
	switch {
	case errors.Is(err, form.ErrEmpty):
		return errEmpty
	case err != nil:
		return err
	}
	s.draft.apply()
	return nil
}

func (s *state) world(f *form.Object) {
	f.Number("Version", &s.version)
	form.Rows(f, "Accounts", s.held.accounts.worthTelling(), s.account)
	form.Blocks(f, "SecurityGroups", s.held.all(), s.group)
	s.members(f, "Instances", secgroup.Instance, "InstanceId") // after the groups that they name
	s.members(f, "NetworkInterfaces", secgroup.Interface, "NetworkInterfaceId")
	form.Blocks(f, "PrefixLists", s.held.prefixLists(), s.prefixList)
}

func (s *state) account(f *form.Object, a *knownAccount) {
	f.Required("AccountId", (*account.ID)(&a.ID))
	f.Value("Email", (*account.Email)(&a.Email))
	if f.Reading() {
		s.draft.account(f, a)
	}
}

// whose is where everything begins that an account has in a region.
func (s *state) whose(f *form.Object, owner, region *string) {
	f.Default("AccountId", (*account.ID)(owner), account.DefaultID)
	f.Required("RegionId", (*regionID)(region))
}

func (s *state) group(f *form.Object, g *secgroup.Group) {
	s.whose(f, &g.Account, &g.Region)
	f.Required("SecurityGroupId", (*secgroup.GroupID)(&g.ID))
	f.Value("SecurityGroupName", &g.Name)
	f.Value("Description", &g.Description)
	f.Text("VpcId", &g.VPC)
	f.Default("SecurityGroupType", &g.Type, "normal")
	f.Default("InnerAccessPolicy", &g.InnerAccess, usualAccess(g.Type))
	f.Text("ResourceGroupId", &g.ResourceGroup)
	f.Flag("ServiceManaged", &g.ServiceManaged)
	f.Value("CreationTime", moment{&g.Created})
	s.tags(f, &g.Tags)
	if f.Reading() {
		s.draft.group(f, g)
	}
	form.Rows(f, "Permissions", g.Rules(), func(f *form.Object, r *secgroup.Rule) { s.permission(f, g, r) })
}

func (s *state) tags(f *form.Object, tags *[]secgroup.Tag) {
	form.Rows(f, "Tags", pointers(*tags), func(f *form.Object, t *secgroup.Tag) {
		f.Required("TagKey", (*secgroup.TagKey)(&t.Key))
		f.Value("TagValue", (*secgroup.TagValue)(&t.Value))
		if f.Reading() {
			s.draft.tag(f, tags, t)
		}
	})
}

func (s *state) permission(f *form.Object, g *secgroup.Group, r *secgroup.Rule) {
	if !f.Reading() {
		s.rule = untold(r, g)
		r = &s.rule
	}
	s.fields(f, r)
	if f.Reading() {
		s.draft.rule(f, g, r)
	}
}

// fields declares the fields of a rule.
func (s *state) fields(f *form.Object, r *secgroup.Rule) {
	f.Text("SecurityGroupRuleId", &r.ID)
	f.Default("Direction", &r.Direction, "ingress") // first: it names the fields of the peer
	r.Fields(func(name string, v secgroup.Value) {
		if name == "Priority" {
			f.Number(name, v)
			return
		}
		f.Value(name, v)
	})
	f.Value("CreateTime", moment{&r.Created})
}

// ReadRule reads a rule in the state form, {"IpProtocol": "tcp", …}, as a rule of a
// group of the namespace: with the group's defaults, and the id of the owner whose
// e-mail address it gives. What a state could not load is an error; errors have the
// JSON path of the field. The rule is not added, so it may have the Key of one that
// is there:
//
//	rule, err := ns.ReadRule(g, text)
//	found := g.Find(rule.Key())
func (r *Namespace) ReadRule(g *secgroup.Group, text []byte) (*secgroup.Rule, error) {
	rule := &secgroup.Rule{}
	if err := form.Read(text, func(f *form.Object) { (&state{}).fields(f, rule) }); err != nil {
		return nil, err
	}
	if field, err := refusal(g, rule); err != nil {
		return nil, &form.Error{Path: field, Err: err}
	}
	rule.SetDefaults(g)
	if rule.Peer.Group != "" {
		if rule.Peer.Owner == "" {
			rule.Peer.Owner = g.Account
		}
		if id, ok := r.Owner(rule.Peer.Owner); ok {
			rule.Peer.Owner = id
		}
	}
	return rule, nil
}

// WriteRule returns a rule of a group in the state form, in one line.
func (r *Namespace) WriteRule(g *secgroup.Group, rule *secgroup.Rule) []byte {
	bare := untold(rule, g)
	return form.WriteRow(func(f *form.Object) { (&state{}).fields(f, &bare) })
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

// Why a state is refused, besides the errors of its fields.
var (
	errEmpty   = errors.New("the state is empty; {} is a world without groups")
	errTime    = errors.New("a time is written as 2030-01-02T03:04:05Z")
	errVersion = errors.New("the version of the form is 1; a newer one needs a newer program")
)

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
