package rpc

import (
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
)

// A Product is one of the APIs that a call can be for.
type Product struct {
	Name     string          // as SDKs write it: Ecs, Vpc
	Title    string          // as people write it: ECS, VPC
	Version  string          // of the API
	Hosts    []string        // the first labels of its host names, such as ecs and ecs-vpc
	Upstream func() []string // the sorted names of all actions of the real product
}

// String returns the title and the version of the product.
func (p *Product) String() string { return p.Title + " " + p.Version }

// chooseProduct sets the product of the call: that of its version, else that of its host,
// else the first one, if any. A region that no parameter gives is that of the host.
func (c *Call) chooseProduct(products []*Product) {
	for _, p := range products {
		if p.Version == c.Version {
			c.Product = p
		}
	}
	given := c.Get("RegionId") != ""
	if c.Product != nil && given {
		return
	}
	p, region := ofHost(c.Host, products)
	if region != "" && !given {
		c.Params = append(c.Params, param.Param{Name: "RegionId", Value: region, Read: true, Derived: true})
	}
	switch {
	case c.Product != nil:
	case p != nil:
		c.Product = p
	case len(products) > 0:
		c.Product = products[0]
	}
}

// Has reports whether a host name is that of the product in a region: ecs.cn-beijing.aliyuncs.com.
// Those that begin so in the storage service are somebody's own.
func (p *Product) Has(host string) bool {
	of, region := ofHost(host, []*Product{p})
	return of != nil && !strings.HasPrefix(region, "oss-") && !strings.Contains(region, ".")
}

// ofHost returns the product and the region in the name of an endpoint, nil and "" for
// any other host: ecs.cn-beijing.aliyuncs.com, ecs-vpc.cn-beijing.aliyuncs.com and
// ecs-cn-beijing.aliyuncs.com. ecs.aliyuncs.com is cn-hangzhou.
func ofHost(host string, products []*Product) (*Product, string) {
	host, _, _ = strings.Cut(host, ":")
	name, ok := strings.CutSuffix(strings.ToLower(host), ".aliyuncs.com")
	if !ok {
		return nil, ""
	}
	label, region, dotted := strings.Cut(name, ".")
	for _, p := range products {
		for _, h := range p.Hosts {
			rest, found := strings.CutPrefix(label, h)
			switch {
			case !found:
			case rest == "" && dotted:
				return p, region
			case rest == "":
				return p, "cn-hangzhou"
			case rest[0] == '-' && !dotted:
				return p, rest[1:]
			}
		}
	}
	return nil, ""
}
