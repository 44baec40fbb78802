'use strict';

// A large world: what the page makes of it costs little more than the demo world does, in
// time of the processor, whatever the machine.

const assert = require('node:assert/strict');

const { call } = require('./mock');
const { stage } = require('./stage');

const walk = stage();
const groups = 300;
const rules = 200;

// large is a world of groups with rules, some of which name the next group.
function large() {
  const peer = (g, r) => (r % 50 === 0 ? { SourceGroupId: `sg-${(g + 1) % groups}` } : { SourceCidrIp: `10.${r}.${g % 256}.0/24` });
  return {
    Version: 1,
    SecurityGroups: Array.from({ length: groups }, (_, g) => ({
      RegionId: 'cn-hangzhou', SecurityGroupId: `sg-${g}`, SecurityGroupName: `group-${String(g).padStart(3, '0')}`, VpcId: 'vpc-1', Tags: [{ TagKey: 'number', TagValue: `${g}` }],
      Permissions: Array.from({ length: rules }, (_, r) => ({ IpProtocol: 'tcp', PortRange: `${r + 1}/${r + 1}`, Priority: 1 + (g % 100), ...peer(g, r) })),
    })),
  };
}

// cost returns how many seconds of the processor the page spends on a step.
async function cost(session, step) {
  const spent = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
  const before = await spent();
  await step();
  return await spent() - before;
}

// drawn waits until the page has drawn what it has.
function drawn(page) { return page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))); })); }

// walkThrough makes the steps of a reader in a world, with the group of an id, and returns
// what each cost.
async function walkThrough({ page, mock }, { id, words, rule, row, unfold }) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const summary = row(id).locator('summary');
  const steps = {
    'first view': async () => {
      await page.goto(`${mock.url}/_mock/?view=world`);
      await row(id).waitFor();
    },
    search: async () => {
      await page.locator('#find').fill(words);
      await page.waitForFunction(() => document.querySelectorAll('article').length === 1);
    },
    'end of the search': async () => {
      await page.locator('#find').fill('');
      await page.waitForFunction(() => document.querySelectorAll('article').length > 10);
    },
    unfold: () => unfold(id),
    'call from elsewhere': async () => {
      const before = await summary.innerText();
      await call(mock, { Action: 'RevokeSecurityGroup', RegionId: 'cn-hangzhou', SecurityGroupId: id, ...rule });
      await page.waitForFunction(([group, text]) => document.querySelector(`[data-group="${group}"] summary`).innerText !== text, [id, before]);
    },
    'another view and back': async () => {
      await page.locator('#views a[data-view="clock"]').click();
      await page.locator('#now').waitFor();
      await page.locator('#views a[data-view="world"]').click();
      await row(id).waitFor();
    },
  };
  const costs = {};
  for (const [name, step] of Object.entries(steps)) {
    costs[name] = await cost(session, async () => {
      await step();
      await drawn(page);
    });
  }
  return costs;
}

// ratios are how many times as much as in the demo world a step may cost with 4,000 times as many
// rules. They are about three times what was measured.
const most = { 'first view': 8, search: 8, 'end of the search': 10, unfold: 8, 'call from elsewhere': 15, 'another view and back': 5 };

walk('60,000 rules cost a few times what sixteen do', async (explorer, guard, t) => {
  const { page, mock } = explorer;
  const tools = { page, mock };
  const reader = (id, words, rule) => ({ id, words, rule: { IpProtocol: 'tcp', ...rule }, row: (group) => explorer.row(group), unfold: (group) => explorer.unfold(group) });
  await walkThrough(tools, reader('sg-web', 'sgr-web-ssh', { PortRange: '80/80', SourceCidrIp: '0.0.0.0/0' })); // compiles the page
  await mock.reset();
  const small = await walkThrough(tools, reader('sg-web', 'sgr-web-ssh', { PortRange: '80/80', SourceCidrIp: '0.0.0.0/0' }));
  await mock.load(large());
  const big = await walkThrough(tools, reader('sg-7', 'group-007 10.9.', { PortRange: '10/10', SourceCidrIp: '10.9.7.0/24', Priority: '8' }));
  for (const [name, limit] of Object.entries(most)) {
    const ratio = big[name] / small[name];
    t.diagnostic(`${name}: ${(1000 * small[name]).toFixed(0)} ms, ${(1000 * big[name]).toFixed(0)} ms, ${ratio.toFixed(1)} times`);
    assert.ok(ratio < limit, `${name}: ${ratio.toFixed(1)} times`);
  }
});
