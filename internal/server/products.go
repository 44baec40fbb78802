package server

import (
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/bssopenapi"
	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/location"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/resourcemanager"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/sts"
	"github.com/ecsmock/ecsmock/internal/vpc"
)

// Products returns the products that the mock has. A call that names none is for the first.
func Products() []*product.Product {
	return []*product.Product{ecs.Product(), vpc.Product(), sts.Product(), location.Product(), resourcemanager.Product(), bssopenapi.Product()}
}

// An actionName is the name of an action and of its product: DescribeRegions of ECS and
// DescribeRegions of VPC are two actions.
type actionName struct{ product, action string }

// addProducts makes the products and their actions those of the server.
func (s *Server) addProducts() {
	for _, p := range Products() {
		s.products = append(s.products, p.Product)
		for _, a := range p.Actions {
			s.actions[actionName{p.Name, a.Name}] = a
		}
	}
}

// action returns the action of a call. Clients take a 404 for a resource that is gone,
// so a call of a product that the mock does not have gets none.
func (s *Server) action(c *rpc.Call) (*rpc.Action[*product.Caller], error) {
	if other, ok := product.Others[c.Version]; ok {
		return nil, rpc.Named(rpc.ErrProduct, c.Action+" of "+other+" "+c.Version)
	}
	if a, ok := s.actions[actionName{c.Product.Name, c.Action}]; ok {
		return a, nil
	}
	if _, ok := slices.BinarySearch(c.Product.Upstream(), c.Action); ok {
		return nil, s.notMocked(c)
	}
	if c.Version != "" && c.Version != c.Product.Version {
		return nil, c.Envelope(false)
	}
	return nil, &unknownAction{c.Action, c.Product}
}

// notMocked returns the cause of a call whose action the mock does not have. Its hint
// names the product in which the mock has an action of the name: ECS has CreateVpc too.
func (s *Server) notMocked(c *rpc.Call) error {
	err := rpc.Named(rpc.ErrNotMocked, c.Action+" of "+c.Product.String())
	for _, p := range s.products {
		if _, ok := s.actions[actionName{p.Name, c.Action}]; ok {
			return product.Hinted(err, "the mock has "+c.Action+" of "+p.Title+"; give Version="+p.Version)
		}
	}
	return err
}

// unknownAction is the cause of a call whose action the product does not have.
type unknownAction struct {
	name string
	of   *rpc.Product
}

func (u *unknownAction) Error() string { return u.of.Title + " has no action " + u.name }

func (u *unknownAction) Is(target error) bool { return target == rpc.ErrAction }

// Hint returns the actions with a similar name.
func (u *unknownAction) Hint() string {
	return strings.TrimSuffix(u.Error()+"; "+param.DidYouMean(u.name, u.of.Upstream(), ""), "; ")
}

// describe returns the description of the action of a call, nil if there is none.
func (s *Server) describe(c *rpc.Call) *rpc.Description {
	if a, ok := s.actions[actionName{c.ProductName(), c.Action}]; ok {
		return &a.Description
	}
	return nil
}
