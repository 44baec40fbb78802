'use strict';

// The world as it changes: by other clients, by loads and resets, and with answers that
// come late.

const assert = require('node:assert/strict');

const { sample } = require('./document');
const { call } = require('./mock');
const { stage } = require('./stage');

const walk = stage();
const another = '4821000000000001'; // an account
const rule = { RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', IpProtocol: 'tcp', PortRange: '8443/8443', SourceCidrIp: '10.9.0.0/16' };
const revoke = { Action: 'RevokeSecurityGroup', RegionId: 'cn-hangzhou', ...sample };

function group(SecurityGroupId, more = {}) { return { RegionId: 'cn-hangzhou', SecurityGroupId, VpcId: 'vpc-1', ...more }; }

function load(mock, ...SecurityGroups) { return mock.load({ Version: 1, SecurityGroups }); }

// line is what the line of a group says.
async function line(explorer, id) { return (await explorer.row(id).locator('summary').innerText()).replace(/\s+/g, ' '); }

async function open(explorer, query = '?view=world') {
  await explorer.open(query);
  await explorer.page.locator('article').first().waitFor();
}

walk('calls of two other clients show, and the world is downloaded once', async (explorer) => {
  const { page, mock } = explorer;
  const downloads = [];
  page.on('request', (request) => { if (new URL(request.url()).pathname === '/_mock/state') downloads.push(request.url()); });
  await open(explorer);
  await explorer.unfold('sg-web');
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('article, [data-rule]')) element.untouched = true;
  });
  await Promise.all([call(mock, { Action: 'AuthorizeSecurityGroup', ...rule }), call(mock, revoke)]);
  await explorer.row('sg-web').locator('[data-rule]', { hasText: 'tcp 8443' }).waitFor();
  await explorer.row(sample.SecurityGroupId).locator('summary', { hasText: '2 in, 2 out' }).waitFor();
  assert.match(await line(explorer, 'sg-web'), /4 in, 2 out/);
  await explorer.row('sg-F876FF7BA').locator('summary', { hasText: 'named by 1 rule' }).waitFor();
  assert.ok(!(await line(explorer, 'sg-F876FF7BA')).includes('rules'));
  await call(mock, { Action: 'LeaveSecurityGroup', RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', InstanceId: 'i-crowded' });
  await explorer.row('sg-web').locator('summary', { hasText: '5 members' }).waitFor();

  const others = await page.evaluate(() => [...document.querySelectorAll('article, [data-rule]')].filter((e) => !e.untouched).map((e) => e.textContent));
  assert.equal(others.length, 1, `only the new rule is new: ${others}`);
  assert.equal(downloads.length, 1, 'the world is not downloaded for a call');
  assert.deepEqual(await page.evaluate(() => import('/_mock/explorer/live.js').then(({ live }) => live.world.all('group').length)), (await mock.state()).SecurityGroups.length);
});

walk('what the last call did is marked, until the next one', async (explorer) => {
  const { page, mock } = explorer;
  await open(explorer);
  await explorer.unfold(sample.SecurityGroupId);
  await call(mock, revoke);
  const gone = explorer.row(sample.SecurityGroupId).locator('[data-rule][data-change="removed"]');
  await gone.waitFor();
  assert.equal(await explorer.row(sample.SecurityGroupId).getAttribute('data-change'), 'changed');
  await call(mock, { Action: 'CreateSecurityGroup', RegionId: 'cn-hangzhou', VpcId: 'vpc-1', SecurityGroupName: 'fresh' });
  const fresh = page.locator('article', { hasText: 'fresh' });
  await fresh.waitFor();
  assert.equal(await fresh.getAttribute('data-change'), 'added');
  await gone.waitFor({ state: 'detached' });
  assert.equal(await page.locator('[data-change]').count(), 1);
  await call(mock, { Action: 'DeleteSecurityGroup', RegionId: 'cn-hangzhou', SecurityGroupId: await fresh.getAttribute('data-group') });
  await page.locator('article[data-change="removed"]', { hasText: 'fresh' }).waitFor();
});

