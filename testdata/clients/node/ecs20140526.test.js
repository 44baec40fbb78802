'use strict';

// @alicloud/ecs20140526: ACS3-HMAC-SHA256, the action in a header, typed models.

const assert = require('node:assert/strict');
const { after, before, describe, test } = require('node:test');
const $ecs = require('@alicloud/ecs20140526');
const { $OpenApiUtil, ClientError } = require('@alicloud/openapi-core');
const errors = require('./errors');
const { newAccount, requestId, start } = require('./mock');

const regionId = 'cn-hangzhou';

let mock;
before(async () => { mock = await start(); });
after(() => mock?.stop());

// newClient is the SDK's client. Where to, and whom to trust, is all that a user changes.
function newClient(protocol, config = newAccount()) {
  return new $ecs.default(new $OpenApiUtil.Config({
    ...config, regionId, endpoint: mock.endpoint, protocol, ca: mock.ca,
  }));
}

// newGroup makes a group that lets ssh in from a block of addresses, and answers with
// the rule that does.
async function newGroup(client) {
  const create = new $ecs.CreateSecurityGroupRequest({ regionId, vpcId: 'vpc-1', securityGroupName: 'web' });
  const { securityGroupId } = (await client.createSecurityGroup(create)).body;
  assert.match(securityGroupId, /^sg-\w{20}$/);
  const ssh = { regionId, securityGroupId, ipProtocol: 'tcp', portRange: '22/22', sourceCidrIp: '10.0.0.0/8' };
  await client.authorizeSecurityGroup(new $ecs.AuthorizeSecurityGroupRequest({ ...ssh, description: 'ssh from inside' }));
  return ssh;
}

async function rules(client, { securityGroupId }) {
  const request = new $ecs.DescribeSecurityGroupAttributeRequest({ regionId, securityGroupId });
  const { body } = await client.describeSecurityGroupAttribute(request);
  assert.equal(body.securityGroupId, securityGroupId);
  return body.permissions.permission;
}

const revoke = (client, request) => client.revokeSecurityGroup(new $ecs.RevokeSecurityGroupRequest(request));
const authorize = (client, request) => client.authorizeSecurityGroup(new $ecs.AuthorizeSecurityGroupRequest(request));

// refusal is the SDK's own error, as assert.rejects checks it.
function refusal(status, code, message) {
  return (err) => {
    assert.ok(err instanceof ClientError, err.stack);
    assert.equal(err.name, 'ClientError');
    assert.equal(err.code, code);
    assert.equal(err.statusCode, status);
    assert.match(err.requestId, requestId);
    assert.equal(err.data.RequestId, err.requestId);
    assert.equal(err.data.HostId, mock.endpoint);
    if (message instanceof RegExp) assert.match(err.data.Message, message);
    else assert.equal(err.data.Message, message);
    assert.equal(err.message, `${code}: code: ${status}, ${err.data.Message} request id: ${err.requestId}`);
    return true;
  };
}

const noRule = () => refusal(403, 'InvalidGroupAuthItem.NotFound', 'Specified group authorized item does not exist in our records.');

