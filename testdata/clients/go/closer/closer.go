// Package closer closes a port to the internet in every security group of a region. It is
// an example of a program that is tested with ecsmock.
package closer

import (
	"errors"
	"fmt"
	"strings"
	"time"

	sdk "github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
)

// internet is the block of all addresses.
const internet = "0.0.0.0/0"

// A Closer revokes the inbound TCP rules of one port that are open to the internet.
type Closer struct {
	Client   *ecs.Client
	Port     int
	Attempts int           // how often a throttled call is made at most
	Wait     time.Duration // before the next attempt
}

// Close closes the port in every group, and returns the ids of those that it changed.
func (c *Closer) Close() (changed []string, err error) {
	groups, err := c.groups()
	if err != nil {
		return nil, err
	}
	for _, id := range groups {
		closed, err := c.closeIn(id)
		if err != nil {
			return changed, fmt.Errorf("group %s: %w", id, err)
		}
		if closed {
			changed = append(changed, id)
		}
	}
	return changed, nil
}

// groups returns the ids of all groups, page by page.
func (c *Closer) groups() (ids []string, err error) {
	const size = 50
	for page := 1; ; page++ {
		request := ecs.CreateDescribeSecurityGroupsRequest()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(size)
		var answer *ecs.DescribeSecurityGroupsResponse
		if err := c.retry(func() (err error) { answer, err = c.Client.DescribeSecurityGroups(request); return err }); err != nil {
			return nil, err
		}
		for _, g := range answer.SecurityGroups.SecurityGroup {
			ids = append(ids, g.SecurityGroupId)
		}
		if page*size >= answer.TotalCount {
			return ids, nil
		}
	}
}

func (c *Closer) closeIn(id string) (closed bool, err error) {
	request := ecs.CreateDescribeSecurityGroupAttributeRequest()
	request.SecurityGroupId, request.Direction = id, "ingress"
	var answer *ecs.DescribeSecurityGroupAttributeResponse
	if err := c.retry(func() (err error) { answer, err = c.Client.DescribeSecurityGroupAttribute(request); return err }); err != nil {
		return false, err
	}
	port := fmt.Sprintf("%d/%d", c.Port, c.Port)
	for _, rule := range answer.Permissions.Permission {
		if !strings.EqualFold(rule.IpProtocol, "tcp") || rule.PortRange != port || rule.SourceCidrIp != internet || rule.Policy != "Accept" {
			continue
		}
		revoke := ecs.CreateRevokeSecurityGroupRequest()
		revoke.SecurityGroupId, revoke.IpProtocol, revoke.PortRange = id, rule.IpProtocol, rule.PortRange
		revoke.SourceCidrIp, revoke.Priority, revoke.NicType = rule.SourceCidrIp, rule.Priority, rule.NicType
		if err := c.retry(func() error { _, err := c.Client.RevokeSecurityGroup(revoke); return err }); err != nil {
			return closed, err
		}
		closed = true
	}
	return closed, nil
}

// retry makes a call, again if it is throttled.
func (c *Closer) retry(call func() error) (err error) {
	for range max(c.Attempts, 1) {
		var refused *sdk.ServerError
		if err = call(); !errors.As(err, &refused) || !strings.HasPrefix(refused.ErrorCode(), "Throttling") {
			return err
		}
		time.Sleep(c.Wait)
	}
	return err
}
