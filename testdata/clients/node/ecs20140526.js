'use strict';

// @alicloud/ecs20140526 as the tests use it: ACS3-HMAC-SHA256, the action in a header,
// typed models.

const assert = require('node:assert/strict');
const $ecs = require('@alicloud/ecs20140526');
const { $OpenApiUtil, ClientError, ThrottlingError } = require('@alicloud/openapi-core');
const { requestId } = require('./mock');
const { miss } = require('./refusals');

const regionId = 'cn-hangzhou';

// connect is the SDK's client. Where to, and whom to trust, is all that a user changes;
// README shows it.
function connect(mock, protocol, account, Client = $ecs.default) {
  const throttled = { exception: ['ThrottlingError'], errorCode: [], maxAttempts: 3 };
  return new Client(new $OpenApiUtil.Config({ // $ecs.default, or $vpc.default of @alicloud/vpc20160428
    regionId,
    endpoint: mock.endpoint, // 127.0.0.1:2014
    protocol, // http or https
    ca: mock.authority, // for https, the certificate of /_mock/ca.pem; or set NODE_EXTRA_CA_CERTS
    retryOptions: { retryable: true, retryCondition: [throttled], noRetryCondition: [] },
    ...account, // accessKeyId and accessKeySecret
  }));
}

const authorize = (client, request) => client.authorizeSecurityGroup(new $ecs.AuthorizeSecurityGroupRequest(request));
const revoke = (client, request) => client.revokeSecurityGroup(new $ecs.RevokeSecurityGroupRequest(request));

// newGroup makes a group that lets ssh in from a block of addresses, and answers with
// the rule that does.
async function newGroup(client) {
  const create = new $ecs.CreateSecurityGroupRequest({ regionId, vpcId: 'vpc-1', securityGroupName: 'web' });
  const { securityGroupId } = (await client.createSecurityGroup(create)).body;
  assert.match(securityGroupId, /^sg-\w{20}$/);
  const ssh = { regionId, securityGroupId, ipProtocol: 'tcp', portRange: '22/22', sourceCidrIp: '10.0.0.0/8' };
  await authorize(client, { ...ssh, description: 'ssh from inside' });
  return ssh;
}

async function rules(client, { securityGroupId }) {
  const request = new $ecs.DescribeSecurityGroupAttributeRequest({ regionId, securityGroupId });
  const { body } = await client.describeSecurityGroupAttribute(request);
  assert.equal(body.securityGroupId, securityGroupId);
  return body.permissions.permission;
}

// refusal is the SDK's own error, as assert.rejects checks it.
function refusal(status, code, message, type = ClientError) {
  return (err) => {
    assert.ok(err instanceof type, err.stack);
    assert.equal(err.name, type.name);
    assert.equal(err.code, code);
    assert.equal(err.statusCode, status);
    assert.match(err.requestId, requestId);
    assert.equal(err.data.RequestId, err.requestId);
    assert.match(err.data.HostId, /^127\.0\.0\.1:\d+$/);
    if (message instanceof RegExp) assert.match(err.data.Message, message);
    else assert.equal(err.data.Message, message);
    assert.equal(err.message, `${code}: code: ${status}, ${err.data.Message} request id: ${err.requestId}`);
    return true;
  };
}

const throttling = () => refusal(400, 'Throttling.User', 'Request was denied due to user flow control.', ThrottlingError);
const noRule = () => refusal(miss.Status, miss.Code, miss.Message);

module.exports = { regionId, connect, authorize, revoke, newGroup, rules, refusal, throttling, noRule };
