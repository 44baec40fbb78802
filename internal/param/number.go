package param

import "strconv"

// Int binds a whole number.
func (s *Set) Int(v *int, name, description string) *Var {
	p := s.Var((*number)(v), name, description)
	p.number = v
	return p
}

// Bool binds true or false.
func (s *Set) Bool(v *bool, name, description string) *Var {
	return s.Var((*flag)(v), name, description)
}

type number int

func (n *number) Type() string { return "Integer" }

func (n *number) Set(text string) error {
	v, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		return ErrInvalid
	}
	*n = number(v)
	return nil
}

type flag bool

func (f *flag) Type() string { return "Boolean" }

func (f *flag) Set(text string) error {
	v, err := Bool(text)
	*f = flag(v)
	return err
}

// Bool reads a Boolean as clients write it: Python's in its own way.
func Bool(text string) (bool, error) {
	switch text {
	case "true", "True", "TRUE":
		return true, nil
	case "false", "False", "FALSE":
		return false, nil
	}
	return false, ErrInvalid
}
