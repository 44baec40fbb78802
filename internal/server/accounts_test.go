package server_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

// tenant is an account that calls the API. All tenants name their groups, their
// client tokens and their nonces alike: what is another's is no concern of theirs.
type tenant struct {
	s        *server.Server
	id       string
	port     string // of its rules, which no other tenant's have
	calls    int
	web, app string
}

// tenants are many accounts, each of which is its access key of 16 digits.
func tenants(s *server.Server) []*tenant {
	list := make([]*tenant, 50)
	for i := range list {
		list[i] = &tenant{s: s, id: fmt.Sprintf("20000000000000%02d", i), port: fmt.Sprintf("%d/%d", 1000+i, 1000+i)}
	}
	return list
}

// reply is what tenants read of an answer.
type reply struct {
	Code, SecurityGroupId string
	TotalCount            int
	SecurityGroups        struct {
		SecurityGroup []struct{ SecurityGroupId string }
	}
	Permissions struct{ Permission []permission }
}

type permission struct{ PortRange, SourceCidrIp, SourceGroupId, SourceGroupOwnerAccount string }

// params are names and values in turn.
func params(action string, pairs ...string) map[string]string {
	p := map[string]string{"Action": action}
	for i := 0; i < len(pairs); i += 2 {
		p[pairs[i]] = pairs[i+1]
	}
	return p
}

// call signs a call and wants it to be answered with a code, "" for a success.
func (a *tenant) call(code string, p map[string]string) (reply, error) {
	a.calls++
	signed := v1{secret: "testsecret", before: maps.Clone(p)}
	signed.before["AccessKeyId"], signed.before["SignatureNonce"] = a.id, fmt.Sprint(a.calls)
	got := get(a.s, signed.query())
	var r reply
	if err := json.Unmarshal([]byte(got.Body), &r); err != nil {
		return r, err
	}
	if r.Code != code || (code == "") != (got.Status == 200) {
		return r, fmt.Errorf("%s: %v is answered with %d %s", a.id, p, got.Status, got.Body)
	}
	return r, nil
}

// must is call for steps whose answer says nothing more.
func (a *tenant) must(code string, p map[string]string) error {
	_, err := a.call(code, p)
	return err
}

// run does steps until one fails.
func run(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// together lets all tenants do a thing at the same time, and waits for them.
func together(t *testing.T, all []*tenant, do func(i int, a *tenant) error) {
	t.Helper()
	errs := make([]error, len(all))
	begin := make(chan struct{})
	var wait sync.WaitGroup
	for i, a := range all {
		wait.Go(func() {
			<-begin
			errs[i] = do(i, a)
		})
	}
	close(begin)
	wait.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
}

// create makes a tenant's two groups, whose names and client tokens every tenant uses.
func (a *tenant) create() error {
	for name, id := range map[string]*string{"web": &a.web, "app": &a.app} {
		p := params("CreateSecurityGroup", "SecurityGroupName", name, "VpcId", "vpc-1", "ClientToken", "token-"+name)
		first, err := a.call("", p)
		if err != nil {
			return err
		}
		again, err := a.call("", p)
		if err != nil || first.SecurityGroupId != again.SecurityGroupId {
			return fmt.Errorf("%s: the token gave %s, then %s: %w", a.id, first.SecurityGroupId, again.SecurityGroupId, err)
		}
		*id = first.SecurityGroupId
	}
	return nil
}

// sees wants the tenant to have these groups and no others.
func (a *tenant) sees(groups ...string) error {
	r, err := a.call("", params("DescribeSecurityGroups", "PageSize", "50"))
	var has []string
	for _, g := range r.SecurityGroups.SecurityGroup {
		has = append(has, g.SecurityGroupId)
	}
	slices.Sort(has)
	slices.Sort(groups)
	if err == nil && (r.TotalCount != len(groups) || !slices.Equal(has, groups)) {
		err = fmt.Errorf("%s has %v, and sees %d: %v", a.id, groups, r.TotalCount, has)
	}
	return err
}

// has wants the tenant's group web to have these rules and no others.
func (a *tenant) has(want ...permission) error {
	r, err := a.call("", params("DescribeSecurityGroupAttribute", "SecurityGroupId", a.web))
	if err == nil && !slices.Equal(r.Permissions.Permission, want) {
		err = fmt.Errorf("%s: %s has %v, not %v", a.id, a.web, r.Permissions.Permission, want)
	}
	return err
}

// rule is a call about a rule of the tenant's port in a group.
func (a *tenant) rule(action, group string, source ...string) map[string]string {
	p := params(action, append(source, "SecurityGroupId", group)...)
	p["IpProtocol"], p["PortRange"] = "tcp", a.port
	return p
}

// live is a whole life of a tenant's groups.
func (a *tenant) live() error {
	const miss = "InvalidGroupAuthItem.NotFound"
	inside, peer := []string{"SourceCidrIp", "10.0.0.0/8"}, permission{PortRange: a.port, SourceCidrIp: "10.0.0.0/8"}
	return run(a.create,
		func() error { return a.sees(a.web, a.app) },
		func() error { return a.has() },
		func() error { return a.must("", a.rule("AuthorizeSecurityGroup", a.web, inside...)) },
		func() error { return a.has(peer) },
		func() error { return a.must("", a.rule("RevokeSecurityGroup", a.web, inside...)) },
		func() error { return a.must(miss, a.rule("RevokeSecurityGroup", a.web, inside...)) },
		func() error { return a.has() },
		func() error { return a.must("", params("DeleteSecurityGroup", "SecurityGroupId", a.app)) },
		func() error { return a.sees(a.web) },
		func() error { return a.must("", params("DeleteSecurityGroup", "SecurityGroupId", a.web)) },
		func() error { return a.sees() },
	)
}

// Parallel tests can share one server, whether it verifies signatures or not.
func TestAccountsLiveSideBySide(t *testing.T) {
	for name, signatures := range map[string]server.Signatures{"off": server.SignaturesOff, "require": server.SignaturesRequire} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, server.Options{Signatures: signatures})
			all := tenants(s)
			together(t, all, func(_ int, a *tenant) error { return a.live() })
			assert.NotContains(t, world(s), "SecurityGroupId")
			for _, a := range all {
				var calls struct{ Calls []struct{ AccountId string } }
				require.NoError(t, json.Unmarshal([]byte(get(s, "/_mock/journal?account="+a.id).Body), &calls))
				require.Len(t, calls.Calls, a.calls)
			}
		})
	}
}

