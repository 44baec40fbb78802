'use strict';

// The world: searched, changed through the API, kept in a file and brought back.

const assert = require('node:assert/strict');
const fs = require('node:fs');

const { sample } = require('./document');
const { call } = require('./mock');
const { stage } = require('./stage');

const walk = stage();

async function open(explorer) {
  await explorer.open('?view=world');
  await explorer.row('sg-web').waitFor();
}

async function groups(mock) {
  return ((await mock.state()).SecurityGroups ?? []).map((group) => group.SecurityGroupId);
}

function file(name, text) { return { name, mimeType: 'application/json', buffer: Buffer.from(text) }; }

walk('every group and every rule of the state is there, as sentences', async (explorer) => {
  const { page, mock } = explorer;
  await open(explorer);
  const { SecurityGroups } = await mock.state();
  for (const group of SecurityGroups) {
    const article = explorer.row(group.SecurityGroupId);
    assert.equal(await article.count(), 1, group.SecurityGroupId);
    await explorer.unfold(group.SecurityGroupId);
    for (const { SecurityGroupRuleId } of group.Permissions ?? []) {
      assert.equal(await article.locator(`[data-rule="${SecurityGroupRuleId}"]`).count(), 1, SecurityGroupRuleId);
    }
  }
  const said = async (rule) => (await explorer.rule(rule).innerText()).replace(/\s+/g, ' ');
  assert.match(await said('sgr-database-from-office'), /tcp 3306 from 10\.1\.0\.0\/16 .*accept .*priority 10/);
  assert.match(await said('sgr-web-ssh'), /tcp 22 from .*drop .*priority 100/);
  assert.match(await said('sgr-database-from-app'), /sg-F876FF7BA|app/);
  assert.equal(await page.locator('[data-change]').count(), 0);
});

walk('it is searched', async (explorer) => {
  const { page } = explorer;
  await open(explorer);
  await page.getByLabel('Search groups and rules').fill('10.1.0.0');
  await explorer.row('sg-web').waitFor({ state: 'hidden' });
  assert.ok(await explorer.row(sample.SecurityGroupId).isVisible());
});

walk('a rule is revoked from where it stands', async (explorer) => {
  const { page, mock } = explorer;
  await open(explorer);
  await explorer.unfold('sg-web');
  await explorer.rule('sgr-web-http').getByRole('link', { name: 'Revoke… sgr-web-http of' }).click();
  await page.locator('form#call').waitFor();
  assert.equal((await explorer.call()).status, 200);
  const web = (await mock.state()).SecurityGroups.find((g) => g.SecurityGroupId === 'sg-web');
  assert.ok(!web.Permissions.some((r) => r.SecurityGroupRuleId === 'sgr-web-http'));
});

walk('a rule leads to the group that it names', async (explorer) => {
  const { page } = explorer;
  await open(explorer);
  await explorer.unfold('sg-classic');
  await explorer.rule('sgr-classic-from-peer').getByRole('link', { name: 'sg-classic-peer' }).click();
  await page.waitForFunction(() => {
    const { top, bottom } = document.querySelector('article[data-group="sg-classic-peer"]').getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  await page.waitForURL(/view=world#/);
  await page.goBack();
  assert.ok(await explorer.row('sg-web').isVisible());
}, { height: 400 });

walk('a call from elsewhere shows without a reload', async (explorer) => {
  await open(explorer);
  await explorer.unfold(sample.SecurityGroupId);
  await explorer.rule('sgr-database-from-app').waitFor();
  await call(explorer.mock, { Action: 'RevokeSecurityGroup', RegionId: 'cn-hangzhou', ...sample });
  const rule = explorer.rule('sgr-database-from-app');
  await explorer.page.waitForFunction(() => {
    const gone = document.querySelector('[data-rule="sgr-database-from-app"]');
    return !gone || gone.dataset.change === 'removed';
  });
  assert.ok(await rule.count() <= 1);
});

walk('what is downloaded is the state', async (explorer) => {
  const { page, mock } = explorer;
  await open(explorer);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the state' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /\.json$/);
  const kept = fs.readFileSync(await download.path(), 'utf8');
  assert.deepEqual(JSON.parse(kept), await mock.state());
});

walk('a file is loaded in place of the world, unless the mock refuses it', async (explorer, guard) => {
  guard.expect('/_mock/state');
  const { page, mock } = explorer;
  await open(explorer);
  const input = page.locator('main input[type="file"]');
  const small = { Version: 1, SecurityGroups: [{ RegionId: 'cn-beijing', SecurityGroupId: 'sg-loaded', VpcId: 'vpc-1' }] };
  const dialog = page.getByRole('dialog');
  await input.setInputFiles(file('small.json', JSON.stringify(small)));
  await dialog.getByText('Load small.json?').waitFor();
  assert.equal(await page.locator(':focus').innerText(), 'Cancel');
  await dialog.getByRole('link', { name: 'Download the state first' }).waitFor();
  assert.ok((await groups(mock)).includes('sg-web'), 'nothing is replaced before it is confirmed');
  await explorer.button('Replace everything').click();
  await explorer.row('sg-loaded').waitFor();
  assert.deepEqual(await groups(mock), ['sg-loaded']);

  await input.setInputFiles(file('wrong.json', '{"SecurityGroups": [{"Colour": "red"}]}'));
  const refusal = await fetch(`${mock.url}/_mock/state`, { method: 'PUT', body: '{"SecurityGroups": [{"Colour": "red"}]}' });
  await explorer.button('Replace everything').click();
  await dialog.getByText((await refusal.json()).error).waitFor();
  await explorer.button('Cancel').click();
  assert.deepEqual(await groups(mock), ['sg-loaded']);
  assert.ok(await explorer.row('sg-loaded').isVisible());
});

walk('a state and the demo world are added to what there is', async (explorer) => {
  const { page, mock } = explorer;
  await mock.load({ Version: 1, SecurityGroups: [{ RegionId: 'cn-beijing', SecurityGroupId: 'sg-mine', VpcId: 'vpc-1' }] });
  await explorer.open('?view=world');
  await explorer.row('sg-mine').waitFor();
  await explorer.button('Load the demo world…').click();
  await explorer.button('Add it').click();
  await explorer.row('sg-web').waitFor();
  const more = { Version: 1, SecurityGroups: [{ RegionId: 'cn-beijing', SecurityGroupId: 'sg-more', VpcId: 'vpc-1' }] };
  await page.locator('main input[type="file"]').setInputFiles(file('more.json', JSON.stringify(more)));
  await explorer.button('Add it').click();
  await explorer.row('sg-more').waitFor();
  for (const id of ['sg-mine', 'sg-web', 'sg-more']) assert.ok((await groups(mock)).includes(id), id);
});

walk('a reset asks first', async (explorer) => {
  const { page, mock } = explorer;
  const before = await groups(mock);
  await mock.load({ Version: 1, SecurityGroups: [{ RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', VpcId: 'vpc-1' }] });
  await open(explorer);
  await page.getByRole('button', { name: /^Reset/ }).first().click();
  assert.deepEqual(await groups(mock), ['sg-web'], 'nothing is reset before it is confirmed');
  await page.getByRole('dialog').getByRole('button', { name: /^Reset/ }).click();
  await explorer.row(sample.SecurityGroupId).waitFor();
  assert.deepEqual(await groups(mock), before);
});
