'use strict';

const assert = require('node:assert/strict');
const { after, before, describe, test } = require('node:test');
const $ecs = require('@alicloud/ecs20140526');
const { authorize, connect, newGroup, noRule, refusal, regionId, revoke, rules, throttling } = require('./ecs20140526');
const { codes, fail, members, newAccount, owned, requestId, start } = require('./mock');
const group = require('./ecs20140526.group');
const { story } = require('./ecs20140526.story');
const { noteTests } = require('./proof');
const { changed, mistakes, unknownRule, wrongSignature } = require('./refusals');

let mock;
before(async () => { mock = await start(); });
after(async () => {
  await noteTests(mock, '@alicloud/ecs20140526');
  await mock.close();
});

for (const protocol of ['http', 'https']) {
  const newClient = (account = newAccount(), Client) => connect(mock, protocol, account, Client);
  describe(`ecs20140526, ${protocol}`, { concurrency: true }, () => {
    comeAndGo(newClient);
    byId(newClient);
    outbound(newClient);
    pages(newClient);
    once(newClient);
    retries(newClient);
    around(newClient);
    group.changes(newClient);
    group.tags(newClient);
    group.surroundings(newClient, (account, id) => members(mock, account, id));
    story(newClient, (account) => owned(mock, account));
    signatures(newClient);
    refusals(newClient);
  });
}