// A key signs for its own account only: with require, what is signed with another
// secret is refused, and what two accounts call a nonce are two nonces.
func TestAccountsAreToldByTheKeyThatSigned(t *testing.T) {
	t.Parallel()
	s := start(t, server.Options{Signatures: server.SignaturesRequire})
	all := tenants(s)
	together(t, all, func(_ int, a *tenant) error { return a.create() })
	together(t, all, func(i int, a *tenant) error {
		forged := v1{secret: "testsecret", before: params("DescribeSecurityGroups", "AccessKeyId", a.id, "SignatureNonce", "forged"),
			after: map[string]string{"AccessKeyId": all[(i+1)%len(all)].id}}
		if got := get(s, forged.query()); got.Status != 400 {
			return fmt.Errorf("%s: %d %s", a.id, got.Status, got.Body)
		}
		return a.sees(a.web, a.app)
	})
}

// strangers wants every call about another tenant's group to find nothing.
func (a *tenant) strangers(other *tenant) error {
	const unknown = "InvalidSecurityGroupId.NotFound"
	inside := []string{"SourceCidrIp", "10.0.0.0/8"}
	return run(
		func() error {
			return a.must(unknown, params("DescribeSecurityGroupAttribute", "SecurityGroupId", other.web))
		},
		func() error {
			return a.must(unknown, params("DescribeSecurityGroupReferences", "SecurityGroupId.1", other.web))
		},
		func() error { return a.must(unknown, a.rule("AuthorizeSecurityGroup", other.web, inside...)) },
		func() error { return a.must(unknown, other.rule("RevokeSecurityGroup", other.web, inside...)) },
		func() error {
			return a.must(unknown, params("ModifySecurityGroupAttribute", "SecurityGroupId", other.web, "SecurityGroupName", "mine"))
		},
		func() error { return a.must(unknown, params("DeleteSecurityGroup", "SecurityGroupId", other.web)) },
		func() error {
			r, err := a.call("", params("DescribeSecurityGroups", "SecurityGroupId", other.web))
			if err == nil && r.TotalCount != 0 {
				err = fmt.Errorf("%s sees %s of %s", a.id, other.web, other.id)
			}
			return err
		},
	)
}

// Groups of other accounts do not exist, but for a rule that names one together with
// its owner.
func TestAccountsNameEachOthersGroupsAsSources(t *testing.T) {
	t.Parallel()
	s := start(t, server.Options{Signatures: server.SignaturesRequire})
	all := tenants(s)
	next := func(i int) *tenant { return all[(i+1)%len(all)] }
	source := func(i int) []string {
		return []string{"SourceGroupId", next(i).app, "SourceGroupOwnerId", next(i).id}
	}
	remove := func(group string) map[string]string {
		return params("DeleteSecurityGroup", "SecurityGroupId", group)
	}
	together(t, all, func(_ int, a *tenant) error { return a.create() })
	together(t, all, func(i int, a *tenant) error {
		return run(
			func() error { return a.strangers(next(i)) },
			func() error {
				return a.must("InvalidSourceGroupId.NotFound", a.rule("AuthorizeSecurityGroup", a.web, source(i)[:2]...))
			},
			func() error { return a.must("", a.rule("AuthorizeSecurityGroup", a.web, source(i)...)) },
		)
	})
	together(t, all, func(i int, a *tenant) error {
		return run(
			func() error { return a.sees(a.web, a.app) },
			func() error {
				return a.has(permission{PortRange: a.port, SourceGroupId: next(i).app, SourceGroupOwnerAccount: next(i).id})
			},
			func() error { return a.must("DependencyViolation", remove(a.app)) },
		)
	})
	together(t, all, func(i int, a *tenant) error {
		return run(
			func() error {
				return a.must("InvalidGroupAuthItem.NotFound", a.rule("RevokeSecurityGroup", a.web, source(i)[:2]...))
			},
			func() error { return a.must("", a.rule("RevokeSecurityGroup", a.web, source(i)...)) },
			func() error { return a.has() },
		)
	})
	together(t, all, func(_ int, a *tenant) error {
		return run(func() error { return a.must("", remove(a.app)) }, func() error { return a.must("", remove(a.web)) })
	})
}
