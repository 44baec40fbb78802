package sts

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/ascii"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// GetCallerIdentity says who the caller is.
var GetCallerIdentity = define(rpc.Spec{
	Name:    "GetCallerIdentity",
	Summary: "Returns the account of the access key, and the role if the key is temporary.",
}, (*Caller).getCallerIdentity)

// GetCallerIdentityRequest has no parameters.
type GetCallerIdentityRequest struct{}

// Params declares no parameter.
func (*GetCallerIdentityRequest) Params(*param.Set) {}

// GetCallerIdentityResponse is the caller.
type GetCallerIdentityResponse struct{ kind, account, user, principal, arn, role string }

// Fields declares the answer.
func (a *GetCallerIdentityResponse) Fields(w *wire.Writer) {
	w.Text("IdentityType", a.kind)
	w.Text("AccountId", a.account)
	w.Text("UserId", a.user)
	w.Text("PrincipalId", a.principal)
	w.Text("Arn", a.arn)
	w.Text("RoleId", a.role)
}

func (c *Caller) getCallerIdentity(*GetCallerIdentityRequest) (*GetCallerIdentityResponse, error) {
	k, ok := c.World.Keys.Get(c.Call.AccessKey)
	if !ok {
		root := "acs:ram::" + c.Account + ":root"
		return &GetCallerIdentityResponse{kind: "Account", account: c.Account, user: c.Account, principal: c.Account, arn: root}, nil
	}
	id := roleID(k.Account, k.Role)
	return &GetCallerIdentityResponse{
		kind: "AssumedRoleUser", account: k.Account, user: id, principal: id + ":" + k.Session, role: id,
		arn: "acs:ram::" + k.Account + ":assumed-role/" + k.Role + "/" + k.Session,
	}, nil
}

// roleID returns the id of a role, which follows from its account and name.
func roleID(account, role string) string {
	h := fnv.New64a()
	h.Write([]byte(account + "/" + role))
	return fmt.Sprintf("3%017d", h.Sum64()%1e17)
}

// AssumeRole makes a temporary key.
var AssumeRole = define(rpc.Spec{
	Name:    "AssumeRole",
	Summary: "Makes a temporary access key of a role, in the account of the role. Every role is taken to exist.",
	Example: "RoleArn=acs:ram::1234567890123456:role/reader&RoleSessionName=alice",
	Failures: []*rpc.Failure{
		{On: errRole, Status: 400, Code: "InvalidParameter.RoleArn", Message: "The parameter RoleArn is wrongly formed.",
			When: "RoleArn is not acs:ram::account:role/name.", Try: "RoleArn=reader"},
		{On: errSession, Status: 400, Code: "InvalidParameter.RoleSessionName", Message: "The parameter RoleSessionName is wrongly formed.",
			When: "RoleSessionName is not 2 to 64 letters, digits, periods, at signs, hyphens and underscores.", Try: "RoleSessionName=a"},
		{On: errDuration, Status: 400, Code: "InvalidParameter.DurationSeconds", Message: "The Min/Max value of DurationSeconds is 15min/1hr.",
			When: "DurationSeconds is not 900 to 3600.", Try: "DurationSeconds=899"},
		{On: errPolicySize, Status: 400, Code: "InvalidParameter.PolicySize", Message: "The size of Policy must be smaller than 1024 bytes.",
			When: "Policy has 1024 bytes or more.", Try: "Policy=" + strings.Repeat("x", 1024)},
		{On: errPolicy, Status: 400, Code: "InvalidParameter.PolicyGrammar", Message: "The parameter Policy has not passed grammar check.",
			When: "Policy is not JSON.", Try: "Policy=all"},
	},
}, (*Caller).assumeRole)

// AssumeRoleRequest is the role, and how long the key lasts.
type AssumeRoleRequest struct {
	role    roleARN
	session session
	life    duration
	policy  policy
}

