package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Calls of every product are signed alike, in both ways.
func TestCallsOfVPCAreSigned(t *testing.T) {
	s := requiring(t)
	create := map[string]string{"Action": "CreateVpc", "Version": "2016-04-28", "VpcName": "signed", "SignatureNonce": "n2"}
	got := get(s, v1{secret: "testsecret", before: create}.query())
	assert.Equal(t, http.StatusOK, got.Status, got.Body)
	wrong := get(requiring(t), v1{secret: "wrong", before: create}.query())
	assert.Contains(t, wrong.Body, "IncompleteSignature", "as for ECS")

	got = do(s, acs3Of("DescribeVpcs", "2016-04-28", "vpc.cn-hangzhou.aliyuncs.com", "testsecret"))
	assert.Equal(t, http.StatusOK, got.Status, got.Body)
	assert.Contains(t, got.Body, `"VpcName":"signed"`)
	assert.Contains(t, do(requiring(t), acs3Of("DescribeVpcs", "2016-04-28", "vpc.cn-hangzhou.aliyuncs.com", "wrong")).Body, "SignatureDoesNotMatch")
}

// A fault and a filter of the journal may name one product's action, and hiding works for
// what any product adds.
func TestFaultsAndJournalKnowProducts(t *testing.T) {
	s := demo(t)
	const ofVPC, ofECS = "/?Action=DescribeVpcs&RegionId=cn-hangzhou&Format=JSON&Version=2016-04-28", "/?Action=DescribeVpcs&RegionId=cn-hangzhou&Format=JSON"
	post(t, s, `{"Action": "Vpc.DescribeVpcs", "Code": "Throttling.User", "Times": 1}`)
	assert.NotContains(t, get(s, ofECS).Body, "Throttling.User", "the fault is not about ECS")
	assert.Contains(t, get(s, ofVPC).Body, "Throttling.User")
	assert.Contains(t, get(s, ofVPC).Body, `"TotalCount":4`)

	assert.Len(t, calls(t, s, "action=DescribeVpcs"), 3)
	assert.Len(t, calls(t, s, "action=Ecs.DescribeVpcs"), 1)
	of := calls(t, s, "action=Vpc.DescribeVpcs")
	assert.Len(t, of, 2)
	assert.Equal(t, "Vpc", of[0].Product)

	got := send(s, http.MethodPost, "/_mock/faults", `{"Action": "Vpc.RevokeSecurityGroup", "DelayMs": 1}`)
	assert.Equal(t, http.StatusBadRequest, got.Status, "ECS has it, VPC does not")
	post(t, s, `{"Action": "Vpc.CreateVpc", "HideMs": 1000}`)
	assert.Equal(t, http.StatusOK, get(s, strings.Replace(ofVPC, "DescribeVpcs", "CreateVpc", 1)).Status)
	assert.Contains(t, get(s, ofVPC).Body, `"TotalCount":4`, "the new one is hidden")
	send(s, http.MethodPut, "/_mock/clock", `{"Now": "2040-01-01T00:00:00Z"}`)
	assert.Contains(t, get(s, ofVPC).Body, `"TotalCount":5`)
}
