// Package ecs is the actions of the API, one file each. An action declares its
// parameters, its answer and its error table; a method of Caller carries it out.
package ecs

import (
	"time"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// Caller carries out one call on behalf of one account in one region. What it
// knows of the world it looks up inside view and update, so that no call holds a
// piece of a world that a reset has replaced.
type Caller struct {
	World   *store.World
	Call    *rpc.Call
	Account string
	Region  string
	Limits  secgroup.Limits
	Hide    time.Duration // how much later what the call adds is to be told
}

// view looks at a group of the caller that may be told.
func (c *Caller) view(id secgroup.GroupID, f func(*store.Namespace, *secgroup.Group) error) error {
	return c.World.View(c.Account, c.Region, func(ns *store.Namespace) error {
		g, err := ns.VisibleGroup(string(id))
		if err != nil {
			return err
		}
		return f(ns, g)
	})
}

// update plans a change of a group of the caller and, if nothing speaks against
// it, applies it: a refused call has changed nothing.
func (c *Caller) update(id secgroup.GroupID, f func(*store.Namespace, *secgroup.Group) error) error {
	return c.World.Update(c.Account, c.Region, onGroup(id, f))
}

func onGroup(id secgroup.GroupID, f func(*store.Namespace, *secgroup.Group) error) func(*store.Namespace) error {
	return func(ns *store.Namespace) error {
		g, err := ns.Group(string(id))
		if err != nil {
			return err
		}
		return f(ns, g)
	}
}
