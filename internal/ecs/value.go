package ecs

import (
	"errors"
	"time"

	"github.com/ecsmock/ecsmock/internal/param"
)

// timestamp is a time as the API writes it: UTC, in seconds.
func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

var errNetwork = errors.New("a network type is vpc or classic")

// network is vpc or classic.
type network string

// Set reads the network type.
func (n *network) Set(text string) error {
	if text != "vpc" && text != "classic" {
		return errNetwork
	}
	*n = network(text)
	return nil
}

// Values are the valid values.
func (n *network) Values() []string { return []string{"vpc", "classic"} }

var errBool = errors.New("the value is true or false")

// optionalBool is true, false or not given.
type optionalBool struct{ given, value bool }

// Type is the API's type.
func (b *optionalBool) Type() string { return "Boolean" }

// Set reads true or false.
func (b *optionalBool) Set(text string) error {
	value, err := param.Bool(text)
	if err != nil {
		return errBool
	}
	b.given, b.value = true, value
	return nil
}
