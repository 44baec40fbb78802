package clients_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/stretchr/testify/assert"
)

func TestTheDocumentsErrorsAreTyped(t *testing.T) {
	t.Parallel()
	for _, test := range mistakes {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			_, err := w.RevokeSecurityGroup(w.changed(test.change))
			refused(t, err, test.refusal)
			assert.Len(t, w.rules(w.web), 1, "a refused revoke has changed nothing")
		})
	}
}

// changed is the revoke of the rule that there is, with some parameters otherwise.
// Fields have the names of parameters. The SDK leaves out those that are zero; a
// blank goes beside them.
func (w *world) changed(change changes) *ecs.RevokeSecurityGroupRequest {
	request := w.revokeSSH()
	for name, value := range change {
		text := ""
		if value != nil {
			text = strings.ReplaceAll(*value, "{group}", w.web)
		}
		if value != nil && text == "" {
			request.QueryParams[name] = ""
		}
		reflect.ValueOf(request).Elem().FieldByName(name).SetString(text)
	}
	return request
}

func TestAClientTokenIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	request := w.revokeSSH()
	request.ClientToken = "123e4567-e89b-12d3-a456-426655440000"
	first, err := w.RevokeSecurityGroup(request)
	assert.NoError(t, err)
	again, err := w.RevokeSecurityGroup(request)
	assert.NoError(t, err)
	assert.NotEqual(t, first.RequestId, again.RequestId)
	request.PortRange = "23/23"
	_, err = w.RevokeSecurityGroup(request)
	refused(t, err, refusal{400, "IdempotentParameterMismatch", "The request is retried with updated parameters."})
}

// The SDK's own retry is for answers of 500 and above alone.
func TestAServerErrorIsTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fail(t, "RevokeSecurityGroup", "ServiceUnavailable", 2)
	_, err := w.RevokeSecurityGroup(w.revokeSSH())
	assert.NoError(t, err)
	assert.Equal(t, []string{"ServiceUnavailable", "ServiceUnavailable", ""}, w.codes(t, "RevokeSecurityGroup"))
	assert.Empty(t, w.rules(w.web))
}

func TestThrottlingIsToldAndNotTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fail(t, "RevokeSecurityGroup", "Throttling.User", 2)
	_, err := w.RevokeSecurityGroup(w.revokeSSH())
	refused(t, err, refusal{400, "Throttling.User", "Request was denied due to user flow control."})
	assert.Equal(t, []string{"Throttling.User"}, w.codes(t, "RevokeSecurityGroup"))
	assert.Len(t, w.rules(w.web), 1)
}
