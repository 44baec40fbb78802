// What the types let pass and what they refuse. It is compiled, not run.

import { start, Ecsmock, type Permission } from 'ecsmock';
import { test as nodeTest } from 'ecsmock/node-test';
import { test as jestTest, testWith } from 'ecsmock/jest';
import { test as vitestTest } from 'ecsmock/vitest';

const rule: Permission = { IpProtocol: 'tcp', PortRange: '22/22', Priority: 1 };

async function use(mock: Ecsmock): Promise<void> {
  const found = await mock.hasRule('sg-web', rule);
  const port: string | undefined = found.Rule?.PortRange;
  const [call] = await mock.calls('RevokeSecurityGroup', { since: new Date() });
  const status: number = call.Status;
  await mock.fault({ Action: '*', Drop: true, When: 'after', Times: status });
  await mock.load({ SecurityGroups: [{ RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-1', Description: port }] });
  // @ts-expect-error a group has an id
  await mock.load({ SecurityGroups: [{ RegionId: 'cn-hangzhou' }] });
  // @ts-expect-error there is no such field
  await mock.hasRule('sg-web', { Protocol: 'tcp' });
}

nodeTest('node', { timeout: 1 }, async ({ ecsmock, name }) => { await use(ecsmock); name.length; });
jestTest.only('jest', ({ ecsmock }) => use(ecsmock));
vitestTest.concurrent('vitest', ({ ecsmock }) => use(ecsmock));
testWith({ edition: 2025, regions: ['xx-moon-1'], seed: { Vpcs: [] } });
// @ts-expect-error there is no such setting
testWith({ editon: 2025 });
start({ randomSeed: 1 }).then((mock) => use(mock.newAccount()));
