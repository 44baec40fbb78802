package secgroup

import (
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/ascii"
)

// lookup returns the index of text among names, ignoring the case of ASCII letters;
// names[0] stands for absent.
func lookup(names []string, text string) (uint8, bool) {
	for i := 1; i < len(names); i++ {
		if len(names[i]) == len(text) && strings.EqualFold(names[i], text) {
			return uint8(i), true
		}
	}
	return 0, false
}

// caseMatters is the last edition whose documentation says that values are
// case-sensitive.
const caseMatters = 2019

// exactly returns the cause unless text is one of the values as the document spells
// them, which a strict mock demands while case matters.
func exactly(edition int, values []string, text string, cause error) error {
	if edition > caseMatters {
		return nil
	}
	for _, v := range values {
		if v == text {
			return nil
		}
	}
	return cause
}

// A Protocol is the transport layer protocol of a rule. The zero value is absent; one that
// is given by its number is 256 more than the number.
type Protocol uint16

// The protocols.
const (
	TCP Protocol = iota + 1
	UDP
	ICMP
	GRE
	All
	ICMPv6
)

var protocolNames = []string{"", "TCP", "UDP", "ICMP", "GRE", "ALL", "ICMPV6"}

// Set reads a protocol in any case. The document's table says "This parameter is
// case-sensitive", its error text and every later edition say the opposite.
// A blank one is missing, for which the API has another message than for an unknown one.
func (p *Protocol) Set(text string) error {
	if text == "" {
		return ErrProtocolCase
	}
	n, ok := lookup(protocolNames, text)
	if !ok {
		return ErrProtocol
	}
	*p = Protocol(n)
	return nil
}

// Strictly refuses what the edition's document does not list. That of 2025 has ICMPv6.
func (p *Protocol) Strictly(text string, edition int) error {
	if *p == ICMPv6 && edition < 2025 {
		return ErrProtocol
	}
	return exactly(edition, p.Values(), text, ErrProtocolCase)
}

// String returns the protocol as the API prints it: a name in upper case, or a number.
func (p Protocol) String() string {
	if p >= firstNumber {
		return strconv.Itoa(int(p - firstNumber))
	}
	return protocolNames[p]
}

// Values returns the valid values. The document of 2019 does not have icmpv6.
func (p *Protocol) Values() []string { return []string{"icmp", "icmpv6", "gre", "tcp", "udp", "all"} }

// firstNumber is the protocol with the number 0.
const firstNumber Protocol = 256

// numbers are the protocols that have a name, by their numbers.
var numbers = map[string]Protocol{"1": ICMP, "6": TCP, "17": UDP, "47": GRE, "58": ICMPv6}

// A NumberedProtocol is a Protocol that may be given by its IANA number, 0 to 255, as in the
// service of 2025.
type NumberedProtocol Protocol

// Set reads a protocol in any case, or its number. One with a name is the same by both.
func (p *NumberedProtocol) Set(text string) error {
	if named, ok := numbers[text]; ok {
		*p = NumberedProtocol(named)
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 255 || strconv.Itoa(n) != text {
		return (*Protocol)(p).Set(text)
	}
	*p = NumberedProtocol(firstNumber) + NumberedProtocol(n)
	return nil
}

// Strictly refuses what the edition's document does not list.
func (p *NumberedProtocol) Strictly(text string, edition int) error {
	if ascii.IsDigit(text[0]) {
		return nil
	}
	return (*Protocol)(p).Strictly(text, edition)
}

// String returns the protocol as the API prints it.
func (p NumberedProtocol) String() string { return Protocol(p).String() }

// Values returns the valid names.
func (p *NumberedProtocol) Values() []string { return (*Protocol)(p).Values() }

// hasPorts reports whether the protocol's ports are numbers.
func (p Protocol) hasPorts() bool { return p == TCP || p == UDP }

// A Policy is what a rule does with a packet. The zero value is absent.
type Policy uint8

// The policies.
const (
	Accept Policy = iota + 1
	Drop
)

var policyNames = []string{"", "Accept", "Drop"}

// Set reads a policy in any case.
func (p *Policy) Set(text string) error {
	n, ok := lookup(policyNames, text)
	if !ok {
		return ErrPolicy
	}
	*p = Policy(n)
	return nil
}

// Strictly refuses another case than the document's.
func (p *Policy) Strictly(text string, edition int) error {
	return exactly(edition, p.Values(), text, ErrPolicy)
}

// String returns the policy as the API prints it, capitalised.
func (p Policy) String() string { return policyNames[p] }

// Values returns the document's valid values.
func (p *Policy) Values() []string { return []string{"accept", "drop"} }

// A Nic is the kind of network interface that a rule is for. The zero value is absent.
type Nic uint8

// The NIC types.
const (
	Internet Nic = iota + 1
	Intranet
)

var nicNames = []string{"", "internet", "intranet"}

// noNic is the text that Terraform sends for a NIC type that was not set.
const noNic = "<nil>"

// Set reads a NIC type in any case.
func (n *Nic) Set(text string) error {
	if n.Absent(text) {
		*n = 0
		return nil
	}
	v, ok := lookup(nicNames, text)
	if !ok {
		return ErrNic
	}
	*n = Nic(v)
	return nil
}

// Absent reports whether a text stands for no NIC type.
func (n *Nic) Absent(text string) bool { return text == noNic }

// Strictly refuses another case than the document's.
func (n *Nic) Strictly(text string, edition int) error {
	return exactly(edition, n.Values(), text, ErrNic)
}

func (n Nic) String() string { return nicNames[n] }

// Values returns the document's valid values.
func (n *Nic) Values() []string { return nicNames[1:] }

// A Direction is the direction of a rule's packets. The zero value is ingress.
type Direction uint8

// The directions.
const (
	Ingress Direction = iota
	Egress
)

var directionNames = []string{"", "ingress", "egress"}

// Set reads a direction in any case.
func (d *Direction) Set(text string) error {
	v, ok := lookup(directionNames, text)
	if !ok {
		return ErrDirection
	}
	*d = Direction(v - 1)
	return nil
}

// String returns the direction in lower case, which clients rely on.
func (d Direction) String() string { return directionNames[d+1] }

// Values returns the valid values.
func (d *Direction) Values() []string { return directionNames[1:] }

// A GroupType is normal or enterprise. The zero value is absent, which means normal.
type GroupType uint8

// The types of groups.
const (
	Normal GroupType = iota + 1
	Enterprise
)

var groupTypeNames = []string{"", "normal", "enterprise"}

// Set reads a type in any case.
func (t *GroupType) Set(text string) error {
	v, ok := lookup(groupTypeNames, text)
	if !ok {
		return ErrGroupType
	}
	*t = GroupType(v)
	return nil
}

// Strictly refuses another case than the document's.
func (t *GroupType) Strictly(text string, edition int) error {
	return exactly(edition, t.Values(), text, ErrGroupType)
}

func (t GroupType) String() string { return groupTypeNames[t] }

// Values returns the valid values.
func (t *GroupType) Values() []string { return groupTypeNames[1:] }
