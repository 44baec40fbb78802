package clients_test

import (
	"regexp"
	"runtime"
	"testing"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth/credentials"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// overBoth runs a test over http and over https, on the one port of the mock.
func overBoth(t *testing.T, test func(t *testing.T, scheme string)) {
	t.Parallel()
	for _, scheme := range []string{"HTTP", "HTTPS"} {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			if scheme == "HTTPS" {
				needsTrust(t)
			}
			test(t, scheme)
		})
	}
}

// needsTrust skips a test where Go does not read SSL_CERT_FILE.
func needsTrust(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
		t.Skip("Go trusts the system's own store alone there")
	}
}

// newTemporary is the older SDK's client for a temporary key.
func newTemporary(t *testing.T, scheme string, k key, token string) *ecs.Client {
	t.Helper()
	client, err := ecs.NewClientWithOptions(region, sdk.NewConfig().WithScheme(scheme), credentials.NewStsTokenCredential(k.id, k.secret, token))
	require.NoError(t, err)
	client.Domain = endpoint
	return client
}

func newGenericTemporary(t *testing.T, scheme string, k key, token string) generic {
	t.Helper()
	client, err := openapi.NewClient(&openapi.Config{
		AccessKeyId: dara.String(k.id), AccessKeySecret: dara.String(k.secret), SecurityToken: dara.String(token),
		Endpoint: dara.String(endpoint), Protocol: dara.String(scheme),
	})
	require.NoError(t, err)
	return generic{client, "2014-05-26"}
}

// listGroups asks for the groups of a client's account.
func listGroups(client *ecs.Client) error {
	_, err := client.DescribeSecurityGroups(ecs.CreateDescribeSecurityGroupsRequest())
	return err
}

func (c generic) listGroups() error {
	_, err := c.call("DescribeSecurityGroups", params{"RegionId": region}, nil)
	return err
}

// signsV1 makes the generic client sign by version 1.0.
func (c generic) signsV1() generic {
	c.SignatureAlgorithm = dara.String("v2") // as the vendor calls it there
	return c
}

func TestARightSecretIsTaken(t *testing.T) {
	for name, k := range map[string]key{
		"known key": {id: "testid", secret: secret},
		"16 digits": newKey(t, ofBoth),
	} {
		t.Run(name, func(t *testing.T) {
			overBoth(t, func(t *testing.T, scheme string) {
				assert.NoError(t, listGroups(newECS(t, scheme, k)))
				assert.NoError(t, newOpenAPI(t, scheme, k).listGroups())
				assert.NoError(t, newOpenAPI(t, scheme, k).signsV1().listGroups())
			})
		})
	}
}

func TestATemporaryKeyIsTaken(t *testing.T) {
	overBoth(t, func(t *testing.T, scheme string) {
		k := key{id: "testid", secret: secret}
		assert.NoError(t, listGroups(newTemporary(t, scheme, k, "a token+/=")))
		assert.NoError(t, newGenericTemporary(t, scheme, k, "a token+/=").listGroups())
		assert.NoError(t, newGenericTemporary(t, scheme, k, "a token+/=").signsV1().listGroups())
	})
}

// A temporary key needs its own token.
func TestATokenIsThatOfItsKey(t *testing.T) {
	needsOwnKeys(t)
	overBoth(t, func(t *testing.T, scheme string) {
		k := key{id: "STS.temporary", secret: secret}
		assert.NoError(t, listGroups(newTemporary(t, scheme, k, "a-token")))
		assert.NoError(t, newGenericTemporary(t, scheme, k, "a-token").listGroups())
		const malformed = "Specified SecurityToken is malformed."
		refused(t, listGroups(newTemporary(t, scheme, k, "another")), refusal{400, "InvalidSecurityToken.Malformed", malformed})
		refusedGeneric(t, newGenericTemporary(t, scheme, k, "another").listGroups(), 400, "InvalidSecurityToken.Malformed", malformed)
		const missing = "SecurityToken is mandatory for this action."
		refused(t, listGroups(newECS(t, scheme, k)), refusal{400, "MissingSecurityToken", missing})
		refusedGeneric(t, newOpenAPI(t, scheme, k).listGroups(), 400, "MissingSecurityToken", missing)
	})
}

