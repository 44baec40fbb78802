'use strict';

const { test, before, after } = require('node:test');
const assert = require('node:assert/strict');
require('./mock'); // says where the program is, and asks no proxy
const { Ecsmock } = require('./ecsmock');

const rule = { IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8' };
const world = {
  Version: 1,
  SecurityGroups: [{ RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', VpcId: 'vpc-1', Permissions: [rule] }],
};

let mock;
before(async () => { mock = await Ecsmock.start({ ECSMOCK_LOG: 'off', ECSMOCK_EDITION: '2019' }); });
after(() => mock.stop());

// revoke is what a program under test does.
async function revoke(more = {}) {
  const query = new URLSearchParams({
    Action: 'RevokeSecurityGroup', Format: 'JSON', RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', ...rule, ...more,
  });
  const answer = await fetch(`${mock.url}/?${query}`);
  return { status: answer.status, ...(await answer.json()) };
}

test('a wrong priority is explained, and a fault passes', async () => {
  await mock.load(world);
  assert.equal((await revoke({ Priority: '3' })).Code, 'InvalidGroupAuthItem.NotFound');
  const [call] = await mock.calls('RevokeSecurityGroup');
  assert.match(call.Hint, /: Priority is 1, asked 3$/);

  await mock.fail('RevokeSecurityGroup', 'Throttling.User');
  assert.equal((await revoke()).Code, 'Throttling.User');
  assert.equal((await revoke()).status, 200);
  assert.equal((await mock.state()).SecurityGroups[0].Permissions.length, 0);
});

test('a client token lives for a day, and a world until it is reset', async () => {
  await mock.load(world);
  assert.equal((await revoke({ ClientToken: 't' })).status, 200);
  assert.equal((await revoke({ ClientToken: 't' })).status, 200, 'the token is known');
  await mock.advance('25h');
  assert.equal((await revoke({ ClientToken: 't' })).status, 403, 'the token is forgotten');

  await mock.reset();
  assert.deepEqual((await mock.state()).SecurityGroups, []);
});

test('what the mock refuses is reported in its own words', async () => {
  await assert.rejects(mock.load({ SecurityGroups: [{ Colour: 'red' }] }), /^Error: SecurityGroups\[0\]/);
});
