'use strict';

// The journal as it fills, whoever calls.

const assert = require('node:assert/strict');

const { sample } = require('./document');
const { call } = require('./mock');
const { stage } = require('./stage');

const walk = stage();
const revoke = { Action: 'RevokeSecurityGroup', RegionId: 'cn-hangzhou', ...sample };

// entry is the row of a call.
function entry({ page }, { Number: number }) { return page.locator(`#journal [data-call="${number}"]`); }

async function last(mock) { return (await mock.request('GET', 'journal')).Calls.at(-1); }

walk('a call from elsewhere appears, with its reason, and can be made again from the form', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.open('?view=journal');
  await page.locator('#journal').waitFor({ state: 'attached' });
  await page.evaluate(() => { window.untouched = true; });

  await call(mock, revoke);
  await entry(explorer, await last(mock)).waitFor();
  await call(mock, { ...revoke, Priority: '3' });
  const missed = await last(mock);
  await entry(explorer, missed).waitFor();
  assert.ok((await entry(explorer, missed).innerText()).includes(missed.Hint), 'with its reason');
  const shown = await page.locator('#journal [data-call]').evaluateAll((rows) => rows.map((row) => Number(row.dataset.call)));
  assert.deepEqual(shown, [missed.Number, missed.Number - 1], 'newest first');
  assert.equal(await page.evaluate(() => window.untouched), true, 'without a reload');

  await entry(explorer, missed).getByRole('button', { name: 'Open in the form' }).click();
  await page.locator('form#call').waitFor();
  const { status, request } = await explorer.call();
  assert.equal(status, 403);
  for (const [name, value] of Object.entries({ ...revoke, Priority: '3' })) assert.equal(request[name], value, name);
});

