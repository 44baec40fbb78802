package secgroup

import (
	"strconv"

	"github.com/ecsmock/ecsmock/internal/ascii"
)

// MaxPort is the last port; the error text's "less than 65535" means up to it.
const MaxPort = 65535

// Ports is a range of ports, both ends included. The zero value is absent,
// {-1, -1} is every port.
type Ports struct{ First, Last int32 }

// AllPorts is "-1/-1", the range of protocols without ports.
var AllPorts = Ports{-1, -1}

// Set reads "first/last" or "-1/-1".
func (p *Ports) Set(text string) error {
	if text == "-1/-1" {
		*p = AllPorts
		return nil
	}
	first, n := port(text)
	if n == 0 || n == len(text) || text[n] != '/' {
		return ErrPorts
	}
	last, m := port(text[n+1:])
	if m == 0 || n+1+m != len(text) || first > last {
		return ErrPorts
	}
	*p = Ports{first, last}
	return nil
}

// port returns the port at the beginning of text and its length, 0 for none.
func port(text string) (int32, int) {
	var v int32
	n := 0
	for n < len(text) && ascii.IsDigit(text[n]) {
		v = v*10 + int32(text[n]-'0')
		n++
		if v == 0 || v > MaxPort {
			return 0, 0
		}
	}
	return v, n
}

// IsSet reports whether there is a range.
func (p Ports) IsSet() bool { return p != Ports{} }

func (p Ports) String() string {
	if !p.IsSet() {
		return ""
	}
	var buf [16]byte
	b := strconv.AppendInt(buf[:0], int64(p.First), 10)
	b = append(b, '/')
	return string(strconv.AppendInt(b, int64(p.Last), 10))
}

// suit reports whether there is a range that the protocol may have.
func (p Ports) suit(protocol Protocol) bool {
	return p.IsSet() && protocol.hasPorts() == (p != AllPorts)
}

// Priority orders rules, 1 before 100. The zero value is absent.
type Priority uint8

// Range returns the limits of the API.
func (Priority) Range() (least, most int) { return 1, 100 }

// Set reads an integer from 1 to 100.
func (p *Priority) Set(text string) error {
	digits := text
	if len(digits) > 1 && digits[0] == '-' {
		digits = digits[1:]
	}
	if !ascii.AreDigits(digits) {
		return ErrPriorityForm
	}
	v, err := strconv.Atoi(text)
	if least, most := p.Range(); err != nil || v < least || v > most {
		return ErrPriorityRange
	}
	*p = Priority(v)
	return nil
}

func (p Priority) String() string {
	if p == 0 {
		return ""
	}
	return strconv.Itoa(int(p))
}

// An OwnerID is the number of an account, as digits. The zero value is absent.
type OwnerID string

// Set reads an integer of the API's type Long.
func (o *OwnerID) Set(text string) error {
	if _, err := strconv.ParseInt(text, 10, 64); err != nil {
		return ErrOwnerID
	}
	*o = OwnerID(text)
	return nil
}

// Type returns the name of the API's type.
func (o *OwnerID) Type() string { return "Long" }

func (o OwnerID) String() string { return string(o) }
