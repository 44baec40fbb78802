package clients_test

import (
	"fmt"
	"maps"
	"testing"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// generic is the vendor's newer client, of any API. It signs by ACS3: the action and
// the version are in headers, and no parameter asks for JSON.
type generic struct {
	*openapi.Client
	version string // of the API
}

// newOpenAPI is that client for a key. Where to and by what scheme is all that a
// user changes; README shows it.
func newOpenAPI(t *testing.T, scheme string, k key) generic {
	t.Helper()
	throttled := &dara.RetryCondition{ErrorCode: []string{"Throttling.User"}, MaxAttempts: 3, MaxDelay: 1} // seconds
	client, err := openapi.NewClient(&openapi.Config{
		AccessKeyId: dara.String(k.id), AccessKeySecret: dara.String(k.secret),
		Endpoint: dara.String(endpoint), Protocol: dara.String(scheme), // 127.0.0.1:2014, HTTP or HTTPS
		RetryOptions: &dara.RetryOptions{Retryable: true, RetryCondition: []*dara.RetryCondition{throttled}},
	})
	require.NoError(t, err)
	return generic{client, "2014-05-26"}
}

type params = map[string]string

// call sends some parameters in the query, the others in a form.
func (c generic) call(action string, query, form params) (map[string]any, error) {
	api := &openapi.Params{
		Action: dara.String(action), Version: dara.String(c.version), Protocol: dara.String("HTTPS"),
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
	answer, err := c.CallApi(api, request, &dara.RuntimeOptions{})
	if err != nil {
		return nil, err
	}
	return answer["body"].(map[string]any), nil
}

// plain is an account of the newer client's tests: a group that lets ssh in from a
// block of addresses.
type plain struct {
	generic
	key
	t   *testing.T
	web string
}

func newPlain(t *testing.T) *plain {
	t.Helper()
	k := newKey(t, ofOpenAPI)
	p := &plain{generic: newOpenAPI(t, "HTTP", k), key: k, t: t}
	p.web = p.create("web")
	p.does("AuthorizeSecurityGroup", p.ssh())
	return p
}

// does makes a call that has to succeed.
func (p *plain) does(action string, more params) map[string]any {
	p.t.Helper()
	answer, err := p.call(action, params{"RegionId": region}, more)
	require.NoError(p.t, err)
	require.Regexp(p.t, requestID, answer["RequestId"])
	return answer
}

func (p *plain) create(name string) string {
	p.t.Helper()
	id, _ := p.does("CreateSecurityGroup", params{"VpcId": "vpc-1", "SecurityGroupName": name})["SecurityGroupId"].(string)
	require.Regexp(p.t, `^sg-\w{20}$`, id)
	return id
}

func (p *plain) ssh() params {
	return params{"SecurityGroupId": p.web, "IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}
}

// rules are the rules that a group has.
func (p *plain) rules(group string) []map[string]any {
	p.t.Helper()
	return list(p.does("DescribeSecurityGroupAttribute", params{"SecurityGroupId": group}), "Permissions", "Permission")
}

// list is a list of an answer, in the element that it is wrapped in.
func list(answer map[string]any, wrapper, name string) []map[string]any {
	var items []map[string]any
	for _, item := range answer[wrapper].(map[string]any)[name].([]any) {
		items = append(items, item.(map[string]any))
	}
	return items
}

// with is parameters and more.
func with(base, more params) params {
	all := maps.Clone(base)
	maps.Copy(all, more)
	return all
}

// refusedGeneric checks that an error is the service's own.
func refusedGeneric(t *testing.T, err error, status int, code, message string) {
	t.Helper()
	var answer *tea.SDKError
	require.ErrorAs(t, err, &answer)
	assert.Equal(t, status, tea.IntValue(answer.StatusCode))
	assert.Equal(t, code, tea.StringValue(answer.Code))
	var data struct{ Code, Message, RequestId, HostId string }
	unmarshal(t, tea.StringValue(answer.Data), &data)
	assert.Regexp(t, requestID, data.RequestId)
	assert.Equal(t, hosts()[0], data.HostId)
	assert.Regexp(t, message, data.Message)
	assert.Equal(t, fmt.Sprintf("code: %d, %s request id: %s", status, data.Message, data.RequestId), tea.StringValue(answer.Message))
}
