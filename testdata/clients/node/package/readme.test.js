'use strict';

// The code of README.md, as it is printed, and what a failure prints.

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { after, before, test } = require('node:test');

const readme = fs.readFileSync(path.join(__dirname, '../../../../api/node/README.md'), 'utf8');
const blocks = (language) => [...readme.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, code]) => code);
const [nodeTest, vitest, jest, anywhere] = blocks('js');

let dir; // beside node_modules
before(() => { dir = fs.mkdtempSync(path.join(__dirname, '.readme-')); });
after(() => fs.rmSync(dir, { recursive: true }));

// run runs a tool on a file, which it writes, or on several, and returns its exit code and
// what it prints.
function run(file, code, ...command) {
  const files = [file].flat();
  for (const one of files) fs.writeFileSync(path.join(dir, one), code);
  const env = { ...process.env, NO_COLOR: '1', CI: 'true' };
  delete env.NODE_TEST_CONTEXT; // else the inner node --test would report to this one
  const { status, stdout, stderr } = spawnSync(process.execPath, [...command, ...files], { cwd: dir, encoding: 'utf8', env });
  return { status, printed: stdout + stderr };
}

const bin = (of) => path.join(__dirname, 'node_modules', of);
const named = (names, end) => [names].flat().map((name) => `${name}${end}`);
const tools = {
  'node --test': (names, code) => run(named(names, '.test.mjs'), code, '--test', '--test-reporter=spec'),
  vitest: (names, code) => run(named(names, '.test.mjs'), code, bin('vitest/vitest.mjs'), 'run', '--maxWorkers=4'),
  jest: (names, code) => run(named(names, '.test.js'), code, bin('jest/bin/jest.js'), '--rootDir', '.', '--maxWorkers=4'),
  node: (names, code) => run(named(names, '.mjs'), code),
};

for (const [tool, code] of [['node --test', nodeTest], ['vitest', vitest], ['jest', jest], ['node', anywhere]]) {
  test(`its code for ${tool} runs`, () => {
    const { status, printed } = tools[tool]('example', code);
    assert.equal(status, 0, printed);
    if (tool !== 'node') assert.match(printed, /pass(ed)?\W+1|1 passed/, printed);
  });
}

test('a failure is as printed', () => {
  const wrong = nodeTest.replace("priority = '1'", "priority = '3'").replace('await client.revoke', 'await client.revoke').replace(/\}\)\);\n\}/, '})).catch(() => {});\n}');
  const { status, printed } = tools['node --test']('wrong', wrong);
  assert.equal(status, 1, printed);
  const [shown] = blocks('text');
  for (const line of shown.trimEnd().split('\n')) {
    const parts = line.replace('sgr-1', '…').split('…').map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    assert.match(printed, new RegExp(parts.join('.*')));
  }
});

// What each framework prints of a test that fails, and of one that another test cannot disturb.
const failing = (head, more = '') => `${head}
test('fails', async ({ ecsmock }) => {
  await fetch(ecsmock.url + '/?Action=DescribeZones&RegionId=cn-hangzhou&AccessKeyId=' + ecsmock.accessKeyId);
  await ecsmock.assertHasRule('sg-web', { IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8' });
});
test('passes', async ({ ecsmock }) => {
  if ((await ecsmock.calls()).length) throw new Error('it sees calls of another test');
});
test.skip('is skipped', () => {});${more}
`;

const heads = [
  ['node --test', "import { test } from 'ecsmock/node-test';"],
  ['vitest', "import { test } from 'ecsmock/vitest';"],
  ['jest', "const { test } = require('ecsmock/jest');"],
];

for (const [tool, head] of heads) {
  test(`a test that fails in ${tool} prints its calls`, () => {
    const { status, printed } = tools[tool]('failing', failing(head));
    assert.equal(status, 1, printed);
    assert.match(printed, /ecsmock: fails: the last calls:\n\s+call 1: DescribeZones by 2\d{15} in cn-hangzhou: 200/);
    assert.match(printed, /there is no group sg-web; there are none at all/);
    assert.doesNotMatch(printed, /Error: it sees calls|ecsmock: passes/);
  });
}

// Each test has the same group, in an account of its own.
const sharing = (head) => `${head}
const rule = { IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8' };
for (let n = 0; n < 10; n++) {
  test('test ' + n, async ({ ecsmock }) => {
    if ((await ecsmock.state()).SecurityGroups.length) throw new Error('it sees groups of another test');
    await ecsmock.load({ SecurityGroups: [{ RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', VpcId: 'vpc-1', Permissions: [rule] }] });
    const query = new URLSearchParams({ Action: 'RevokeSecurityGroup', RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', AccessKeyId: ecsmock.accessKeyId, ...rule });
    if (!(await fetch(ecsmock.url + '/?' + query)).ok) throw new Error(await ecsmock.lastCalls());
    await ecsmock.assertLacksRule('sg-web', rule);
    if ((await ecsmock.calls()).length !== 1) throw new Error('it sees calls of another test');
  });
}
`;

for (const [tool, head] of heads) {
  test(`four workers of ${tool} share nothing`, () => {
    const { status, printed } = tools[tool](['a', 'b', 'c', 'd'], sharing(head));
    assert.equal(status, 0, printed);
    assert.match(printed, /pass 40|40 passed/);
  });
}
