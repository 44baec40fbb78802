'use strict';

// @alicloud/pop-core as the tests use it: signature version 1.0, parameters in the
// query or in a form.

const assert = require('node:assert/strict');
const RPCClient = require('@alicloud/pop-core');
const { requestId } = require('./mock');
const { miss } = require('./refusals');

const RegionId = 'cn-hangzhou';

// connect is the SDK's client. Where to, and whom to trust, is all that a user changes;
// README shows it. The version chooses the product, which is ECS unless another is given.
function connect(mock, protocol, method, account, apiVersion = '2014-05-26') {
  return new RPCClient({
    endpoint: `${protocol}://${mock.endpoint}`, // http://127.0.0.1:2014, or https
    apiVersion, // 2014-05-26 is ECS, 2016-04-28 is VPC
    opts: { method, ca: mock.authority }, // for https, the certificate of /_mock/ca.pem; or set NODE_EXTRA_CA_CERTS
    ...account, // accessKeyId and accessKeySecret
  });
}

// newGroup makes a group that lets ssh in from a block of addresses, and answers with
// the rule that does.
async function newGroup(client) {
  const { SecurityGroupId } = await client.request('CreateSecurityGroup', { RegionId, VpcId: 'vpc-1', SecurityGroupName: 'web' });
  assert.match(SecurityGroupId, /^sg-\w{20}$/);
  const ssh = { RegionId, SecurityGroupId, IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8' };
  await client.request('AuthorizeSecurityGroup', { ...ssh, Description: 'ssh from inside' });
  return ssh;
}

async function rules(client, { SecurityGroupId }) {
  const group = await client.request('DescribeSecurityGroupAttribute', { RegionId, SecurityGroupId });
  assert.equal(group.SecurityGroupId, SecurityGroupId);
  return group.Permissions.Permission;
}

// refusal is the SDK's own error, as assert.rejects checks it.
function refusal(status, code, message) {
  return (err) => {
    assert.equal(err.name, `${code}Error`);
    assert.equal(err.code, code);
    assert.equal(err.entry.response.statusCode, status);
    assert.match(err.data.RequestId, requestId);
    assert.equal(err.data.RequestId, err.entry.response.headers['x-acs-request-id']);
    assert.match(err.data.HostId, /^127\.0\.0\.1:\d+$/);
    if (message instanceof RegExp) assert.match(err.data.Message, message);
    else assert.equal(err.data.Message, message);
    return true;
  };
}

const noRule = () => refusal(miss.Status, miss.Code, miss.Message);

module.exports = { RegionId, connect, newGroup, rules, refusal, noRule };
