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

walk('it is filtered by action and by code, and cleared', async (explorer) => {
  const { page, mock } = explorer;
  await call(mock, revoke);
  await call(mock, revoke);
  await call(mock, { Action: 'DescribeRegions' });
  await explorer.open('?view=journal');
  const rows = page.locator('#journal [data-call]:visible');
  await rows.nth(2).waitFor();

  await page.getByLabel('Action', { exact: true }).fill('RevokeSecurityGroup');
  await rows.nth(2).waitFor({ state: 'detached' });
  assert.equal(await rows.count(), 2);
  await page.getByLabel('Code', { exact: true }).fill('InvalidGroupAuthItem.NotFound');
  await rows.nth(1).waitFor({ state: 'detached' });
  assert.equal(await rows.count(), 1);

  await page.getByRole('button', { name: /^Clear the journal/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Clear it' }).click();
  await rows.first().waitFor({ state: 'detached' });
  assert.deepEqual((await mock.ask('GET', 'journal')).Calls, []);
});
