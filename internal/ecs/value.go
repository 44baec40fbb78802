package ecs

import (
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
)

// regional is the part of a request that names its region.
type regional struct{ product.Regional }

// region declares the parameter RegionId of a request that needs it.
func (r *regional) region(p *param.Set, description string) { r.BindRegion(p, description) }

// idempotent is the part of a request that has a client token.
type idempotent struct{ product.Idempotent }

// token declares the parameter ClientToken.
func (i *idempotent) token(p *param.Set) { i.BindToken(p) }

// optionalBool is true, false or absent.
type optionalBool = product.OptionalBool