for (const protocol of ['http', 'https']) {
  describe(`ecs20140526, ${protocol}`, { concurrency: true }, () => {
    test('a rule comes and goes', async () => {
      const client = newClient(protocol);
      const ssh = await newGroup(client);
      const [rule, ...others] = await rules(client, ssh);
      assert.deepEqual(others, []);
      assert.match(rule.securityGroupRuleId, /^sgr-/);
      const { direction, ipProtocol, portRange, sourceCidrIp, sourceGroupId, policy, nicType, description } = rule;
      assert.deepEqual({ direction, ipProtocol, portRange, sourceCidrIp, sourceGroupId, policy, nicType, description }, {
        direction: 'ingress', ipProtocol: 'TCP', portRange: '22/22', sourceCidrIp: '10.0.0.0/8', sourceGroupId: '',
        policy: 'Accept', nicType: 'intranet', description: 'ssh from inside',
      });
      assert.equal(Number(rule.priority), 1);

      const answer = await revoke(client, ssh);
      assert.equal(answer.statusCode, 200);
      assert.match(answer.body.requestId, requestId);
      assert.equal(answer.headers['x-acs-request-id'], answer.body.requestId);
      assert.deepEqual(await rules(client, ssh), []);
      await assert.rejects(revoke(client, ssh), noRule());
    });

    test('many rules come and go at once', async () => {
      const client = newClient(protocol);
      const { securityGroupId } = await newGroup(client);
      const wanted = ['80/80', '443/443'].map((portRange) => ({ ipProtocol: 'tcp', portRange, sourceCidrIp: '0.0.0.0/0' }));
      await authorize(client, {
        regionId, securityGroupId, permissions: wanted.map((rule) => new $ecs.AuthorizeSecurityGroupRequestPermissions(rule)),
      });
      assert.equal((await rules(client, { securityGroupId })).length, 3);
      const request = {
        regionId, securityGroupId, permissions: wanted.map((rule) => new $ecs.RevokeSecurityGroupRequestPermissions(rule)),
      };
      await revoke(client, request);
      assert.deepEqual((await rules(client, { securityGroupId })).map((rule) => rule.portRange), ['22/22']);
      await assert.rejects(revoke(client, request), noRule());
    });

    test('a rule goes by its id', async () => {
      const client = newClient(protocol);
      const ssh = await newGroup(client);
      const ids = (await rules(client, ssh)).map((rule) => rule.securityGroupRuleId);
      const request = { regionId, securityGroupId: ssh.securityGroupId, securityGroupRuleId: ids };
      await revoke(client, request);
      assert.deepEqual(await rules(client, ssh), []);
      await assert.rejects(revoke(client, request), refusal(404, 'InvalidSecurityGroupRuleId.NotFound', /./));
    });

    test('any character is signed', async () => {
      const client = newClient(protocol);
      const ssh = await newGroup(client);
      const description = "a b*~é+/='()!&%25 安全组";
      await authorize(client, { ...ssh, portRange: '23/23', description });
      const described = (await rules(client, ssh)).find((rule) => rule.portRange === '23/23');
      assert.equal(described.description, description);
    });

    test('a client token is answered once', async () => {
      const client = newClient(protocol);
      const create = new $ecs.CreateSecurityGroupRequest({ regionId, vpcId: 'vpc-1', clientToken: 'create' });
      const { securityGroupId } = (await client.createSecurityGroup(create)).body;
      assert.equal((await client.createSecurityGroup(create)).body.securityGroupId, securityGroupId);

      const ssh = { regionId, securityGroupId, ipProtocol: 'tcp', portRange: '22/22', sourceCidrIp: '10.0.0.0/8' };
      for (let i = 0; i < 2; i++) {
        await authorize(client, { ...ssh, clientToken: 'authorize' });
        assert.equal((await rules(client, ssh)).length, 1);
      }
      const first = await revoke(client, { ...ssh, clientToken: 'revoke' });
      const again = await revoke(client, { ...ssh, clientToken: 'revoke' });
      assert.notEqual(first.body.requestId, again.body.requestId);
      await authorize(client, { ...ssh, clientToken: 'authorize' });
      assert.deepEqual(await rules(client, ssh), [], 'what was done is not done again');
      await assert.rejects(revoke(client, { ...ssh, portRange: '23/23', clientToken: 'revoke' }),
        refusal(400, 'IdempotentParameterMismatch', 'The request is retried with updated parameters.'));
    });

    test('regions lead back', async () => {
      const { body } = await newClient(protocol).describeRegions(new $ecs.DescribeRegionsRequest({ acceptLanguage: 'en-US' }));
      assert.ok(body.regions.region.some((region) => region.regionId === regionId && region.localName.includes('Hangzhou')));
      assert.ok(body.regions.region.every((region) => region.regionEndpoint === mock.endpoint));
    });

    test('accounts do not see each other', async () => {
      const client = newClient(protocol);
      const ssh = await newGroup(client);
      await assert.rejects(revoke(newClient(protocol), ssh),
        refusal(404, 'InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.'));
      assert.equal((await rules(client, ssh)).length, 1);
    });

    test('the first credential is known by its own name', async () => {
      const client = newClient(protocol, { accessKeyId: 'testid', accessKeySecret: 'testsecret' });
      assert.match((await client.describeRegions(new $ecs.DescribeRegionsRequest())).body.requestId, requestId);
    });

    test('a wrong secret is refused', async () => {
      const client = newClient(protocol, { ...newAccount(), accessKeySecret: 'guessed' });
      const toSign = /^Specified signature does not match our calculation\. server StringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\]/;
      await assert.rejects(client.describeRegions(new $ecs.DescribeRegionsRequest()), refusal(400, 'SignatureDoesNotMatch', toSign));
    });

    test('signatures of version 1.0 are known too', async () => {
      const old = { signatureAlgorithm: 'v2' }; // as this SDK calls it
      const client = newClient(protocol, { ...newAccount(), ...old });
      const ssh = await newGroup(client);
      await revoke(client, ssh);
      await assert.rejects(revoke(client, ssh), noRule());
      const stranger = newClient(protocol, { ...newAccount(), accessKeySecret: 'guessed', ...old });
      await assert.rejects(stranger.describeRegions(new $ecs.DescribeRegionsRequest()), refusal(400, 'IncompleteSignature',
        /^The request signature does not conform to Aliyun standards\. server string to sign is:POST&%2F&AccessKeyId%3D/));
    });

    test('an unknown key is refused', async () => {
      const client = newClient(protocol, { accessKeyId: 'LTAInobody', accessKeySecret: 'testsecret' });
      await assert.rejects(client.describeRegions(new $ecs.DescribeRegionsRequest()),
        refusal(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.'));
    });

    for (const { name, change, status, code, message } of errors) {
      test(`refused: ${name}`, async () => {
        const client = newClient(protocol);
        const ssh = await newGroup(client);
        const request = { ...ssh };
        for (const [parameter, value] of Object.entries(change)) {
          request[parameter[0].toLowerCase() + parameter.slice(1)] = value;
        }
        await assert.rejects(revoke(client, request), refusal(status, code, message));
        assert.equal((await rules(client, ssh)).length, 1, 'a refused revoke has changed nothing');
      });
    }
  });
}