walk('one search finds calls by words, chips by action and errors, and both are in the address', async (explorer) => {
  const { page, mock } = explorer;
  await call(mock, revoke);
  await call(mock, revoke);
  await call(mock, { Action: 'DescribeRegions' });
  const refused = (await mock.request('GET', 'journal')).Calls[1];
  await explorer.open('?view=journal');
  const rows = page.locator('#journal [data-call]');
  await rows.nth(2).waitFor();

  for (const words of ['revokesecuritygroup', refused.RequestId, `${refused.Code} 10.0.0.0/8`.toLowerCase(), 'was revoked at']) {
    await page.getByLabel('Search calls').fill(words);
    const found = (await mock.request('GET', `journal?search=${encodeURIComponent(words)}`)).Calls.map(({ Number: n }) => n).reverse();
    await page.waitForFunction((want) => JSON.stringify([...document.querySelectorAll('#journal [data-call]')].map((row) => Number(row.dataset.call))) === want, JSON.stringify(found));
  }
  assert.match(page.url(), /search=was/);
  await page.getByLabel('Search calls').fill('');
  await rows.nth(2).waitFor();
  await page.getByRole('button', { name: 'Errors only' }).click();
  await rows.nth(1).waitFor({ state: 'detached' });
  assert.equal(await rows.first().getAttribute('data-call'), String(refused.Number));
  await page.getByRole('button', { name: 'Errors only' }).click();
  await rows.nth(2).waitFor();
  await page.getByRole('button', { name: /^Only action DescribeRegions/ }).click();
  await rows.nth(1).waitFor({ state: 'detached' });
  assert.match(page.url(), /action=DescribeRegions/);
  await page.reload();
  await rows.first().waitFor();
  assert.equal(await rows.count(), 1);
  await page.getByRole('button', { name: /^No filter by action/ }).click();
  await rows.nth(2).waitFor();

  await page.getByRole('button', { name: /^Clear the journal/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Clear it' }).click();
  await rows.first().waitFor({ state: 'detached' });
  assert.deepEqual((await mock.request('GET', 'journal')).Calls, []);
});

walk('a call unfolds to what was sent, answered and changed', async (explorer) => {
  const { page, mock } = explorer;
  const { SourceGroupId, SecurityGroupId, RegionId } = revoke;
  const rule = (n, more) => Object.fromEntries(Object.entries({ IpProtocol: 'tcp', SourceGroupId, SourceGroupOwnerAccount: 'test@aliyun.com', ...more }).map(([name, value]) => [`Permissions.${n}.${name}`, value]));
  await call(mock, { Action: 'AuthorizeSecurityGroup', RegionId, SecurityGroupId, ...rule(10, { PortRange: '10/10' }), ...rule(2, { PortRange: '2/2' }), SecurityToken: 'sesame' });
  const made = await last(mock);
  await explorer.open(`?view=journal&call=${made.Number}`);
  const row = entry(explorer, made);
  await row.getByRole('heading', { name: 'Request' }).waitFor();
  const text = await row.innerText();
  for (const part of [made.RequestId, 'SecurityToken=***', 'X-Acs-Request-Id', 'In the world', 'tcp 2 from sg-F876FF7BA', 'tcp 10 from']) assert.ok(text.includes(part), part);
  assert.doesNotMatch(text, /sesame/);
  const names = await row.locator('section').nth(1).locator('dt').allInnerTexts();
  assert.ok(names.indexOf('Permissions.2.PortRange') < names.indexOf('Permissions.10.PortRange'), 'in the order of their numbers');
  const whole = (await mock.request('GET', `journal?call=${made.Number}`)).Calls[0];
  const body = await row.getByRole('group', { name: 'Body of the answer' }).innerText();
  assert.equal(body.replaceAll(/\s/g, ''), whole.Answer.Body.replaceAll(/\s/g, ''));
  await row.getByText('Code', { exact: true }).click();
  await row.getByText(/^curl /).waitFor();
});

walk('a call is sent again, compared, and made to fail', async (explorer) => {
  const { page, mock } = explorer;
  await call(mock, revoke);
  const first = await last(mock);
  await explorer.open('?view=journal');
  const row = entry(explorer, first);
  await row.locator('summary').click();
  await row.getByRole('button', { name: /^Send again/ }).click();
  await row.getByText(`Sent again as call ${first.Number + 1}: 403 `).waitFor();
  const second = await last(mock);
  assert.deepEqual(second.Params, first.Params);
  const other = entry(explorer, second);
  await other.waitFor();

  await row.getByRole('button', { name: /^Compare/ }).click();
  await other.locator('summary').click();
  await other.getByRole('button', { name: /^Compare/ }).click();
  const table = page.locator('.compared table');
  await table.waitFor();
  assert.deepEqual(await table.locator('th[scope="row"]').allInnerTexts(), ['Status', 'Code', 'Message', 'Hint']);

  await other.getByRole('button', { name: /^Fail calls like this/ }).click();
  await page.locator('form#fault').waitFor();
  await page.getByLabel('Code', { exact: true }).fill('Throttling.User');
  await explorer.button('Add the fault').click();
  await page.locator('[data-fault]').waitFor();
  assert.equal((await call(mock, revoke)).status, 400);
  assert.equal((await call(mock, { ...revoke, Priority: '7' })).status, 403);
});

walk('older calls are loaded on demand, and new ones leave what is read where it is', async (explorer) => {
  const { page, mock } = explorer;
  for (let i = 0; i < 130; i++) await call(mock, { Action: 'DescribeRegions' });
  const middle = (await mock.request('GET', 'journal')).Calls[64];
  await explorer.open('?view=journal');
  const rows = page.locator('#journal [data-call]');
  await rows.nth(99).waitFor();
  assert.equal(await rows.count(), 100);
  await page.getByRole('button', { name: 'Show older calls' }).click();
  await rows.nth(129).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Show older calls' }).isVisible(), false);
  await entry(explorer, middle).locator('summary').click();
  await entry(explorer, middle).getByRole('heading', { name: 'Request' }).waitFor();
  await call(mock, revoke);
  await entry(explorer, await last(mock)).waitFor();
  assert.equal(await entry(explorer, middle).locator('details').first().getAttribute('open'), '');
  await mock.request('POST', 'reset');
  await rows.first().waitFor({ state: 'detached' });
});
