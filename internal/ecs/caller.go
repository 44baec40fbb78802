// Package ecs is the actions of ECS, one file for each family. An action declares its
// parameters, its answer and its error table; a method of Caller carries it out.
package ecs

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// A Caller carries out one call on behalf of one account in one region. It looks
// everything up inside view and update, so that no call keeps a part of a world that a
// reset has replaced.
type Caller product.Caller

// forgives reports whether the edition forgives an error of the action, so that the call
// goes on.
func (c *Caller) forgives(err error) bool { return c.Action.Fail(err, c.Edition).Status == 200 }

// view calls f with a group of the caller. A hidden group does not exist.
func (c *Caller) view(id secgroup.GroupID, f func(*store.Namespace, *secgroup.Group) error) error {
	return c.View(func(ns *store.Namespace) error {
		g, err := ns.VisibleGroup(string(id))
		if err != nil {
			return err
		}
		return f(ns, g)
	})
}

// update calls f with a group of the caller. f plans the whole change before it
// applies any of it: a call that is refused has changed nothing.
func (c *Caller) update(id secgroup.GroupID, f func(*store.Namespace, *secgroup.Group) error) error {
	return c.Update(onGroup(id, f))
}

// errServiceManaged is why a group that a cloud service manages stays as it is.
var errServiceManaged = errors.New("a cloud service manages the group; it changes only through that service")

// updateUnmanaged is update for changes that a service-managed group refuses from
// edition 2020 on.
func (c *Caller) updateUnmanaged(id secgroup.GroupID, f func(*store.Namespace, *secgroup.Group) error) error {
	return c.update(id, func(ns *store.Namespace, g *secgroup.Group) error {
		if err := c.checkManaged(g, rpc.Edition2020); err != nil {
			return err
		}
		return f(ns, g)
	})
}

// checkManaged returns errServiceManaged from an edition on if a cloud service manages
// the group.
func (c *Caller) checkManaged(g *secgroup.Group, since rpc.Edition) error {
	if g.ServiceManaged && c.Edition >= since {
		return errServiceManaged
	}
	return nil
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

// findRegion sets the region of a call that names none to that of a group of the
// account. Where the account has no such group it sets any region.
func (c *Caller) findRegion(id secgroup.GroupID) {
	if c.Region != "" {
		return
	}
	regions := c.World.AllRegions()
	c.Region = regions[0].ID
	for _, r := range regions {
		exists := onGroup(id, func(*store.Namespace, *secgroup.Group) error { return nil })
		if c.World.View(c.Account, r.ID, exists) == nil {
			c.Region = r.ID
			return
		}
	}
}

// Done is an answer whose only field is RequestId.
type Done = product.Done
