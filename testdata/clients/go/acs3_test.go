package clients_test

import (
	"testing"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// generic is the vendor's generic client. It signs by ACS3: the action and the
// version are in headers, and no parameter asks for JSON.
type generic struct {
	*openapi.Client
}

func newACS3(t *testing.T, scheme string, k key) generic {
	t.Helper()
	client, err := openapi.NewClient(&openapi.Config{
		AccessKeyId: dara.String(k.id), AccessKeySecret: dara.String(k.secret), SecurityToken: dara.String(k.token),
		Endpoint: dara.String(endpoint), Protocol: dara.String(scheme),
	})
	require.NoError(t, err)
	return generic{client}
}

// call sends some parameters in the query, the others in a form.
func (c generic) call(action string, query, form map[string]string) (map[string]any, error) {
	params := &openapi.Params{
		Action: dara.String(action), Version: dara.String("2014-05-26"), Protocol: dara.String("HTTPS"),
		Method: dara.String("POST"), Pathname: dara.String("/"), AuthType: dara.String("AK"), Style: dara.String("RPC"),
		ReqBodyType: dara.String("formData"), BodyType: dara.String("json"),
	}
	body := map[string]any{}
	for name, value := range form {
		body[name] = value
	}
	request := &openapi.OpenApiRequest{Query: map[string]*string{}, Body: body}
	for name, value := range query {
		request.Query[name] = dara.String(value)
	}
	answer, err := c.CallApi(params, request, &dara.RuntimeOptions{})
	if err != nil {
		return nil, err
	}
	return answer["body"].(map[string]any), nil
}

func TestACS3IsAnsweredInJSON(t *testing.T) {
	t.Parallel()
	client := newACS3(t, "HTTP", key{id: newAccount(t), secret: secret})
	where := map[string]string{"RegionId": region}
	created, err := client.call("CreateSecurityGroup", where, map[string]string{"VpcId": "vpc-1", "SecurityGroupName": "web"})
	require.NoError(t, err)
	group, _ := created["SecurityGroupId"].(string)
	require.NotEmpty(t, group)
	rule := map[string]string{"SecurityGroupId": group, "IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}
	_, err = client.call("AuthorizeSecurityGroup", where, rule)
	require.NoError(t, err)
	answer, err := client.call("RevokeSecurityGroup", where, rule)
	require.NoError(t, err)
	assert.NotEmpty(t, answer["RequestId"])

	_, err = client.call("RevokeSecurityGroup", where, rule)
	code, message := refusedACS3(t, err, 403)
	assert.Equal(t, noRule, code)
	assert.Regexp(t, "^code: 403, "+noRuleText+" request id: [0-9A-F-]{36}$", message)
}

// refusedACS3 checks that an error is the service's own.
func refusedACS3(t *testing.T, err error, status int) (code, message string) {
	t.Helper()
	var refusal *tea.SDKError
	require.ErrorAs(t, err, &refusal)
	assert.Equal(t, status, tea.IntValue(refusal.StatusCode))
	return tea.StringValue(refusal.Code), tea.StringValue(refusal.Message)
}

func TestBothGenerationsSeeOneWorld(t *testing.T) {
	t.Parallel()
	account := newAccount(t)
	created, err := newACS3(t, "HTTP", key{id: account, secret: secret}).call("CreateSecurityGroup", map[string]string{"RegionId": region}, map[string]string{"VpcId": "vpc-1"})
	require.NoError(t, err)
	w := &world{Client: newClient(t, account, endpoint), t: t}
	assert.Empty(t, w.rules(created["SecurityGroupId"].(string)))
}
