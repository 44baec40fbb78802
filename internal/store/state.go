package store

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"time"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/form"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// state declares the state form, by wire names, for reading and for writing. What is
// read goes into a draft.
type state struct {
	contents *contents
	account  string        // the one whose things the state has, "" for those of all
	draft    *draft        // nil in writing
	rule     secgroup.Rule // the one that is written
}

// Why a state is refused, besides the errors of its fields.
var (
	errEmpty   = errors.New("the state is empty; {} is a world without groups")
	errTime    = errors.New("a time is written as 2030-01-02T03:04:05Z")
	errVersion = errors.New("the version of the form is 1; a newer one needs a newer program")
)

// state returns the contents in the state form.
func (c *contents) state() []byte {
	s := &state{contents: c}
	return form.Write(s.world)
}

// merge adds a state to the contents, or changes nothing.
func (c *contents) merge(text []byte) error { return c.mergeFor("", text) }

// mergeFor adds a state that has only things of one account, which is theirs where the
// state has no AccountId. It changes nothing if it fails.
func (c *contents) mergeFor(account string, text []byte) error {
	s := &state{contents: c, account: account, draft: newDraft(c)}
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
	s.formVersion(f)
	form.Rows(f, "Accounts", s.contents.accounts.stated(), s.knownAccount)
	form.Rows(f, "Regions", s.contents.statedRegions(), s.region)
	form.Rows(f, "InstanceTypes", slices.Values(s.contents.catalogue.types), s.instanceType)
	form.Rows(f, "Images", slices.Values(s.contents.catalogue.images), s.image)
	form.Blocks(f, "ResourceGroups", s.contents.allResourceGroups(), s.resourceGroup)
	form.Blocks(f, "Vpcs", all(s.contents, (*Namespace).VPCs), s.vpc)
	form.Blocks(f, "VSwitches", all(s.contents, (*Namespace).VSwitches), s.vswitch)
	form.Blocks(f.KeepEmpty(), "SecurityGroups", all(s.contents, (*Namespace).Groups), s.group)
	form.Blocks(f, "Instances", all(s.contents, (*Namespace).Instances), s.instance) // after the groups that they name
	form.Blocks(f, "NetworkInterfaces", all(s.contents, (*Namespace).Interfaces), s.networkInterface)
	form.Blocks(f, "PrefixLists", all(s.contents, (*Namespace).PrefixLists), s.prefixList)
	form.Blocks(f, "PortRangeLists", all(s.contents, (*Namespace).PortRangeLists), s.portRangeList)
}

func (s *state) knownAccount(f *form.Object, a *knownAccount) {
	f.Required("AccountId", (*account.ID)(&a.ID))
	s.checkOwner(f, a.ID)
	f.Value("Email", (*account.Email)(&a.Email))
	if f.Reading() {
		s.draft.account(f, a)
	}
}

// region declares a region of the list, which may name those that are known.
func (s *state) region(f *form.Object, r *statedRegion) {
	f.Required("RegionId", (*secgroup.Text)(&r.ID))
	f.Text("LocalName", &r.LocalName)
	if f.Reading() && !f.Failed() {
		s.draft.listRegion(f, r)
	}
}

// owner declares the account of an object.
func (s *state) owner(f *form.Object, owner *string) {
	f.Default("AccountId", (*account.ID)(owner), cmp.Or(s.account, account.DefaultID))
	s.checkOwner(f, *owner)
}

// checkOwner refuses the account of an object if the state is that of another one.
func (s *state) checkOwner(f *form.Object, owner string) {
	if f.Reading() && s.account != "" && owner != s.account {
		f.Fail("AccountId", fmt.Errorf("the state is for the account %s, got %s; leave AccountId out", s.account, owner))
	}
}

// scope declares the account and the region of an object.
func (s *state) scope(f *form.Object, owner, region *string) {
	s.owner(f, owner)
	f.Required("RegionId", regionID{s.draft, region})
}

func (s *state) group(f *form.Object, g *secgroup.Group) {
	s.attributes(f, g)
	form.Rows(f.KeepEmpty(), "Permissions", g.Rules(), func(f *form.Object, r *secgroup.Rule) { s.permission(f, g, r) })
}

// attributes declares what a group has but for its rules.
func (s *state) attributes(f *form.Object, g *secgroup.Group) {
	s.scope(f, &g.Account, &g.Region)
	f.Required("SecurityGroupId", (*secgroup.GroupID)(&g.ID))
	f.Value("SecurityGroupName", &g.Name)
	f.Value("Description", &g.Description)
	f.Text("VpcId", &g.VPC)
	f.Default("SecurityGroupType", &g.Type, "normal")
	f.Default("InnerAccessPolicy", &g.InnerAccess, defaultAccess(g.Type))
	f.Text("ResourceGroupId", &g.ResourceGroup)
	f.Flag("ServiceManaged", &g.ServiceManaged)
	f.Value("CreationTime", moment{&g.Created})
	s.tags(f, &g.Tags)
	if f.Reading() {
		s.draft.group(f, g)
	}
}

