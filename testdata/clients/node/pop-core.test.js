'use strict';

// @alicloud/pop-core: signature version 1.0, parameters in the query or in a form.

const assert = require('node:assert/strict');
const { after, before, describe, test } = require('node:test');
const RPCClient = require('@alicloud/pop-core');
const errors = require('./errors');
const { newAccount, requestId, start } = require('./mock');

const RegionId = 'cn-hangzhou';

let mock;
before(async () => { mock = await start(); });
after(() => mock?.stop());

// newClient is the SDK's client. Where to, and whom to trust, is all that a user changes.
function newClient(protocol, method, credentials = newAccount()) {
  return new RPCClient({
    ...credentials,
    endpoint: `${protocol}://${mock.endpoint}`,
    apiVersion: '2014-05-26',
    opts: { method, ca: mock.ca },
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
    assert.equal(err.data.HostId, mock.endpoint);
    if (message instanceof RegExp) assert.match(err.data.Message, message);
    else assert.equal(err.data.Message, message);
    return true;
  };
}

const noRule = () => refusal(403, 'InvalidGroupAuthItem.NotFound', 'Specified group authorized item does not exist in our records.');

for (const protocol of ['http', 'https']) {
  for (const method of ['GET', 'POST']) {
    describe(`pop-core, ${protocol}, ${method}`, { concurrency: true }, () => {
      test('a rule comes and goes', async () => {
        const client = newClient(protocol, method);
        const ssh = await newGroup(client);
        const [rule, ...others] = await rules(client, ssh);
        assert.deepEqual(others, []);
        assert.match(rule.SecurityGroupRuleId, /^sgr-/);
        const { Direction, IpProtocol, PortRange, SourceCidrIp, SourceGroupId, Policy, Priority, NicType, Description } = rule;
        assert.deepEqual({ Direction, IpProtocol, PortRange, SourceCidrIp, SourceGroupId, Policy, Priority, NicType, Description }, {
          Direction: 'ingress', IpProtocol: 'TCP', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8', SourceGroupId: '',
          Policy: 'Accept', Priority: 1, NicType: 'intranet', Description: 'ssh from inside',
        });

        const answer = await client.request('RevokeSecurityGroup', ssh);
        assert.deepEqual(Object.keys(answer), ['RequestId']);
        assert.match(answer.RequestId, requestId);
        assert.deepEqual(await rules(client, ssh), []);
        await assert.rejects(client.request('RevokeSecurityGroup', ssh), noRule());
      });

      test('many rules come and go at once', async () => {
        const client = newClient(protocol, method);
        const { SecurityGroupId } = await newGroup(client);
        const Permissions = ['80/80', '443/443'].map((PortRange) => ({ IpProtocol: 'tcp', PortRange, SourceCidrIp: '0.0.0.0/0' }));
        await client.request('AuthorizeSecurityGroup', { RegionId, SecurityGroupId, Permissions });
        assert.equal((await rules(client, { SecurityGroupId })).length, 3);
        await client.request('RevokeSecurityGroup', { RegionId, SecurityGroupId, Permissions });
        assert.deepEqual((await rules(client, { SecurityGroupId })).map((rule) => rule.PortRange), ['22/22']);
        await assert.rejects(client.request('RevokeSecurityGroup', { RegionId, SecurityGroupId, Permissions }), noRule());
      });

      test('a rule goes by its id', async () => {
        const client = newClient(protocol, method);
        const ssh = await newGroup(client);
        const ids = (await rules(client, ssh)).map((rule) => rule.SecurityGroupRuleId);
        const request = { RegionId, SecurityGroupId: ssh.SecurityGroupId, SecurityGroupRuleId: ids };
        await client.request('RevokeSecurityGroup', request);
        assert.deepEqual(await rules(client, ssh), []);
        await assert.rejects(client.request('RevokeSecurityGroup', request),
          refusal(404, 'InvalidSecurityGroupRuleId.NotFound', /./));
      });

      test('any character is signed', async () => {
        const client = newClient(protocol, method);
        const ssh = await newGroup(client);
        const Description = "a b*~é+/='()!&%25 安全组";
        await client.request('AuthorizeSecurityGroup', { ...ssh, PortRange: '23/23', Description });
        const described = (await rules(client, ssh)).find((rule) => rule.PortRange === '23/23');
        assert.equal(described.Description, Description);
      });

      test('a client token is answered once', async () => {
        const client = newClient(protocol, method);
        const create = { RegionId, VpcId: 'vpc-1', ClientToken: 'create' };
        const { SecurityGroupId } = await client.request('CreateSecurityGroup', create);
        assert.equal((await client.request('CreateSecurityGroup', create)).SecurityGroupId, SecurityGroupId);

        const ssh = { RegionId, SecurityGroupId, IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8' };
        for (let i = 0; i < 2; i++) {
          await client.request('AuthorizeSecurityGroup', { ...ssh, ClientToken: 'authorize' });
          assert.equal((await rules(client, ssh)).length, 1);
        }
        const first = await client.request('RevokeSecurityGroup', { ...ssh, ClientToken: 'revoke' });
        const again = await client.request('RevokeSecurityGroup', { ...ssh, ClientToken: 'revoke' });
        assert.notEqual(first.RequestId, again.RequestId);
        await client.request('AuthorizeSecurityGroup', { ...ssh, ClientToken: 'authorize' });
        assert.deepEqual(await rules(client, ssh), [], 'what was done is not done again');
        await assert.rejects(client.request('RevokeSecurityGroup', { ...ssh, PortRange: '23/23', ClientToken: 'revoke' }),
          refusal(400, 'IdempotentParameterMismatch', 'The request is retried with updated parameters.'));
      });

      test('regions lead back', async () => {
        const { Regions } = await newClient(protocol, method).request('DescribeRegions', { AcceptLanguage: 'en-US' });
        assert.ok(Regions.Region.some((region) => region.RegionId === RegionId && region.LocalName.includes('Hangzhou')));
        assert.ok(Regions.Region.every((region) => region.RegionEndpoint === mock.endpoint));
      });

      test('accounts do not see each other', async () => {
        const client = newClient(protocol, method);
        const ssh = await newGroup(client);
        await assert.rejects(newClient(protocol, method).request('RevokeSecurityGroup', ssh),
          refusal(404, 'InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.'));
        assert.equal((await rules(client, ssh)).length, 1);
      });

      test('the first credential is known by its own name', async () => {
        const client = newClient(protocol, method, { accessKeyId: 'testid', accessKeySecret: 'testsecret' });
        assert.match((await client.request('DescribeRegions')).RequestId, requestId);
      });

      test('a wrong secret is refused', async () => {
        const client = newClient(protocol, method, { ...newAccount(), accessKeySecret: 'guessed' });
        const toSign = new RegExp(`^The request signature does not conform to Aliyun standards\\. server string to sign is:${method}&%2F&AccessKeyId%3D`);
        await assert.rejects(client.request('DescribeRegions'), refusal(400, 'IncompleteSignature', toSign));
      });

      test('an unknown key is refused', async () => {
        const client = newClient(protocol, method, { accessKeyId: 'LTAInobody', accessKeySecret: 'testsecret' });
        await assert.rejects(client.request('DescribeRegions'),
          refusal(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.'));
      });

      test('a request that comes twice is refused', async () => {
        const client = newClient(protocol, method);
        const again = { SignatureNonce: 'once' };
        await client.request('DescribeRegions', again);
        await assert.rejects(client.request('DescribeRegions', again),
          refusal(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.'));
      });

      test('a clock that is wrong is refused', async () => {
        const client = newClient(protocol, method);
        const hourAgo = new Date(Date.now() - 3600e3).toISOString();
        await assert.rejects(client.request('DescribeRegions', { Timestamp: hourAgo.replace(/\.\d+/, '') }),
          refusal(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.'));
        await assert.rejects(client.request('DescribeRegions', { Timestamp: hourAgo }),
          refusal(400, 'InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.'));
      });

      for (const { name, change, status, code, message } of errors) {
        test(`refused: ${name}`, async () => {
          const client = newClient(protocol, method);
          const ssh = await newGroup(client);
          const request = Object.fromEntries(Object.entries({ ...ssh, ...change }).filter(([, value]) => value !== undefined));
          await assert.rejects(client.request('RevokeSecurityGroup', request), refusal(status, code, message));
          assert.equal((await rules(client, ssh)).length, 1, 'a refused revoke has changed nothing');
        });
      }
    });
  }
}
