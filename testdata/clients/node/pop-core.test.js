'use strict';

const assert = require('node:assert/strict');
const { after, before, describe, test } = require('node:test');
const { codes, fail, members, newAccount, owned, requestId, start } = require('./mock');
const { RegionId, connect, newGroup, noRule, refusal, rules } = require('./pop-core');
const group = require('./pop-core.group');
const { story } = require('./pop-core.story');
const { noteTests } = require('./proof');
const { changed, mistakes, unknownRule, wrongSignature } = require('./refusals');

let mock;
before(async () => { mock = await start(); });
after(async () => {
  await noteTests(mock, '@alicloud/pop-core');
  await mock.close();
});

for (const protocol of ['http', 'https']) {
  for (const method of ['GET', 'POST']) {
    const newClient = (account = newAccount(), version) => connect(mock, protocol, method, account, version);
    describe(`pop-core, ${protocol}, ${method}`, { concurrency: true }, () => {
      comeAndGo(newClient);
      byId(newClient);
      outbound(newClient);
      pages(newClient);
      once(newClient);
      throttling(newClient);
      around(newClient);
      group.changes(newClient);
      group.tags(newClient);
      group.surroundings(newClient, (account, id) => members(mock, account, id));
      story(newClient, (account) => owned(mock, account));
      signatures(newClient, method);
      refusals(newClient);
    });
  }
}