// defaultAccess returns the access inside groups of a type where the state has none.
func defaultAccess(t secgroup.GroupType) string {
	g := secgroup.Group{Type: t}
	g.SetDefaults()
	return g.InnerAccess.String()
}

func (s *state) tags(f *form.Object, tags *[]secgroup.Tag) { s.tagsNamed(f, "Tags", tags) }

func (s *state) tagsNamed(f *form.Object, name string, tags *[]secgroup.Tag) {
	form.Rows(f, name, pointers(*tags), func(f *form.Object, t *secgroup.Tag) {
		f.Required("TagKey", (*secgroup.TagKey)(&t.Key))
		f.Value("TagValue", (*secgroup.TagValue)(&t.Value))
		if f.Reading() {
			s.draft.tag(f, tags, t)
		}
	})
}

func (s *state) permission(f *form.Object, g *secgroup.Group, r *secgroup.Rule) {
	if f.Reading() {
		fields(f, r)
		s.draft.rule(f, g, r)
		return
	}
	s.rule = withoutDefaults(r, g)
	fields(f, &s.rule)
}

// fields declares the fields of a rule.
func fields(f *form.Object, r *secgroup.Rule) {
	written := r.Source6.IsWritten() || r.Dest6.IsWritten()
	f.Text("SecurityGroupRuleId", &r.ID)
	f.Default("Direction", &r.Direction, "ingress") // first: it decides on the names of the peer's fields
	f.Flag("Ipv6AsWritten", &written)
	r.Fields(func(name string, v secgroup.Value) {
		switch {
		case name == "IpProtocol":
			f.Value(name, (*secgroup.NumberedProtocol)(&r.Protocol))
		case name == "Priority":
			f.Number(name, (*priority)(&r.Priority))
		case name == "Ipv6SourceCidrIp" && written:
			f.Value(name, (*secgroup.WrittenSource6)(&r.Source6))
		case name == "Ipv6DestCidrIp" && written:
			f.Value(name, (*secgroup.WrittenDest6)(&r.Dest6))
		default:
			f.Value(name, v)
		}
	})
	f.Value("CreateTime", moment{&r.Created})
}

// withoutDefaults returns a rule without the values that reading it gives it again.
func withoutDefaults(r *secgroup.Rule, g *secgroup.Group) secgroup.Rule {
	bare := *r
	bare.Policy, bare.Priority, bare.Nic = 0, 0, 0
	defaults := bare
	defaults.SetDefaults(g)
	if r.Policy != defaults.Policy {
		bare.Policy = r.Policy
	}
	if r.Priority != defaults.Priority {
		bare.Priority = r.Priority
	}
	if r.Nic != defaults.Nic {
		bare.Nic = r.Nic
	}
	if r.Peer.Owner == g.Account && !r.OwnerNamed {
		bare.Peer.Owner = ""
	}
	return bare
}

// ReadRule reads a rule in the state form, {"IpProtocol": "tcp", …}, as a rule of a
// group of the namespace: with the group's defaults, and the id of the owner whose
// e-mail address it gives. What a state could not load is an error; errors have the
// JSON path of the field. The rule is not added, so it may have the Key of one that
// is there:
//
//	rule, err := ns.ReadRule(g, text)
//	found := g.Find(rule.Key())
func (ns *Namespace) ReadRule(g *secgroup.Group, text []byte) (*secgroup.Rule, error) {
	rule := &secgroup.Rule{}
	if err := form.Read(text, func(f *form.Object) { fields(f, rule) }); err != nil {
		return nil, err
	}
	if field, err := checkRule(g, rule); err != nil {
		return nil, &form.Error{Path: field, Err: err}
	}
	complete(g, rule, ns.Owner)
	return rule, nil
}

// WriteRule returns a rule of a group in the state form, in one line.
func (ns *Namespace) WriteRule(g *secgroup.Group, rule *secgroup.Rule) []byte {
	bare := withoutDefaults(rule, g)
	return form.WriteRow(func(f *form.Object) { fields(f, &bare) })
}

// A priority is 1 to 110 in a state: the rules that the service itself adds to a default
// group have 110.
type priority secgroup.Priority

func (p *priority) Set(text string) error {
	if n, err := strconv.Atoi(text); err == nil && n > 100 && n <= 110 {
		*p = priority(n)
		return nil
	}
	err := (*secgroup.Priority)(p).Set(text)
	if errors.Is(err, secgroup.ErrPriorityRange) {
		return errPriority
	}
	return err
}

var errPriority = errors.New("a priority in a state is 1 to 110")

func (p priority) String() string { return secgroup.Priority(p).String() }

// formVersion declares the version of the form.
func (s *state) formVersion(f *form.Object) {
	version := 1
	f.Int("Version", &version)
	if f.Reading() && version != 1 {
		f.Fail("Version", errVersion)
	}
}

// A moment is a time in whole seconds.
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