// Params declares the parameters.
func (r *AssumeRoleRequest) Params(p *param.Set) {
	p.Var(&r.role, "RoleArn", "Role: acs:ram::account:role/name. The key is of this account.").Require().Example("acs:ram::123456789012****:role/adminrole")
	p.Var(&r.session, "RoleSessionName", "Name of the session: 2 to 64 letters, digits, periods, at signs, hyphens and underscores.").Require().Example("alice")
	p.Var(&r.life, "DurationSeconds", "How long the key lasts, by the mock's clock: 900 to 3600.").Default("3600").Example("1800")
	p.Var(&r.policy, "Policy", "Has no effect: every caller may do everything.").Example(`{"Statement": [], "Version": "1"}`)
	p.Unused("ExternalId String\nSourceIdentity String")
}

// AssumeRoleResponse is the key and its session.
type AssumeRoleResponse struct{ id, secret, token, expires, role, arn string }

// Fields declares the answer.
func (a *AssumeRoleResponse) Fields(w *wire.Writer) {
	w.Object("Credentials", func(w *wire.Writer) {
		w.Text("AccessKeyId", a.id)
		w.Text("AccessKeySecret", a.secret)
		w.Text("SecurityToken", a.token)
		w.Text("Expiration", a.expires)
	})
	w.Object("AssumedRoleUser", func(w *wire.Writer) {
		w.Text("AssumedRoleId", a.role)
		w.Text("Arn", a.arn)
	})
}

func (c *Caller) assumeRole(r *AssumeRoleRequest) (*AssumeRoleResponse, error) {
	k := c.World.Keys.Make(r.role.account, r.role.name, string(r.session), time.Duration(r.life)*time.Second)
	return &AssumeRoleResponse{
		id: k.ID, secret: k.Secret, token: k.Token, expires: product.Timestamp(k.Expires),
		role: roleID(k.Account, k.Role) + ":" + k.Session, arn: "acs:ram::" + k.Account + ":role/" + k.Role + "/" + k.Session,
	}, nil
}

// Causes of values.
var (
	errRole       = errors.New("the name of a role is acs:ram::account:role/name")
	errSession    = errors.New("the name of a session is 2 to 64 letters, digits, periods, at signs, hyphens and underscores")
	errDuration   = errors.New("a key lasts 900 to 3600 seconds")
	errPolicySize = errors.New("a policy is smaller than 1024 bytes")
	errPolicy     = errors.New("a policy is a JSON object")
)

// A roleARN is the name of a role.
type roleARN struct{ account, name string }

// Set reads the name.
func (r *roleARN) Set(text string) error {
	rest, ok := strings.CutPrefix(text, "acs:ram::")
	account, name, of := strings.Cut(rest, ":role/")
	if !ok || !of || !ascii.IsWord(account, "") || !ascii.IsWord(name, ".-_/") {
		return errRole
	}
	r.account, r.name = strings.Clone(account), strings.Clone(name)
	return nil
}

// session is the name of a session.
type session string

// Set reads the name.
func (s *session) Set(text string) error {
	if len(text) < 2 || len(text) > 64 || !ascii.IsWord(text, ".@-_") {
		return errSession
	}
	*s = session(strings.Clone(text))
	return nil
}

// duration is the life of a key in seconds.
type duration int

// Type returns the API's name of the type.
func (*duration) Type() string { return "Long" }

// Range returns the limits.
func (*duration) Range() (least, most int) { return 900, 3600 }

// Set reads the seconds.
func (d *duration) Set(text string) error {
	var n int
	least, most := d.Range()
	if err := json.Unmarshal([]byte(text), &n); err != nil || n < least || n > most {
		return errDuration
	}
	*d = duration(n)
	return nil
}

// policy is a policy that nobody reads.
type policy struct{}

// Set checks the policy.
func (*policy) Set(text string) error {
	var statements map[string]any
	switch {
	case len(text) >= 1024:
		return errPolicySize
	case json.Unmarshal([]byte(text), &statements) != nil:
		return errPolicy
	}
	return nil
}
