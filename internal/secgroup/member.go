package secgroup

// A Member is an instance or a network interface that is in security groups.
type Member struct {
	ID      string
	Kind    MemberKind
	Account string
	Region  string
	VPC     string   // "" for one of the classic network
	Groups  []string // ids, in the order joined
}

// A MemberKind is the kind of a member.
type MemberKind uint8

// The kinds of members.
const (
	Instance MemberKind = iota
	Interface
)
