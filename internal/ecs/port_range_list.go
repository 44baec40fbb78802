package ecs

import "errors"

var errPortList = errors.New("the mock has no port range lists")

// portRangeList is the id of a port range list, none of which exists.
type portRangeList struct{}

// Set refuses every id.
func (*portRangeList) Set(string) error { return errPortList }
