'use strict';

// The client, and how a mock is started.

const assert = require('node:assert/strict');
const { spawn, spawnSync } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const { after, before, beforeEach, describe, test } = require('node:test');
const { EcsmockError, connect, start } = require('ecsmock');

const rule = { IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8' };
const web = { SecurityGroups: [{ RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', VpcId: 'vpc-1', Permissions: [rule] }] };

// call makes a call, signed by nobody, and answers with its status.
async function call(mock, Action, params = {}) {
  const query = new URLSearchParams({ Action, RegionId: 'cn-hangzhou', AccessKeyId: mock.accessKeyId, ...params });
  return (await fetch(`${mock.url}/?${query}`)).status;
}

let mock;
before(async () => { mock = await start({ edition: '2019' }); });
after(() => mock.close());
beforeEach(() => mock.reset());

test('the state is read and replaced', async () => {
  await mock.load(web);
  await mock.add({ SecurityGroups: [{ RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-db' }] });
  assert.equal((await mock.state()).SecurityGroups.length, 2);
  await mock.reset();
  assert.deepEqual((await mock.state()).SecurityGroups, []);
});

test('what is wrong is said', async () => {
  const says = (message) => (err) => err instanceof EcsmockError && message.test(err.message);
  await assert.rejects(mock.load({ SecurityGroups: [{ RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', Vpc: 'vpc-1' }] }), says(/^SecurityGroups\[0\]\.Vpc: there is no such field/));
  await assert.rejects(mock.fail('RevokeSecurityGroop', 'Throttling.User'), says(/RevokeSecurityGroop/));
  await assert.rejects(mock.advance('an hour'), says(/an hour/));
  await assert.rejects(start({ editon: '2025' }), says(/^serve has no flag -editon; did you mean -edition\?/));
});

test('rules are compared as a revoke compares them', async () => {
  await mock.load(web);
  await mock.assertHasRule('sg-web', { ...rule, IpProtocol: 'TCP', Policy: 'accept' });
  assert.equal((await mock.hasRule('1234567890123456/cn-hangzhou/sg-web', rule)).Rule.PortRange, '22/22');
  await assert.rejects(mock.assertHasRule('sg-web', { ...rule, Priority: 3 }), /AssertionError.*sg-web lacks the rule .*; nearest is sgr-\w+: Priority is 1, asked 3\nthere were no calls/);
  await assert.rejects(mock.assertLacksRule('sg-web', rule), /sg-web has the rule {"SecurityGroupRuleId"/);
  await call(mock, 'RevokeSecurityGroup', { SecurityGroupId: 'sg-web', ...rule });
  await mock.assertLacksRule('sg-web', rule);
});

test('a mock is compared with its service', async () => {
  const service = await start({ edition: '2020', seed: web });
  const compared = await start({ edition: '2019', seed: web, shadow: service.url });
  try {
    const revoke = () => call(compared, 'RevokeSecurityGroup', { SecurityGroupId: 'sg-web', ...rule });
    assert.equal(await revoke(), 200);
    await compared.assertAgreesWithService();
    assert.equal(await revoke(), 200, 'the service answers');
    const differs = 'status: the service has "200", the mock "403 InvalidGroupAuthItem.NotFound" (call 2)';
    await assert.rejects(compared.assertAgreesWithService(), ({ message }) => message.includes(`differs from ${service.endpoint}`) && message.includes(differs));
    assert.deepEqual((await compared.differences()).Differences.map(({ Action, Kind }) => [Action, Kind]), [['RevokeSecurityGroup', 'status']]);
    await compared.clearDifferences();
    await compared.assertAgreesWithService();
    await assert.rejects(service.differences(), /start it with -shadow/);
  } finally {
    await compared.close();
    await service.close();
  }
});

test('who reaches whom', async () => {
  const mine = mock.newAccount();
  await mine.load(web);
  await mine.assertReaches('10.1.2.3', 'sg-web', 'tcp/22');
  await mine.assertCannotReach('192.0.2.1', 'sg-web', 'tcp/22');
  await assert.rejects(mine.assertReaches('anyone', 'sg-web', 'tcp/22'), /^AssertionError.*: tcp\/22 from anyone to sg-web: .*sgr-.*\nthere were no calls/s);
  await assert.rejects(mine.assertCannotReach('anyone', 'sg-web', 'tcp/22'), /^AssertionError/, 'a part of it does');
  assert.equal((await mine.reach('sg-web', '192.0.2.1', 'icmp', { direction: 'egress' })).Reaches, true);
  await assert.rejects(mock.reach('anyone', '10.0.0.1', 'tcp/22'), /from or to must be a group or a member/);
  await mine.close();
});

test('calls are selected and printed', async () => {
  await call(mock, 'RevokeSecurityGroup', { 'Permissions.10.PortRange': '10/10', 'Permissions.2.PortRange': '2/2', SecurityGroupId: 'sg-1' });
  await call(mock, 'DescribeRegions');
  const [first, second] = await mock.calls();
  assert.deepEqual([first.Action, second.Action], ['RevokeSecurityGroup', 'DescribeRegions']);
  assert.deepEqual((await mock.calls('DescribeRegions')).map(({ Number }) => Number), [second.Number]);
  assert.deepEqual((await mock.calls('*', { since: first.Number })).map(({ Number }) => Number), [second.Number]);
  assert.deepEqual(await mock.calls('*', { since: new Date(Date.now() + 3600e3) }), []);
  assert.deepEqual((await mock.calls('*', { code: first.Code })).map(({ Number }) => Number), [first.Number]);
  assert.match(await mock.lastCalls(), /RevokeSecurityGroup SecurityGroupId=sg-1 Permissions.2.PortRange=2\/2 Permissions.10.PortRange=10\/10 by/);
  await mock.assertWasCalled('RevokeSecurityGroup', { SecurityGroupId: 'sg-1' });
  await mock.assertWasNotCalled('AuthorizeSecurityGroup');
  await assert.rejects(mock.assertWasCalled('RevokeSecurityGroup', { SecurityGroupId: 'sg-2', Priority: 3 }),
    /was not called with SecurityGroupId=sg-2, Priority=3; nearest is call \d+: SecurityGroupId was "sg-1", asked "sg-2", Priority was not sent\nthe last calls:/);
  await assert.rejects(mock.assertWasNotCalled('DescribeRegions'), /DescribeRegions was called: call/);
  await mock.clearCalls();
  assert.equal(await mock.lastCalls(), 'there were no calls');
});

test('accounts do not meet', async () => {
  const [one, other] = [mock.newAccount(), mock.newAccount()];
  await one.seed(web);
  assert.deepEqual((await other.state()).SecurityGroups, []);
  const id = await one.fail('DescribeRegions', 'Throttling.User', 0);
  await one.delay('DescribeZones', 0.5);
  assert.deepEqual([(await one.faults()).length, await other.faults()], [2, []]);
  assert.deepEqual([await call(one, 'DescribeRegions'), await call(other, 'DescribeRegions')], [400, 200]);
  assert.deepEqual([(await one.calls()).length, (await mock.calls()).length], [1, 2]);
  await one.removeFault(id);
  await one.clearFaults();
  await one.answer('DescribeRegions', { Regions: { Region: [] } });
  assert.equal(await call(one, 'DescribeRegions'), 200);
  await one.load({});
  await one.reset();
  assert.equal((await one.state()).SecurityGroups.length, 1, 'reset restores the seed');
  await one.close();
  assert.deepEqual((await mock.state()).SecurityGroups, []);
});

test('the clock', async () => {
  const noon = new Date('2030-01-02T12:00:00Z');
  const mine = mock.newAccount();
  await mine.freeze(noon);
  assert.deepEqual(await mine.now(), noon);
  await mine.advance(1500);
  await mine.advance('1h');
  assert.deepEqual(await mine.now(), new Date('2030-01-02T13:00:01.5Z'));
  await mine.close();
  assert.ok(Math.abs(await mock.now() - Date.now()) < 3600e3, 'it is set right');
});

test('a fault that never acted is warned of', async () => {
  const mine = mock.newAccount();
  await mine.fail('DescribeRegions', 'Throttling.User');
  const warned = once(process, 'warning');
  await mine.close();
  assert.match((await warned)[0].message, /"Code":"Throttling.User".*never acted; it matched 0 calls/);
});

describe('start', () => {
  test('takes settings, and is disposed of', async () => {
    const other = await start({ edition: '2025', credentials: ['me:mysecret:7', 'you:yours'], seed: web, randomSeed: 1, strict: true });
    assert.deepEqual([other.accessKeyId, other.accessKeySecret, other.accountId], ['me', 'mysecret', '7']);
    const { Edition, Strict, SecurityGroups } = await other.health();
    assert.deepEqual([Edition, Strict, SecurityGroups], [2025, true, 1]);
    assert.match(await other.caPem(), /BEGIN CERTIFICATE/);
    await other[Symbol.asyncDispose]();
    await assert.rejects(other.health(), /the mock at http:\/\/127\.0\.0\.1:\d+ does not answer/);
    await other.close();
  });

  test('uses a mock that runs', async (t) => {
    process.env.ECSMOCK_URL = `${mock.url}/`;
    t.after(() => { delete process.env.ECSMOCK_URL; });
    const used = await start();
    assert.equal(used.url, mock.url);
    assert.notEqual(used.newAccount().accountId, (await start()).newAccount().accountId, 'others count, too');
    await used.close();
    assert.equal(connect(mock.url).url, mock.url);
    assert.equal((await mock.health()).Status, 'ok');
  });

  test('does not keep the process alive, and the mock ends with it', async () => {
    const { stdout, status } = spawnSync(process.execPath, ['-e', "require('ecsmock').start().then((mock) => console.log(mock.url))"], { cwd: __dirname, encoding: 'utf8' });
    assert.equal(status, 0);
    await isGone(stdout.trim());
  });

  test('the mock ends with a process that is killed', async () => {
    const code = "require('ecsmock').start().then((mock) => console.log(mock.url)); setInterval(() => {}, 1e6)";
    const child = spawn(process.execPath, ['-e', code], { cwd: __dirname });
    const [line] = await once(child.stdout, 'data');
    const url = String(line).trim();
    assert.equal((await fetch(`${url}/_mock/health`)).status, 200);
    child.kill('SIGKILL');
    await isGone(url);
  });

  test('finds the program', async (t) => {
    const { find } = require(path.join(path.dirname(require.resolve('ecsmock')), 'program.js'));
    const held = require.resolve(`@ecsmock/${process.platform}-${process.arch}/bin/ecsmock`);
    assert.equal(find(), held);
    process.env.ECSMOCK_PROGRAM = '/nowhere';
    t.after(() => { delete process.env.ECSMOCK_PROGRAM; });
    await assert.rejects(start({ edition: '2019' }), /^EcsmockError: \/nowhere cannot be run: ENOENT/);

    // Without the package for the platform.
    const code = "Object.defineProperty(process, 'arch', { value: 'none' }); console.log(require(process.argv[1]).find())";
    const elsewhere = (PATH) => spawnSync(process.execPath, ['-e', code, path.join(path.dirname(require.resolve('ecsmock')), 'program.js')],
      { encoding: 'utf8', env: { PATH } });
    const bin = path.join(__dirname, 'node_modules/.bin');
    assert.ok(fs.existsSync(path.join(bin, 'ecsmock')));
    assert.match(elsewhere(bin).stderr, /-none is not installed; install it, put ecsmock on the PATH, or name it in ECSMOCK_PROGRAM/);
    assert.equal(elsewhere(`${bin}${path.delimiter}${path.dirname(held)}`).stdout.trim(), held);
  });

  test('the command is the program', () => {
    const { version } = require('ecsmock/package.json');
    const { stdout } = spawnSync(process.execPath, [path.join(__dirname, 'node_modules/.bin/ecsmock'), 'version'], { encoding: 'utf8' });
    assert.ok(stdout.startsWith(`ecsmock ${version} (`), stdout);
    assert.equal(spawnSync(process.execPath, [path.join(__dirname, 'node_modules/.bin/ecsmock'), 'wrong']).status, 2);
  });
});

// isGone waits until nothing answers at an address.
async function isGone(url) {
  for (;;) {
    try {
      await (await fetch(`${url}/_mock/health`)).text();
    } catch {
      return;
    }
  }
}