walk('groups stand by region and name, and are not sorted again when one changes', async (explorer) => {
  const { page, mock } = explorer;
  await load(mock, group('sg-1', { SecurityGroupName: 'web' }), group('sg-2', { SecurityGroupName: 'app' }), group('sg-3'), group('sg-4', { RegionId: 'cn-beijing', SecurityGroupName: 'last' }));
  await open(explorer);
  const shown = () => page.locator('article').evaluateAll((all) => all.map((a) => a.dataset.group));
  assert.deepEqual(await shown(), ['sg-4', 'sg-2', 'sg-3', 'sg-1']);
  await call(mock, { Action: 'ModifySecurityGroupAttribute', RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-2', SecurityGroupName: 'zebra' });
  await explorer.row('sg-2').getByText('zebra').waitFor();
  assert.deepEqual(await shown(), ['sg-4', 'sg-2', 'sg-3', 'sg-1']);
  await open(explorer);
  assert.deepEqual(await shown(), ['sg-4', 'sg-3', 'sg-1', 'sg-2']);
});

walk('two accounts with one id are two groups, and links lead to the right one', async (explorer) => {
  const { page, mock } = explorer;
  const peer = { IpProtocol: 'tcp', PortRange: '22/22', SourceGroupId: 'sg-peer' };
  const theirs = { ...peer, SourceGroupOwnerAccount: another };
  await load(mock,
    group('sg-peer', { SecurityGroupName: 'mine' }), group('sg-one', { Permissions: [peer, { ...theirs, PortRange: '23/23' }] }),
    group('sg-peer', { SecurityGroupName: 'yours', AccountId: another }), group('sg-one', { AccountId: another, Permissions: [peer] }));
  await open(explorer);
  const own = page.locator('section', { hasText: 'mine' });
  const foreign = page.locator('section', { hasText: `account ${another}` });
  assert.deepEqual([await own.locator('article').count(), await foreign.locator('article').count()], [2, 2]);
  for (const [section, at, name] of [[own, 0, 'mine'], [own, 1, 'yours'], [foreign, 0, 'yours']]) {
    const one = section.locator('article[data-group="sg-one"]');
    if (await one.locator('details').getAttribute('open') === null) await one.locator('summary').click();
    const link = one.locator('[data-rule]').nth(at).getByRole('link').first();
    assert.match(await link.innerText(), new RegExp(`^${name}`));
    await link.click();
    await page.locator('article:target', { hasText: name }).waitFor();
  }
  await page.locator('article', { hasText: 'yours' }).locator('summary', { hasText: 'named by 2 rules' }).waitFor();
  await page.locator('article', { hasText: 'mine' }).locator('summary', { hasText: 'named by 1 rule' }).waitFor();

  await call(mock, { Action: 'AuthorizeSecurityGroup', ...rule, SecurityGroupId: 'sg-one', AccessKeyId: another });
  await foreign.locator('article[data-group="sg-one"] summary', { hasText: '2 in' }).waitFor();
  assert.equal(await own.locator('article[data-change]').count(), 0, 'the other one has not changed');
});

walk('a load, a seed and a reset from elsewhere show', async (explorer) => {
  const { mock } = explorer;
  await open(explorer);
  await load(mock, group('sg-loaded'));
  await explorer.row('sg-loaded').waitFor();
  await explorer.row('sg-web').waitFor({ state: 'detached' });
  await mock.add({ Version: 1, SecurityGroups: [group('sg-seeded', { AccountId: another })] });
  await explorer.row('sg-seeded').waitFor();
  await mock.reset();
  await explorer.row('sg-web').waitFor();
  await explorer.row('sg-loaded').waitFor({ state: 'detached' });
});

walk('an answer that comes late does not replace a newer one', async (explorer) => {
  const { page, mock } = explorer;
  await open(explorer);
  let held;
  const holding = new Promise((resolve) => {
    page.route('**/_mock/state', async (route) => {
      const answer = await route.fetch(); // the world as it is now
      resolve();
      held = () => route.fulfill({ response: answer });
    }, { times: 1 });
  });
  await load(mock, group('sg-older'));
  await holding;
  await load(mock, group('sg-newer'));
  await explorer.row('sg-newer').waitFor();
  await held();
  await call(mock, { Action: 'AuthorizeSecurityGroup', ...rule, SecurityGroupId: 'sg-newer' });
  await explorer.row('sg-newer').locator('summary', { hasText: '1 in' }).waitFor();
  assert.equal(await explorer.row('sg-older').count(), 0);
});

walk('a call that comes while the world is on its way is not lost', async (explorer) => {
  const { page, mock } = explorer;
  let go;
  const asked = new Promise((resolve) => {
    page.route('**/_mock/state', async (route) => {
      const answer = await route.fetch();
      go = () => route.fulfill({ response: answer });
      resolve();
    }, { times: 1 });
  });
  const opened = open(explorer);
  await asked;
  await page.locator('#mode a', { hasText: 'groups' }).waitFor(); // the stream is open
  await call(mock, { Action: 'AuthorizeSecurityGroup', ...rule });
  await page.evaluate(() => import('/_mock/explorer/live.js').then(({ follow, live }) =>
    live.last.length > 0 || new Promise((done) => { follow((name) => name === 'call' && done()); })));
  await go();
  await opened;
  assert.match(await line(explorer, 'sg-web'), /4 in/);
});

walk('nor is one that comes before the stream is open', async (explorer) => {
  const { page, mock } = explorer;
  let go;
  const held = new Promise((resolve) => {
    page.route('**/_mock/events', (route) => {
      go = () => route.continue();
      resolve();
    }, { times: 1 });
  });
  await open(explorer);
  await held;
  await call(mock, { Action: 'AuthorizeSecurityGroup', ...rule });
  await go();
  await explorer.row('sg-web').locator('summary', { hasText: '4 in' }).waitFor();
});

walk('the search is in the address', async (explorer) => {
  const { page } = explorer;
  await open(explorer, '?view=world&find=office');
  assert.equal(await page.getByLabel('Search groups and rules').inputValue(), 'office');
  assert.deepEqual(await page.locator('article').evaluateAll((all) => all.map((a) => a.dataset.group)), [sample.SecurityGroupId]);
  await page.getByLabel('Search groups and rules').fill('10.1.0.0 3306');
  await page.waitForURL(/view=world&find=10\.1\.0\.0\+3306$/);
  await explorer.unfold(sample.SecurityGroupId);
  assert.equal(await page.locator('[data-rule]').count(), 1, 'rules are searched, too');
  await page.getByText('1 of 3 rules match.').waitFor();
  await page.getByLabel('Search groups and rules').fill('');
  await page.waitForURL(/view=world$/);
  await explorer.row('sg-web').waitFor();
});

walk('a group and an account are edited as JSON', async (explorer, guard) => {
  guard.expect('/_mock/state');
  const { page, mock } = explorer;
  await open(explorer);
  await explorer.unfold('sg-web');
  await explorer.row('sg-web').getByRole('button', { name: 'Edit as JSON' }).click();
  const dialog = page.getByRole('dialog', { name: 'Group sg-web' });
  const area = dialog.getByRole('textbox');
  const before = JSON.parse(await area.inputValue());
  assert.deepEqual(before, (await mock.state()).SecurityGroups.find((g) => g.SecurityGroupId === 'sg-web'));
  await area.fill(JSON.stringify({ ...before, Colour: 'red' }));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText(/Colour/).last().waitFor();
  await area.fill('{');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText(/JSON/).last().waitFor();
  await call(mock, { Action: 'CreateSecurityGroup', RegionId: 'cn-hangzhou', VpcId: 'vpc-1', SecurityGroupName: 'meanwhile' });
  await area.fill(JSON.stringify({ ...before, SecurityGroupName: 'edited' }));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await explorer.row('sg-web').getByText('edited').waitFor();
  const names = (await mock.state()).SecurityGroups.map((g) => g.SecurityGroupName);
  assert.ok(names.includes('edited') && names.includes('meanwhile'), String(names));

  await page.getByRole('button', { name: 'Edit as JSON… account 1234567890123456' }).click();
  const account = page.getByRole('dialog', { name: 'Account 1234567890123456' });
  await account.getByRole('textbox').fill(JSON.stringify({ Version: 1, SecurityGroups: [group('sg-only')] }));
  await account.getByRole('button', { name: 'Save' }).click();
  await explorer.row('sg-only').waitFor();
  await explorer.row('sg-web').waitFor({ state: 'detached' });
});

walk('a new group is made from the world', async (explorer) => {
  await open(explorer);
  await explorer.page.getByRole('link', { name: 'New group…' }).click();
  await explorer.page.locator('form#call').waitFor();
  await explorer.type({ RegionId: 'cn-hangzhou', SecurityGroupName: 'made' });
  assert.equal((await explorer.call()).status, 200);
  await explorer.view('World').click();
  await explorer.page.locator('article[data-change="added"]', { hasText: 'made' }).waitFor();
});
