package fault

import (
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// A Catalogue has the actions that faults can match and the errors that they can answer.
type Catalogue struct {
	Actions []rpc.Description
	Gateway []rpc.Failure
	Edition rpc.Edition // its rows come before those of others
}

// row returns the row of a code for an action, or nil: from the action's table, else
// from the gateway's and the service's common codes, else from the first action that
// has it.
func (c *Catalogue) row(action, code string) *rpc.Failure {
	if d := c.action(action); d != nil {
		if row := c.best(code, d.Failures, d.Unmade); row != nil {
			return row
		}
	}
	if row := c.best(code, c.Gateway, serviceCodes); row != nil {
		return row
	}
	for i := range c.Actions {
		if row := c.best(code, c.Actions[i].Failures, c.Actions[i].Unmade); row != nil {
			return row
		}
	}
	return nil
}

// best returns the first row of a code among those of the highest rank, or nil.
func (c *Catalogue) best(code string, tables ...[]rpc.Failure) *rpc.Failure {
	var best *rpc.Failure
	highest := 0
	for _, rows := range tables {
		for i := range rows {
			if rows[i].Code != code {
				continue
			}
			if r := c.rank(&rows[i]); r > highest {
				best, highest = &rows[i], r
			}
		}
	}
	return best
}

func (c *Catalogue) rank(row *rpc.Failure) int {
	rank := 1
	if row.HoldsIn(c.Edition) {
		rank += 2
	}
	if !incomplete(row) {
		rank++
	}
	return rank
}

// placeholder is where a message names a parameter.
const placeholder = "%s"

// message returns the message of a row, with the parameter if there is only one.
func message(row *rpc.Failure) string {
	if row.Of == "" {
		return row.Message
	}
	return strings.ReplaceAll(row.Message, placeholder, row.Of)
}

// incomplete reports whether the service fills in a row's message.
func incomplete(row *rpc.Failure) bool { return strings.Contains(message(row), placeholder) }

func (c *Catalogue) action(name string) *rpc.Description {
	for i := range c.Actions {
		if c.Actions[i].Name == name {
			return &c.Actions[i]
		}
	}
	return nil
}

// matching returns the actions that Fault.Action matches, none if it is unknown.
func (c *Catalogue) matching(action string) []rpc.Description {
	if action == "*" {
		return c.Actions
	}
	if d := c.action(action); d != nil {
		return []rpc.Description{*d}
	}
	return nil
}

func (c *Catalogue) names() []string {
	var names []string
	for i := range c.Actions {
		names = append(names, c.Actions[i].Name)
	}
	return names
}

// codes returns all codes of the catalogue, sorted.
func (c *Catalogue) codes() []string {
	tables := [][]rpc.Failure{c.Gateway, serviceCodes}
	for i := range c.Actions {
		tables = append(tables, c.Actions[i].Failures, c.Actions[i].Unmade)
	}
	var codes []string
	for _, rows := range tables {
		for i := range rows {
			if rows[i].Code != "" {
				codes = append(codes, rows[i].Code)
			}
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// serviceCodes are errors that every action of the service can answer and the mock
// never answers by itself: as the gateway was seen to answer them, else as in the
// vendor's table of common errors. Where that table prints curly quotation marks the
// service sends straight ones.
var serviceCodes = []rpc.Failure{
	{Status: 400, Code: "Throttling", Message: "Request was denied due to request throttling."},
	{Status: 400, Code: "Throttling.User", Message: "Request was denied due to user flow control."},
	{Status: 400, Code: "Throttling.Api", Message: "Request was denied due to api flow control."},
	{Status: 503, Code: "ServiceUnavailable", Message: "The request has failed due to a temporary failure of the server."},
	{Status: 503, Code: "ServiceUnavailable.RegionMaintaining", Message: "System maintenance is in progress on the selected region, please wait a few minutes before trying again."},
	{Status: 400, Code: "UnknownError", Message: "The request processing has failed due to some unknown error."},
	{Status: 409, Code: "OperationConflict", Message: "Request was denied due to conflict with a previous request."},

	{Status: 403, Code: "Forbidden.AccessKeyDisabled", Message: "The Access Key is disabled."},
	{Status: 403, Code: "Forbidden.NotSupportRAM", Message: "This action does not support accessed by RAM mode."},
	{Status: 403, Code: "Forbidden.RAM", Message: "User not authorized to operate on the specified resource, or this API doesn't support RAM."},
	{Status: 403, Code: "Forbidden.SubUser", Message: "The specified action is not available for you."},
	{Status: 403, Code: "Forbidden.Unauthorized", Message: "User not authorized to operate on the specified resource."},
	{Status: 403, Code: "InvalidAccount.NotFound", Message: "The specified Account does not exist."},
	{Status: 403, Code: "RealNameAuthenticationError", Message: "Your account has not passed the real-name authentication yet."},
	{Status: 400, Code: "InsufficientBalance", Message: "Your account does not have enough balance."},

	{Status: 404, Code: "InvalidAccessKeyId.NotFound", Message: "Specified access key is not found."},
	{Status: 400, Code: "InvalidAccessKeyId.Inactive", Message: "Specified access key is disabled."},
	{Status: 400, Code: "MissingAccessKeyId", Message: "AccessKeyId is mandatory for this action."},
	{Status: 400, Code: "MissingTimestamp", Message: "Timestamp is mandatory for this action."},
	{Status: 400, Code: "MissingSecurityToken", Message: "SecurityToken is mandatory for this action."},
	{Status: 400, Code: "InvalidSecurityToken.Expired", Message: "Specified SecurityToken is expired."},
	{Status: 400, Code: "InvalidSecurityToken.Malformed", Message: "Specified SecurityToken is malformed."},
	{Status: 400, Code: "InvalidSecurityToken.MismatchWithAccessKey", Message: "Specified SecurityToken mismatch with the AccessKey."},
	{Status: 400, Code: "InvalidTimeStamp.Format", Message: "Specified time stamp or date value is not well formatted."},
	{Status: 400, Code: "InvalidTimeStamp.Expired", Message: "Specified time stamp or date value is expired."},
	{Status: 400, Code: "IllegalTimestamp", Message: `The input parameter "Timestamp" that is mandatory for processing this request is not supplied.`},
	{Status: 400, Code: "SignatureNonceUsed", Message: "Specified signature nonce was used already."},
	{Status: 400, Code: "IncompleteSignature", Message: "The request signature does not conform to Aliyun standards."},
	// What follows the colon is the request's; clients look for the colon.
	{Status: 400, Code: "SignatureDoesNotMatch", Message: "Specified signature is not matched with our calculation. server string to sign is:"},
	{Status: 400, Code: "InvalidSignatureMethod", Message: "Specified signature method is not valid."},
	{Status: 400, Code: "InvalidParamater", Message: `The specified parameter "SignatureMethod" is not valid.`},

	{Status: 404, Code: "InvalidApi.NotFound", Message: "Specified api is not found, please check your url and method."},
	{Status: 403, Code: "InvalidAction", Message: "Specified action is not valid."},
	{Status: 404, Code: "InvalidProduct.NotFound", Message: "Cannot find product according to your specified domain."},
	{Status: 400, Code: "InvalidProtocol.NeedSsl", Message: "Your request is denied as lack of ssl protect."},
	{Status: 400, Code: "UnsupportedParameter", Message: "The parameters is unsupported."},
	{Status: 400, Code: "InvalidParameter.IsNull", Message: "The required parameter must be not null."},
	{Status: 400, Code: "InvalidOwner", Message: "OwnerId and OwnerAccount can't be used at one API access."},
	{Status: 400, Code: "InvalidOwnerAccount", Message: "The specified OwnerAccount is not valid."},
	{Status: 400, Code: "InvalidOwnerId", Message: "The specified OwnerId is not valid."},
	{Status: 404, Code: "InvalidDiskId.NotFound", Message: "The specified DiskId does not exist."},
	{Status: 404, Code: "InvalidImageId.NotFound", Message: "The specified ImageId does not exist."},
	{Status: 404, Code: "InvalidSnapshotId.NotFound", Message: "The specified SnapshotId does not exist."},

	{Status: 403, Code: "InvalidIdempotenceParameter.Mismatch", Message: "The specified parameters are different from before."},
	{Status: 403, Code: "LastTokenProcessing", Message: "The last token request is processing."},
}
