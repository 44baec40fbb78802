'use strict';

// What people name their groups, and what clients send, is shown and never run.

const assert = require('node:assert/strict');

const { call } = require('./mock');
const { stage } = require('./stage');

const walk = stage();

const evil = '<img src=x onerror=alert(1)>';
const rule = { IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8', Description: `rule ${evil}` };
const world = {
  Version: 1,
  SecurityGroups: [{
    RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-evil', VpcId: 'vpc-1',
    Description: `about ${evil}`, Tags: [{ TagKey: `key ${evil}`, TagValue: `value ${evil}` }],
    Permissions: [{ SecurityGroupRuleId: 'sgr-evil', ...rule }],
  }],
};

// harmless waits until a text stands on the page, letter for letter, and nothing has come of it.
async function harmless({ page }, text) {
  await page.getByText(text).filter({ visible: true }).first().waitFor();
  assert.equal(await page.locator('img').count(), 0, 'an image was made of it');
}

walk('the world shows names, descriptions and tags as they are', async (explorer) => {
  await explorer.mock.load(world);
  await explorer.open('?view=world');
  await explorer.unfold('sg-evil');
  for (const text of ['about', 'rule', 'key', 'value']) await harmless(explorer, `${text} ${evil}`);
});

// The mock refuses such names and ids. The page must not count on that.
walk('the world trusts no name and no id', async (explorer) => {
  const { page } = explorer;
  const [group] = world.SecurityGroups;
  const [granted] = group.Permissions;
  const hostile = { ...group, SecurityGroupName: `name ${evil}`, SecurityGroupId: `id ${evil}`, VpcId: `vpc ${evil}`, RegionId: `region ${evil}` };
  hostile.Permissions = [{ ...granted, SecurityGroupRuleId: `rule id ${evil}`, SourceCidrIp: undefined, SourceGroupId: `source ${evil}` }];
  const state = { contentType: 'application/json', headers: { 'X-Ecsmock-Revision': '1000' }, body: JSON.stringify({ Version: 1, SecurityGroups: [hostile] }) };
  await page.route('**/_mock/state', (route) => route.fulfill(state));
  await explorer.open('?view=world');
  await page.locator('details.group > summary').click();
  for (const text of ['name', 'id', 'vpc', 'region', 'source']) await harmless(explorer, `${text} ${evil}`);
});

for (const format of ['JSON', 'XML']) {
  walk(`an answer in ${format} is text`, async (explorer) => {
    await explorer.mock.load(world);
    await explorer.openAction('DescribeSecurityGroups', { RegionId: 'cn-hangzhou' });
    await explorer.page.getByLabel('Format').selectOption(format);
    const { body } = await explorer.call();
    const escaped = format === 'JSON' ? evil : evil.replace('<', '&lt;').replace('>', '&gt;');
    assert.ok(body.includes(escaped), body);
    await harmless(explorer, `about ${escaped}`);
  });
}

walk('the journal, the form and its sample show parameters as they are', async (explorer, guard) => {
  guard.expect('/_mock/samples/curl'); // there is no code with a parameter that no SDK knows
  const { page, mock } = explorer;
  await mock.load(world);
  await call(mock, { Action: 'RevokeSecurityGroup', RegionId: `region ${evil}`, SecurityGroupId: 'sg-evil', ...rule, [`x${evil}`]: `unknown ${evil}` });
  await explorer.open('?view=journal');
  await harmless(explorer, evil);
  await page.locator('#journal').getByRole('button', { name: 'Open in the form' }).first().click();
  await page.locator('form#call').waitFor();
  assert.equal(await explorer.field('RegionId').inputValue(), `region ${evil}`);
  await page.locator('#sample').getByText('onerror').first().waitFor();
  await harmless(explorer, 'onerror');
});

walk('the message of a fault is text, in its list and in the answer', async (explorer) => {
  const { mock } = explorer;
  await mock.request('POST', 'faults', { Action: 'DescribeRegions', Code: 'Evil', Status: 503, Message: `message ${evil}` });
  await explorer.open('?view=faults');
  await harmless(explorer, `message ${evil}`);
  await explorer.openAction('DescribeRegions');
  assert.equal((await explorer.call()).status, 503);
  await harmless(explorer, 'message ');
});

walk('an address can carry it too', async (explorer, guard) => {
  guard.expect('/_mock/samples/curl');
  await explorer.open(`?${new URLSearchParams({ api: evil })}`);
  await harmless(explorer, evil);
  await explorer.open(`?${new URLSearchParams({ view: evil })}`);
  assert.equal(await explorer.page.locator('img').count(), 0);
  await explorer.openAction('RevokeSecurityGroup', { SecurityGroupId: evil, [`x${evil}`]: evil });
  assert.equal(await explorer.field('SecurityGroupId').inputValue(), evil);
  assert.equal(await explorer.page.locator('img').count(), 0);
});
