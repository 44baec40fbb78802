'use strict';

// The start page, and the header that stays.

const assert = require('node:assert/strict');

const { sample } = require('./document');
const { call } = require('./mock');
const { stage } = require('./stage');

const walk = stage();
const strict = stage({ strict: true, edition: '2020', signatures: 'warn' });
const revoke = { Action: 'RevokeSecurityGroup', RegionId: 'cn-hangzhou', ...sample };

walk('a client is pointed here, with code and variables that can be copied', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.open();
  await explorer.button('Copy the command').click();
  await page.locator('#said', { hasText: 'Copied.' }).waitFor({ state: 'attached' });
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `source <(ecsmock env -addr ${new URL(mock.url).host})`);
  const { Clients } = await mock.request('GET', 'samples');
  for (const { Name } of Clients) {
    await page.locator('select#client').selectOption(Name);
    const code = await (await fetch(`${mock.url}/_mock/samples/${Name}?${new URLSearchParams(revoke)}`)).text();
    await page.waitForFunction((text) => document.querySelector('#sample').textContent === text, code);
  }
});

walk('the rule of the sample is revoked in place, and then it is said why not again', async (explorer) => {
  const { page, mock } = explorer;
  await mock.load({ Version: 1, SecurityGroups: [{ RegionId: 'cn-beijing', SecurityGroupId: 'sg-mine', VpcId: 'vpc-1' }] });
  const before = await mock.request('GET', 'state?account=1234567890123456');
  await explorer.open();
  const result = page.locator('#trial .result');
  await explorer.button('Revoke it').click();
  await result.getByText('200 OK').waitFor();
  await explorer.button('Revoke it').click();
  await result.getByText('403 InvalidGroupAuthItem.NotFound').waitFor();
  const [, refused] = await mock.calls('RevokeSecurityGroup');
  await result.getByText(refused.Hint).waitFor();
  await explorer.button('Start again').click();
  await result.getByText('200 OK').waitFor();
  assert.deepEqual(await mock.request('GET', 'state?account=1234567890123456'), before, 'the world of the reader is whole');
  await page.getByRole('link', { name: 'RevokeSecurityGroup', exact: true }).last().click();
  await page.locator('form#call').waitFor();
  assert.equal(await page.getByLabel('Access key').inputValue(), '', 'nor is its key another one');
});

walk('the last calls show as they come, newest first', async (explorer) => {
  const { page, mock } = explorer;
  await call(mock, revoke);
  await explorer.open();
  const lines = page.locator('.calls a');
  await lines.nth(0).waitFor();
  await call(mock, revoke);
  await lines.nth(1).waitFor();
  assert.match(await lines.nth(0).innerText(), /^403\s+RevokeSecurityGroup InvalidGroupAuthItem\.NotFound/);
  assert.match(await lines.nth(1).innerText(), /^200/);
  for (let n = 0; n < 10; n += 1) await call(mock, { Action: 'DescribeRegions' });
  await lines.nth(7).waitFor();
  await page.waitForFunction(() => !document.querySelector('.calls').innerText.includes('Revoke'));
  assert.equal(await lines.count(), 8);
  const { Calls } = await mock.request('GET', 'journal');
  assert.match(await lines.nth(0).getAttribute('href'), new RegExp(`view=journal&call=${Calls.at(-1).Number}$`));
});

walk('every action is there once, by what it is about', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.open();
  const { Products } = await mock.request('GET', 'actions');
  const shown = await page.locator('.overview th a').evaluateAll((links) => links.map((a) => new URL(a.href).searchParams.get('api')));
  const all = Products.flatMap(({ Name, Actions }, i) => Actions.map((action) => (i === 0 ? action.Name : `${Name}.${action.Name}`)));
  assert.deepEqual(shown.sort(), all.sort());
  const first = page.locator('section', { has: page.getByRole('heading', { name: 'Security group', exact: true }) }).locator('table').first();
  for (const name of await first.locator('th').allInnerTexts()) assert.match(name, /SecurityGroup/);
});

walk('the header stays, and says what is unusual as it comes', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.open();
  const header = page.getByRole('banner');
  const groups = (await mock.state()).SecurityGroups.length;
  await header.getByRole('link', { name: `${groups} groups` }).waitFor();
  assert.doesNotMatch(await header.innerText(), /fault|frozen|strict|signatures/);
  await page.keyboard.press('End');
  await page.waitForFunction(() => scrollY > 0);
  assert.equal((await header.boundingBox()).y, 0);

  await call(mock, { Action: 'CreateSecurityGroup', RegionId: 'cn-hangzhou', VpcId: 'vpc-1' });
  await header.getByRole('link', { name: `${groups + 1} groups` }).waitFor();
  await mock.fail('RevokeSecurityGroup', 'Throttling.User', 2);
  await header.getByRole('link', { name: '1 fault in force' }).waitFor();
  await mock.request('PUT', 'clock', { Frozen: true });
  await header.getByRole('link', { name: 'clock frozen' }).waitFor();
  await mock.load({ Version: 1 });
  await header.getByRole('link', { name: '0 groups' }).waitFor();
  await mock.reset();
  await header.getByText('clock frozen').waitFor({ state: 'detached' });
  assert.doesNotMatch(await header.innerText(), /fault/);
  await header.getByRole('link', { name: `${groups} groups` }).waitFor();
});

strict('the header says how the mock was started', async (explorer) => {
  await explorer.open();
  const header = explorer.page.getByRole('banner');
  for (const text of ['2020 edition', 'strict', 'signatures: warn']) await header.getByText(text).waitFor();
});

walk('what the mock has beside the API is listed', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.open();
  await page.getByText('Endpoints', { exact: true }).click();
  const { Resources } = await (await fetch(`${mock.url}/_mock/`, { headers: { Accept: 'application/json' } })).json();
  const shown = (await page.locator('#endpoints dt').allInnerTexts()).join('\n');
  for (const { Path } of Resources) assert.ok(shown.includes(Path), Path);
  await page.reload();
  await page.locator('main h1').waitFor(); // the list has not taken the page's place
});
