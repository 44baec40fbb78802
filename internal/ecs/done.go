package ecs

import "github.com/ecsmock/ecsmock/internal/wire"

// Done is the answer of an action that tells nothing but the id of the request.
type Done struct{}

// Fields declares no field.
func (*Done) Fields(*wire.Writer) {}
