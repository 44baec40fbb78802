package server

import (
	"github.com/ecsmock/ecsmock/internal/contract"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// Contract returns the contract of all products.
func Contract() *contract.Contract {
	var sources []contract.Source
	for _, p := range Products() {
		sources = append(sources, contract.Source{Product: p.Product, Actions: p.Descriptions()})
	}
	return contract.Of(sources, &contract.Shared{
		Gateway: rpc.Gateway, Tries: gatewayTries,
		Signature: SignatureFailures, Signed: signedAt, SignedCall: &signedCall,
	})
}

const groups = "Action=DescribeSecurityGroups&RegionId=cn-hangzhou"

// gatewayTries has no row for ErrInternal: no request is known to cause it.
var gatewayTries = []contract.Try{
	{On: rpc.ErrMethod, Options: "-X PUT ", Query: groups},
	{On: rpc.ErrCrossSite, Options: "-H 'Sec-Fetch-Site: cross-site' ", Query: groups},
	{On: rpc.ErrEncoding, Query: groups + "&SecurityGroupName=100%"},
	{On: rpc.ErrTooLarge, Options: `-d "$(printf 'a&%.0s' {1..10001})" `, Query: groups},
	{On: rpc.ErrNoAction, Query: "RegionId=cn-hangzhou"},
	{On: rpc.ErrAction, Query: "Action=RevokeSecurityGruop"},
	{On: rpc.ErrNotMocked, Query: "Action=DescribeSnapshots&RegionId=cn-hangzhou"},
	{On: rpc.ErrProduct, Query: "Action=CreateLoadBalancer&RegionId=cn-hangzhou&Version=2014-05-15"},
	{On: param.ErrMissing, Of: "Version", Query: groups, Strict: true},
	{On: rpc.ErrVersion, Query: groups + "&Version=2016-03-14"},
	{On: rpc.ErrFormat, Query: groups + "&Format=YAML"},
	{On: param.ErrMissing, Query: "Action=DescribePortRangeListEntries&RegionId=cn-hangzhou"},
	{On: param.ErrInvalid, Query: groups + "&PageSize=all"},
	{On: param.ErrIndex, Query: groups + "&Tag.0.Key=tier"},
	{On: param.ErrJSON, Query: groups + "&Tag=tier"},
	{On: rpc.ErrUnknown, Query: groups + "&Version=2014-05-26&SecurityGroup=sg-web", Strict: true},
}

// The calls that cause the errors of signatures are signed for one moment, with the key
// testid and the secret testsecret.
var (
	signedAt = contract.Signed{Credentials: "testid:testsecret,STS.testid:testsecret::testtoken", Now: "2030-01-02T03:04:05Z"}

	signedCall = rpc.Description{Spec: rpc.Spec{
		Name: "DescribeRegions",
		Example: "Version=2014-05-26&AccessKeyId=testid&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=1&Timestamp=" + signedAt.Now +
			"&Signature=jOSMPRFVbbWfLJUZ7ZqCbosmfgU=",
	}}
)
