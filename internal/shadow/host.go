package shadow

import (
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

const cloud = ".aliyuncs.com"

// central are the products with one host for all regions.
var central = []string{"Location", "ResourceManager", "BssOpenApi"}

// HostOf returns the host of a product of the service: of ecs.cn-beijing.aliyuncs.com that of
// VPC is vpc.cn-beijing.aliyuncs.com. What is not under aliyuncs.com has one host for all.
func (s *Service) HostOf(p *rpc.Product) string {
	name, ok := strings.CutSuffix(s.Host, cloud)
	label, region, _ := strings.Cut(name, ".")
	switch {
	case !ok || p == nil || slices.Contains(p.Hosts, label):
		return s.Host
	case region == "" || slices.Contains(central, p.Name):
		return p.Hosts[0] + cloud
	}
	return p.Hosts[0] + "." + region + cloud
}
