package secgroup

// A Member is an instance or a network interface that is in security groups.
type Member struct {
	ID      string
	Kind    MemberKind
	Account string
	Region  string
	VPC     string       // "" for one of the classic network
	Status  MemberStatus // of an instance; an interface has the zero value
	Groups  []string     // ids, in the order joined
}

// A MemberKind is the kind of a member.
type MemberKind uint8

// The kinds of members.
const (
	Instance MemberKind = iota
	Interface
)

// A MemberStatus is the state of an instance. The zero value is running.
type MemberStatus uint8

// The states of an instance.
const (
	Running MemberStatus = iota
	Stopped
	Starting
	Stopping
	Pending
)

// ErrStatus is the cause of a status.
var ErrStatus = cause("a status is Running, Stopped, Starting, Stopping or Pending")

var statusNames = []string{"", "Running", "Stopped", "Starting", "Stopping", "Pending"}

// Set reads a status in any case.
func (s *MemberStatus) Set(text string) error {
	v, ok := lookup(statusNames, text)
	if !ok {
		return ErrStatus
	}
	*s = MemberStatus(v - 1)
	return nil
}

// String returns the status as the API prints it, capitalised.
func (s MemberStatus) String() string { return statusNames[s+1] }

// Values returns the valid values.
func (s *MemberStatus) Values() []string { return statusNames[1:] }
