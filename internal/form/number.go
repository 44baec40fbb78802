package form

import (
	"fmt"
	"strconv"
)

// Int declares a field with an integer, left out where it is 0.
func (o *Object) Int(name string, n *int) {
	if o.Reading() {
		o.set(name, o.take(name, aNumber), (*integer)(n))
		return
	}
	if *n != 0 {
		o.Number(name, (*integer)(n))
	}
}

type integer int

func (n *integer) Set(text string) error {
	v, err := strconv.Atoi(text)
	if whole, errFloat := strconv.ParseFloat(text, 64); err != nil && errFloat == nil && whole == float64(int32(whole)) {
		v, err = int(whole), nil // 1.0 is 1
	}
	if err != nil {
		return fmt.Errorf("must be an integer such as 2, got %s", text)
	}
	*n = integer(v)
	return nil
}

func (n *integer) String() string { return strconv.Itoa(int(*n)) }

// Float declares a field with a number, left out where it is 0.
func (o *Object) Float(name string, n *float64) {
	if o.Reading() {
		o.set(name, o.take(name, aNumber), (*float)(n))
		return
	}
	if *n != 0 {
		o.Number(name, (*float)(n))
	}
}

type float float64

func (n *float) Set(text string) (err error) {
	*(*float64)(n), err = strconv.ParseFloat(text, 64)
	return err
}

func (n *float) String() string { return strconv.FormatFloat(float64(*n), 'g', -1, 64) }
