package clients_test

import (
	"runtime"
	"testing"

	"github.com/alibabacloud-go/tea/dara"
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
			if scheme == "HTTPS" && (runtime.GOOS == "darwin" || runtime.GOOS == "windows") {
				t.Skip("Go trusts the system's own store alone there")
			}
			test(t, scheme)
		})
	}
}

// list asks for the groups of a client's account.
func list(client *ecs.Client) error {
	_, err := client.DescribeSecurityGroups(ecs.CreateDescribeSecurityGroupsRequest())
	return err
}

func (c generic) list() error {
	_, err := c.call("DescribeSecurityGroups", map[string]string{"RegionId": region}, nil)
	return err
}

// signsV1 makes the generic client sign by version 1.0.
func (c generic) signsV1() generic {
	c.SignatureAlgorithm = dara.String("v2") // as the vendor calls it there
	return c
}

func TestARightSecretIsTaken(t *testing.T) {
	for name, k := range map[string]key{
		"known key":     {id: "testid", secret: secret},
		"16 digits":     {id: newAccount(t), secret: secret},
		"temporary key": {id: "testid", secret: secret, token: "a token+/="},
	} {
		t.Run(name, func(t *testing.T) {
			overBoth(t, func(t *testing.T, scheme string) {
				assert.NoError(t, list(newV1(t, scheme, k)))
				assert.NoError(t, newACS3(t, scheme, k).list())
				assert.NoError(t, newACS3(t, scheme, k).signsV1().list())
			})
		})
	}
}

// The older SDK compares the string to sign in the message with its own, and where
// they are equal it tells the user that the secret is wrong. The token in the strings
// shows that it was sent.
func TestAWrongSecretIsTold(t *testing.T) {
	overBoth(t, func(t *testing.T, scheme string) {
		k := key{id: "testid", secret: "wrong", token: "a-token"}
		err := list(newV1(t, scheme, k))
		var server *errors.ServerError
		require.ErrorAs(t, err, &server)
		assert.Equal(t, 400, server.HttpStatus())
		assert.Equal(t, "IncompleteSignature", server.ErrorCode())
		assert.Regexp(t, `^The request signature does not conform to Aliyun standards\. server string to sign is:POST&%2F&AccessKeyId%3Dtestid%26.*SecurityToken%3Da-token`, server.Message())
		assert.Equal(t, "InvalidAccessKeySecret: Please check you AccessKeySecret", server.Recommend())

		code, message := refusedACS3(t, newACS3(t, scheme, k).list(), 400)
		assert.Equal(t, "SignatureDoesNotMatch", code)
		assert.Regexp(t, `^code: 400, Specified signature does not match our calculation\. server StringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\]`, message)
		assert.Contains(t, message, "x-acs-security-token:a-token\n")

		code, _ = refusedACS3(t, newACS3(t, scheme, k).signsV1().list(), 400)
		assert.Equal(t, "IncompleteSignature", code)
	})
}

func TestAnUnknownKeyIsNotFound(t *testing.T) {
	overBoth(t, func(t *testing.T, scheme string) {
		k := key{id: "nobody", secret: secret}
		refused(t, list(newV1(t, scheme, k)), 404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
		code, message := refusedACS3(t, newACS3(t, scheme, k).list(), 404)
		assert.Equal(t, "InvalidAccessKeyId.NotFound", code)
		assert.Contains(t, message, "code: 404, Specified access key is not found. request id: ")
	})
}

// A form is signed too: with the parameters by version 1.0, as a body by ACS3. Blanks
// and what has to be encoded are in it.
func TestParametersInTheBodyAreSigned(t *testing.T) {
	overBoth(t, func(t *testing.T, scheme string) {
		k := key{id: newAccount(t), secret: secret}
		w := &world{Client: newV1(t, scheme, k), t: t}
		w.web = w.create("web")
		where := map[string]string{"RegionId": region, "SecurityGroupId": w.web}
		form := map[string]string{"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8", "Description": "a b*~é+/=&%", "NicType": ""}
		for _, client := range []generic{newACS3(t, scheme, k), newACS3(t, scheme, k).signsV1()} {
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