// ECS takes no bearer token.
func TestABearerTokenIsRefused(t *testing.T) {
	client, err := ecs.NewClientWithOptions(region, sdk.NewConfig().WithScheme("HTTP"), credentials.NewBearerTokenCredential("token"))
	require.NoError(t, err)
	client.Domain = endpoint
	refused(t, listGroups(client), refusal{403, "UnsupportedSignatureType", "This signature type is not supported."})
}

// The older SDK compares the string to sign in the message with its own, and where
// they are equal it tells the user that the secret is wrong. The token in the strings
// shows that it was sent.
func TestAWrongSecretIsTold(t *testing.T) {
	needsOwnKeys(t)
	overBoth(t, func(t *testing.T, scheme string) {
		k := key{id: "testid", secret: "wrong"}
		err := listGroups(newTemporary(t, scheme, k, "a-token"))
		var server *errors.ServerError
		require.ErrorAs(t, err, &server)
		assert.Equal(t, 400, server.HttpStatus())
		assert.Equal(t, wrongSignature.Code, server.ErrorCode())
		assert.Regexp(t, "^"+regexp.QuoteMeta(wrongSignature.Message)+`POST&%2F&AccessKeyId%3Dtestid%26.*SecurityToken%3Da-token`, server.Message())
		assert.Equal(t, "InvalidAccessKeySecret: Please check you AccessKeySecret", server.Recommend())

		client := newGenericTemporary(t, scheme, k, "a-token")
		refusedGeneric(t, client.listGroups(), 400, "SignatureDoesNotMatch",
			`(?s)^Specified signature does not match our calculation\. server StringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\].*x-acs-security-token:a-token\n`)
		refusedGeneric(t, client.signsV1().listGroups(), 400, wrongSignature.Code, `SecurityToken%3Da-token`)
	})
}

func TestAnUnknownKeyIsNotFound(t *testing.T) {
	needsOwnKeys(t)
	overBoth(t, func(t *testing.T, scheme string) {
		k := key{id: "nobody", secret: secret}
		refused(t, listGroups(newECS(t, scheme, k)), refusal{404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."})
		refusedGeneric(t, newOpenAPI(t, scheme, k).listGroups(), 404, "InvalidAccessKeyId.NotFound", "^Specified access key is not found.$")
	})
}

// A form is signed too: with the parameters by version 1.0, as a body by ACS3. Blanks
// and what has to be encoded are in it.
func TestParametersInTheBodyAreSigned(t *testing.T) {
	overBoth(t, func(t *testing.T, scheme string) {
		k := newKey(t, ofBoth)
		w := &world{Client: newECS(t, scheme, k), t: t}
		w.web = w.create("web")
		where := params{"RegionId": region, "SecurityGroupId": w.web}
		form := params{"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8", "Description": "a b*~é+/=&%", "NicType": ""}
		for _, client := range []generic{newOpenAPI(t, scheme, k), newOpenAPI(t, scheme, k).signsV1()} {
			_, err := client.call("AuthorizeSecurityGroup", where, form)
			require.NoError(t, err)
			require.Len(t, w.rules(w.web), 1)
			assert.Equal(t, form["Description"], w.rules(w.web)[0].Description)

			request := w.revokeSSH()
			request.PortRange, request.SourceCidrIp = "", ""
			for name, value := range form {
				request.FormParams[name] = value
			}
			_, err = w.RevokeSecurityGroup(request)
			require.NoError(t, err)
			assert.Empty(t, w.rules(w.web))
		}
	})
}

// Certificates are verified: the mock of another authority is not spoken to.
func TestAnotherAuthorityIsNotTrusted(t *testing.T) {
	t.Parallel()
	needsTrust(t)
	host, stop, err := start()
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, stop()) })
	k := newKey(t, ofBoth)
	old, generic := newECS(t, "HTTPS", k), newOpenAPI(t, "HTTPS", k)
	old.Domain, generic.Endpoint = host, dara.String(host)
	assert.ErrorContains(t, listGroups(old), "x509: certificate signed by unknown authority")
	assert.ErrorContains(t, generic.listGroups(), "x509: certificate signed by unknown authority")
}