function comeAndGo(newClient) {
  test('a rule comes and goes', async () => {
    const client = newClient();
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

  test('rules of several sources come and go at once', async () => {
    const client = newClient();
    const [{ SecurityGroupId }, web] = [await newGroup(client), await newGroup(client)];
    const Permissions = [
      { IpProtocol: 'tcp', PortRange: '80/80', SourceCidrIp: '192.0.2.0/24', Policy: 'drop', Priority: 7 },
      { IpProtocol: 'tcp', PortRange: '80/80', Ipv6SourceCidrIp: '2001:db8::/32' },
      { IpProtocol: 'udp', PortRange: '53/53', SourceGroupId: web.SecurityGroupId },
    ];
    await client.request('AuthorizeSecurityGroup', { RegionId, SecurityGroupId, Permissions });
    const sources = (await rules(client, { SecurityGroupId })).map((rule) => rule.SourceCidrIp || rule.Ipv6SourceCidrIp || rule.SourceGroupId);
    assert.deepEqual(sources.sort(), ['10.0.0.0/8', '192.0.2.0/24', '2001:db8::/32', web.SecurityGroupId]);
    await client.request('RevokeSecurityGroup', { RegionId, SecurityGroupId, Permissions });
    assert.deepEqual((await rules(client, { SecurityGroupId })).map((rule) => rule.PortRange), ['22/22']);
    await assert.rejects(client.request('RevokeSecurityGroup', { RegionId, SecurityGroupId, Permissions }), noRule());
  });
}

function byId(newClient) {
  test('a rule goes by its id', async () => {
    const client = newClient();
    const ssh = await newGroup(client);
    const ids = (await rules(client, ssh)).map((rule) => rule.SecurityGroupRuleId);
    const request = { RegionId, SecurityGroupId: ssh.SecurityGroupId, SecurityGroupRuleId: ids };
    await client.request('RevokeSecurityGroup', request);
    assert.deepEqual(await rules(client, ssh), []);
    await assert.rejects(client.request('RevokeSecurityGroup', request), refusal(unknownRule.Status, unknownRule.Code, unknownRule.Message));
  });
}

function outbound(newClient) {
  test('outbound rules come and go in each form', async () => {
    const client = newClient();
    const { SecurityGroupId } = await newGroup(client);
    const group = { RegionId, SecurityGroupId };
    const left = async () => (await rules(client, group)).filter((rule) => rule.Direction === 'egress');
    const flat = { ...group, IpProtocol: 'tcp', PortRange: '443/443', DestCidrIp: '0.0.0.0/0' };
    const many = { ...group, Permissions: [
      { IpProtocol: 'all', PortRange: '-1/-1', Ipv6DestCidrIp: '::/0' },
      { IpProtocol: 'udp', PortRange: '53/53', DestCidrIp: '10.0.0.0/8' },
    ] };
    await client.request('AuthorizeSecurityGroupEgress', flat);
    await client.request('AuthorizeSecurityGroupEgress', many);
    assert.equal((await left()).length, 3);
    await client.request('RevokeSecurityGroupEgress', flat);
    const SecurityGroupRuleId = (await left()).filter((rule) => rule.IpProtocol === 'UDP').map((rule) => rule.SecurityGroupRuleId);
    assert.equal(SecurityGroupRuleId.length, 1);
    await client.request('RevokeSecurityGroupEgress', { ...group, SecurityGroupRuleId });
    await client.request('RevokeSecurityGroupEgress', { ...group, Permissions: many.Permissions.slice(0, 1) });
    assert.deepEqual(await left(), []);
  });
}

function pages(newClient) {
  test('groups are listed by pages and by tokens', async () => {
    const client = newClient();
    const ids = [];
    for (let i = 0; i < 3; i++) ids.push((await newGroup(client)).SecurityGroupId);
    const seen = [];
    for (let PageNumber = 1; PageNumber <= 2; PageNumber++) {
      const { TotalCount, SecurityGroups } = await client.request('DescribeSecurityGroups', { RegionId, PageNumber, PageSize: 2 });
      assert.equal(TotalCount, 3);
      seen.push(...SecurityGroups.SecurityGroup.map((group) => group.SecurityGroupId));
    }
    assert.deepEqual(seen.sort(), [...ids].sort());

    const again = [];
    let NextToken;
    do {
      const page = await client.request('DescribeSecurityGroups', { RegionId, MaxResults: 2, ...(NextToken && { NextToken }) });
      again.push(page.SecurityGroups.SecurityGroup.map((group) => group.SecurityGroupId));
      NextToken = page.NextToken;
    } while (NextToken);
    assert.deepEqual(again.map((page) => page.length), [2, 1]);
    assert.deepEqual(again.flat().sort(), [...ids].sort());
  });
}

function once(newClient) {
  test('a client token is answered once', async () => {
    const client = newClient();
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
}

// This SDK has no retry of its own: a program that is throttled asks again itself.
function throttling(newClient) {
  test('throttling is reported at once', async () => {
    const account = newAccount();
    const client = newClient(account);
    const ssh = await newGroup(client);
    await fail(mock, account, 'RevokeSecurityGroup', 'Throttling.User', 2);
    for (let i = 0; i < 2; i++) {
      await assert.rejects(client.request('RevokeSecurityGroup', ssh),
        refusal(400, 'Throttling.User', 'Request was denied due to user flow control.'));
    }
    await client.request('RevokeSecurityGroup', ssh);
    assert.deepEqual(await codes(mock, account, 'RevokeSecurityGroup'), ['Throttling.User', 'Throttling.User', '']);
  });
}

function around(newClient) {
  test('regions lead back', async () => {
    const { Regions } = await newClient().request('DescribeRegions', { AcceptLanguage: 'en-US' });
    assert.ok(Regions.Region.some((region) => region.RegionId === RegionId && region.LocalName.includes('Hangzhou')));
    assert.ok(Regions.Region.every((region) => region.RegionEndpoint === mock.endpoint));
  });

  test('accounts do not see each other', async () => {
    const client = newClient();
    const ssh = await newGroup(client);
    await assert.rejects(newClient().request('RevokeSecurityGroup', ssh),
      refusal(404, 'InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.'));
    assert.equal((await rules(client, ssh)).length, 1);
  });
}

function signatures(newClient, method) {
  test('any character is signed', async () => {
    const client = newClient();
    const ssh = await newGroup(client);
    const Description = "a b*~é+/='()!&%25 安全组";
    await client.request('AuthorizeSecurityGroup', { ...ssh, PortRange: '23/23', Description });
    const described = (await rules(client, ssh)).find((rule) => rule.PortRange === '23/23');
    assert.equal(described.Description, Description);
  });

  test('the first credential is known by its own name', async () => {
    const client = newClient({ accessKeyId: 'testid', accessKeySecret: 'testsecret' });
    assert.match((await client.request('DescribeRegions')).RequestId, requestId);
  });

  test('a wrong secret is refused', async () => {
    const client = newClient({ ...newAccount(), accessKeySecret: 'guessed' });
    const toSign = new RegExp(`^${wrongSignature.Message}${method}&%2F&AccessKeyId%3D`);
    await assert.rejects(client.request('DescribeRegions'), refusal(400, wrongSignature.Code, toSign));
  });

  test('an unknown key is refused', async () => {
    const client = newClient({ accessKeyId: 'LTAInobody', accessKeySecret: 'testsecret' });
    await assert.rejects(client.request('DescribeRegions'),
      refusal(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.'));
  });

  test('a request that comes twice is refused', async () => {
    const client = newClient();
    const again = { SignatureNonce: 'once' };
    await client.request('DescribeRegions', again);
    await assert.rejects(client.request('DescribeRegions', again),
      refusal(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.'));
  });

  test('a clock that is wrong is refused', async () => {
    const client = newClient();
    const hourAgo = new Date(Date.now() - 3600e3).toISOString();
    await assert.rejects(client.request('DescribeRegions', { Timestamp: hourAgo.replace(/\.\d+/, '') }),
      refusal(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.'));
    await assert.rejects(client.request('DescribeRegions', { Timestamp: hourAgo }),
      refusal(400, 'InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.'));
  });
}

function refusals(newClient) {
  for (const { Name, Change, Status, Code, Message } of mistakes) {
    test(`refused: ${Name}`, async () => {
      const client = newClient();
      const ssh = await newGroup(client);
      await assert.rejects(client.request('RevokeSecurityGroup', changed(ssh, Change)), refusal(Status, Code, Message));
      assert.equal((await rules(client, ssh)).length, 1, 'a refused revoke has changed nothing');
    });
  }
}