function comeAndGo(newClient) {
  test('a rule comes and goes', async () => {
    const client = newClient();
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

  test('rules of several sources come and go at once', async () => {
    const client = newClient();
    const [{ securityGroupId }, web] = [await newGroup(client), await newGroup(client)];
    const wanted = [
      { ipProtocol: 'tcp', portRange: '80/80', sourceCidrIp: '192.0.2.0/24', policy: 'drop', priority: '7' },
      { ipProtocol: 'tcp', portRange: '80/80', ipv6SourceCidrIp: '2001:db8::/32' },
      { ipProtocol: 'udp', portRange: '53/53', sourceGroupId: web.securityGroupId },
    ];
    await authorize(client, {
      regionId, securityGroupId, permissions: wanted.map((rule) => new $ecs.AuthorizeSecurityGroupRequestPermissions(rule)),
    });
    const sources = (await rules(client, { securityGroupId })).map((rule) => rule.sourceCidrIp || rule.ipv6SourceCidrIp || rule.sourceGroupId);
    assert.deepEqual(sources.sort(), ['10.0.0.0/8', '192.0.2.0/24', '2001:db8::/32', web.securityGroupId]);
    const request = {
      regionId, securityGroupId, permissions: wanted.map((rule) => new $ecs.RevokeSecurityGroupRequestPermissions(rule)),
    };
    await revoke(client, request);
    assert.deepEqual((await rules(client, { securityGroupId })).map((rule) => rule.portRange), ['22/22']);
    await assert.rejects(revoke(client, request), noRule());
  });
}

function byId(newClient) {
  test('a rule goes by its id', async () => {
    const client = newClient();
    const ssh = await newGroup(client);
    const ids = (await rules(client, ssh)).map((rule) => rule.securityGroupRuleId);
    const request = { regionId, securityGroupId: ssh.securityGroupId, securityGroupRuleId: ids };
    await revoke(client, request);
    assert.deepEqual(await rules(client, ssh), []);
    await assert.rejects(revoke(client, request), refusal(unknownRule.Status, unknownRule.Code, unknownRule.Message));
  });
}

function outbound(newClient) {
  test('outbound rules come and go in each form', async () => {
    const client = newClient();
    const { securityGroupId } = await newGroup(client);
    const group = { regionId, securityGroupId };
    const left = async () => (await rules(client, group)).filter((rule) => rule.direction === 'egress');
    const open = (request) => client.authorizeSecurityGroupEgress(new $ecs.AuthorizeSecurityGroupEgressRequest({ ...group, ...request }));
    const close = (request) => client.revokeSecurityGroupEgress(new $ecs.RevokeSecurityGroupEgressRequest({ ...group, ...request }));
    const flat = { ipProtocol: 'tcp', portRange: '443/443', destCidrIp: '0.0.0.0/0' };
    const all = { ipProtocol: 'all', portRange: '-1/-1', ipv6DestCidrIp: '::/0' };
    const dns = { ipProtocol: 'udp', portRange: '53/53', destCidrIp: '10.0.0.0/8' };
    await open(flat);
    await open({ permissions: [all, dns].map((rule) => new $ecs.AuthorizeSecurityGroupEgressRequestPermissions(rule)) });
    assert.equal((await left()).length, 3);
    await close(flat);
    const securityGroupRuleId = (await left()).filter((rule) => rule.ipProtocol === 'UDP').map((rule) => rule.securityGroupRuleId);
    assert.equal(securityGroupRuleId.length, 1);
    await close({ securityGroupRuleId });
    await close({ permissions: [new $ecs.RevokeSecurityGroupEgressRequestPermissions(all)] });
    assert.deepEqual(await left(), []);
  });
}

function pages(newClient) {
  test('groups are listed by pages and by tokens', async () => {
    const client = newClient();
    const list = async (request) => (await client.describeSecurityGroups(new $ecs.DescribeSecurityGroupsRequest({ regionId, ...request }))).body;
    const idsOf = (body) => body.securityGroups.securityGroup.map((group) => group.securityGroupId);
    const ids = [];
    for (let i = 0; i < 3; i++) ids.push((await newGroup(client)).securityGroupId);
    const seen = [];
    for (let pageNumber = 1; pageNumber <= 2; pageNumber++) {
      const body = await list({ pageNumber, pageSize: 2 });
      assert.equal(body.totalCount, 3);
      seen.push(...idsOf(body));
    }
    assert.deepEqual(seen.sort(), [...ids].sort());

    const again = [];
    let nextToken;
    do {
      const body = await list({ maxResults: 2, nextToken });
      again.push(idsOf(body));
      nextToken = body.nextToken;
    } while (nextToken);
    assert.deepEqual(again.map((page) => page.length), [2, 1]);
    assert.deepEqual(again.flat().sort(), [...ids].sort());
  });
}

function once(newClient) {
  test('a client token is answered once', async () => {
    const client = newClient();
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
}

function retries(newClient) {
  test('what is throttled is tried again', async () => {
    const account = newAccount();
    const client = newClient(account);
    const ssh = await newGroup(client);
    await fail(mock, account, 'RevokeSecurityGroup', 'Throttling.User', 2);
    await revoke(client, ssh);
    assert.deepEqual(await codes(mock, account, 'RevokeSecurityGroup'), ['Throttling.User', 'Throttling.User', '']);
    assert.deepEqual(await rules(client, ssh), []);
  });

  test('without retries throttling is reported at once', async () => {
    const account = newAccount();
    const client = newClient({ ...account, retryOptions: undefined });
    const ssh = await newGroup(client);
    await fail(mock, account, 'RevokeSecurityGroup', 'Throttling.User', 2);
    await assert.rejects(revoke(client, ssh), throttling());
    assert.equal((await rules(client, ssh)).length, 1);
  });
}

function around(newClient) {
  test('regions lead back', async () => {
    const { body } = await newClient().describeRegions(new $ecs.DescribeRegionsRequest({ acceptLanguage: 'en-US' }));
    assert.ok(body.regions.region.some((region) => region.regionId === regionId && region.localName.includes('Hangzhou')));
    assert.ok(body.regions.region.every((region) => region.regionEndpoint === mock.endpoint));
  });

  test('accounts do not see each other', async () => {
    const client = newClient();
    const ssh = await newGroup(client);
    await assert.rejects(revoke(newClient(), ssh),
      refusal(404, 'InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.'));
    assert.equal((await rules(client, ssh)).length, 1);
  });
}

function signatures(newClient) {
  const regions = (client) => client.describeRegions(new $ecs.DescribeRegionsRequest());

  test('any character is signed', async () => {
    const client = newClient();
    const ssh = await newGroup(client);
    const description = "a b*~é+/='()!&%25 安全组";
    await authorize(client, { ...ssh, portRange: '23/23', description });
    const described = (await rules(client, ssh)).find((rule) => rule.portRange === '23/23');
    assert.equal(described.description, description);
  });

  test('the first credential is known by its own name', async () => {
    const client = newClient({ accessKeyId: 'testid', accessKeySecret: 'testsecret' });
    assert.match((await regions(client)).body.requestId, requestId);
  });

  test('a wrong secret is refused', async () => {
    const client = newClient({ ...newAccount(), accessKeySecret: 'guessed' });
    const toSign = /^Specified signature does not match our calculation\. server StringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\]/;
    await assert.rejects(regions(client), refusal(400, 'SignatureDoesNotMatch', toSign));
  });

  test('signatures of version 1.0 are known too', async () => {
    const old = { signatureAlgorithm: 'v2' }; // as this SDK calls it
    const client = newClient({ ...newAccount(), ...old });
    const ssh = await newGroup(client);
    await revoke(client, ssh);
    await assert.rejects(revoke(client, ssh), noRule());
    const stranger = newClient({ ...newAccount(), accessKeySecret: 'guessed', ...old });
    await assert.rejects(regions(stranger), refusal(400, wrongSignature.Code, new RegExp(`^${wrongSignature.Message}POST&%2F&AccessKeyId%3D`)));
  });

  test('an unknown key is refused', async () => {
    const client = newClient({ accessKeyId: 'LTAInobody', accessKeySecret: 'testsecret' });
    await assert.rejects(regions(client), refusal(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.'));
  });
}

// The models of this SDK have the parameters' names, with a small letter first.
const small = (name) => name[0].toLowerCase() + name.slice(1);
const large = (name) => name[0].toUpperCase() + name.slice(1);
const renamed = (request, rename) => Object.fromEntries(Object.entries(request).map(([name, value]) => [rename(name), value]));

function refusals(newClient) {
  for (const { Name, Change, Status, Code, Message } of mistakes) {
    test(`refused: ${Name}`, async () => {
      const client = newClient();
      const ssh = await newGroup(client);
      const request = renamed(changed(renamed(ssh, large), Change), small);
      await assert.rejects(revoke(client, request), refusal(Status, Code, Message));
      assert.equal((await rules(client, ssh)).length, 1, 'a refused revoke has changed nothing');
    });
  }
}
