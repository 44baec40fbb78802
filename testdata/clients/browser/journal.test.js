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

async function last(mock) { return (await mock.ask('GET', 'journal')).Calls.at(-1); }

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
  const refused = (await mock.ask('GET', 'journal')).Calls[1];
  await explorer.open('?view=journal');
  const rows = page.locator('#journal [data-call]');
  await rows.nth(2).waitFor();

  for (const words of ['revokesecuritygroup', refused.RequestId, `${refused.Code} 10.0.0.0/8`.toLowerCase(), 'was revoked at']) {
    await page.getByLabel('Search calls').fill(words);
    const found = (await mock.ask('GET', `journal?search=${encodeURIComponent(words)}`)).Calls.map(({ Number: n }) => n).reverse();
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
  assert.deepEqual((await mock.ask('GET', 'journal')).Calls, []);
});

walk('a call unfolds to what was sent, answered and changed', async (explorer) => {
  const { page, mock } = explorer;
  await call(mock, { ...revoke, 'Tag.10.Key': 'ten', 'Tag.2.Key': 'two', SecurityToken: 'sesame' });
  const made = await last(mock);
  await explorer.open(`?view=journal&call=${made.Number}`);
  const row = entry(explorer, made);
  await row.getByRole('heading', { name: 'Request' }).waitFor();
  const text = await row.innerText();
  for (const part of [made.RequestId, 'SecurityToken=***', 'Content-Type', 'In the world', 'sgr-']) assert.ok(text.includes(part), part);
  assert.doesNotMatch(text, /sesame/);
  const names = await row.locator('section').first().locator('dt').allInnerTexts();
  assert.ok(names.indexOf('Tag.2.Key') < names.indexOf('Tag.10.Key'), 'in the order of their numbers');
  const whole = (await mock.ask('GET', `journal?call=${made.Number}`)).Calls[0];
  const body = await row.getByRole('group', { name: 'Body of the answer' }).innerText();
  assert.equal(body.replaceAll(/\s/g, ''), whole.Answer.Body.replaceAll(/\s/g, ''));
  assert.match(await row.getByRole('group', { name: 'Code' }).innerText(), /^curl /);
});

walk('a call is sent again, compared, and made to fail', async (explorer) => {
  const { page, mock } = explorer;
  await call(mock, revoke);
  const first = await last(mock);
  await explorer.open('?view=journal');
  const row = entry(explorer, first);
  await row.locator('summary').click();
  await row.getByRole('button', { name: /^Send again/ }).click();
  await row.getByText(/^Sent again as call 2: 403 /).waitFor();
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
  await explorer.open('?view=journal');
  const rows = page.locator('#journal [data-call]');
  await rows.nth(99).waitFor();
  assert.equal(await rows.count(), 100);
  await page.getByRole('button', { name: 'Show older calls' }).click();
  await rows.nth(129).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Show older calls' }).isVisible(), false);
  await entry(explorer, { Number: 64 }).locator('summary').click();
  await entry(explorer, { Number: 64 }).getByRole('heading', { name: 'Request' }).waitFor();
  await call(mock, revoke);
  await entry(explorer, { Number: 131 }).waitFor();
  assert.equal(await entry(explorer, { Number: 64 }).locator('details').getAttribute('open'), '');
  await mock.ask('POST', 'reset');
  await rows.first().waitFor({ state: 'detached' });
});
