package contract

import (
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// gatewayTry makes a row of the gateway happen. Some of them are about requests
// that no query can express, so they are not written as an action's Try is.
type gatewayTry struct {
	on      error
	of      string
	options string // of curl
	query   string
	strict  bool
}

const groups = "Action=DescribeSecurityGroups&RegionId=cn-hangzhou"

// gatewayTries has no line for ErrInternal: nothing is known to make it happen.
var gatewayTries = []gatewayTry{
	{on: rpc.ErrMethod, options: "-X PUT ", query: groups},
	{on: rpc.ErrCrossSite, options: "-H 'Sec-Fetch-Site: cross-site' ", query: groups},
	{on: rpc.ErrEncoding, query: groups + "&SecurityGroupName=100%"},
	{on: rpc.ErrTooLarge, options: `-d "$(printf 'a&%.0s' {1..10001})" `, query: groups},
	{on: rpc.ErrNoAction, query: "RegionId=cn-hangzhou"},
	{on: rpc.ErrAction, query: "Action=RevokeSecurityGruop"},
	{on: rpc.ErrNotMocked, query: "Action=DescribeInstances&RegionId=cn-hangzhou"},
	{on: param.ErrMissing, of: "Version", query: groups, strict: true},
	{on: rpc.ErrVersion, query: groups + "&Version=2016-03-14"},
	{on: rpc.ErrFormat, query: groups + "&Format=YAML"},
	{on: param.ErrMissing, query: "Action=DescribeSecurityGroups"},
	{on: param.ErrInvalid, query: groups + "&PageSize=all"},
	{on: param.ErrIndex, query: groups + "&Tag.0.Key=tier"},
	{on: param.ErrJSON, query: groups + "&Tag=tier"},
	{on: rpc.ErrUnknown, query: groups + "&Version=" + rpc.Version + "&SecurityGroup=sg-web", strict: true},
}

// gatewaySteps is what makes a row of the gateway happen, and whether it takes -strict.
func gatewaySteps(f *rpc.Failure) (list []Step, strict bool) {
	for _, t := range gatewayTries {
		if t.on == f.On && t.of == f.Of {
			return []Step{{Query: escape(t.query), Options: t.options}}, t.strict
		}
	}
	return nil, false
}
