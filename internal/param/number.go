package param

import (
	"errors"
	"strconv"
)

// Int binds an integer of 32 bits.
func (s *Set) Int(v *int, name, description string) *Var {
	return s.Var((*integer)(v), name, description)
}

// Bool binds true or false.
func (s *Set) Bool(v *bool, name, description string) *Var {
	return s.Var((*boolean)(v), name, description)
}

type integer int

func (n *integer) Type() string { return "Integer" }

func (n *integer) Set(text string) error {
	v, err := strconv.ParseInt(text, 10, 32)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return errLarge
	case err != nil:
		return errInteger
	}
	*n = integer(v)
	return nil
}

type boolean bool

func (b *boolean) Type() string { return "Boolean" }

func (b *boolean) Set(text string) error {
	v, err := ParseBool(text)
	*b = boolean(v)
	return err
}

// ParseBool returns the boolean that a text stands for. Python's SDKs write True and
// False.
func ParseBool(text string) (bool, error) {
	switch text {
	case "true", "True", "TRUE":
		return true, nil
	case "false", "False", "FALSE":
		return false, nil
	}
	return false, errBoolean
}

// wrongType is an ErrInvalid that names the type of the parameter.
type wrongType string

func (w wrongType) Error() string        { return string(w) }
func (w wrongType) Is(target error) bool { return target == ErrInvalid }

const (
	errInteger = wrongType("the value is not an integer")
	errLarge   = wrongType("the value is not an integer of 32 bits")
	errBoolean = wrongType("the value is neither true nor false")
)
