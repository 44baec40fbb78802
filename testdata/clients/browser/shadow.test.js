'use strict';

// The page of a mock in the shadow of another one, which is of a later edition: a revoke of
// a rule that is gone succeeds there.

const { after } = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs/promises');
const path = require('node:path');

const { sample } = require('./document');
const { call, start } = require('./mock');
const { sound } = require('./sound');
const { stage } = require('./stage');
const { album } = require('./views');

let service; // the mock that answers
const walk = stage(async () => {
  service = await start({ edition: '2020', signatures: 'require', credentials: 'testid:testsecret' });
  return { shadow: service.url };
});
after(() => service.close());
const alone = stage();

const revoke = { RegionId: 'cn-hangzhou', ...sample };

// begin has both worlds and the report anew.
async function begin({ mock }) {
  await service.reset();
  await mock.request('DELETE', 'differences');
}

// differ makes two calls and returns the number of the second one, which the mock answers
// otherwise than the service.
async function differ(explorer) {
  await explorer.openAction('RevokeSecurityGroup', revoke);
  await explorer.call();
  await explorer.call();
  return (await explorer.mock.calls('RevokeSecurityGroup')).at(-1).Number;
}

walk('the header says who answers, and the differences are kept current', async (explorer) => {
  await begin(explorer);
  const { page, mock } = explorer;
  await explorer.open('?view=differences');
  await page.getByRole('banner').getByText(`answered by ${service.endpoint}`).waitFor();
  await page.getByText('No differences.').waitFor();
  assert.equal(await explorer.view('Faults').isVisible(), false);
  assert.equal(await page.getByRole('link', { name: 'Download them' }).isVisible(), false);

  const other = await page.context().newPage();
  await other.goto(`${mock.url}/_mock/?${new URLSearchParams({ api: 'RevokeSecurityGroup', ...revoke })}`);
  for (const status of [200, 200, 200]) {
    await other.locator('form#call').getByRole('button', { name: 'Call', exact: true }).click();
    await other.locator(`#answer[data-status="${status}"]`).waitFor();
  }
  await call(mock, { Action: 'RevokeSecurityGroup', ...revoke }); // without a signature

  const [, { Number: number }] = await mock.calls('RevokeSecurityGroup');
  const row = page.locator('.differences tbody tr');
  await row.first().locator('td', { hasText: /^2$/ }).waitFor();
  assert.equal(await row.count(), 1);
  assert.deepEqual(await row.first().locator('td').allInnerTexts(), ['2', 'RevokeSecurityGroup\nstatus', '200', '403 InvalidGroupAuthItem.NotFound', `#${number}`]);
  const { Calls, Equal, Apart: [{ Refusal }] } = await mock.request('GET', 'differences');
  assert.deepEqual([Calls, Equal], [4, 1]);
  await page.getByText(`1 call refused with ${Refusal}, for a reason that the mock cannot know. Not compared.`).waitFor();
  await page.getByText(`${service.endpoint} answered 4 calls. The mock, of edition 2019, answered 1 of them in the same way.`).waitFor();
  await page.getByText(`The service carried out call #${number}, which the mock refused.`).waitFor();

  await row.first().getByRole('link').click();
  const entry = page.locator(`#journal [data-call="${number}"]`);
  await entry.getByRole('heading', { name: 'Differences' }).waitFor();
  await entry.getByText('the service has the status "200", the mock "403 InvalidGroupAuthItem.NotFound"', { exact: false }).last().waitFor();
  assert.equal(await entry.getByRole('button', { name: /^(Send again|Fail calls like this)/ }).count(), 0);
});

walk('exchange files are copied and downloaded, and what was found is forgotten', async (explorer) => {
  await begin(explorer);
  const { page, mock } = explorer;
  await differ(explorer);
  await explorer.view('Differences').click();
  const files = await mock.request('GET', 'differences?format=exchange');
  assert.match(files, /^Unlike edition 2019, the service: RevokeSecurityGroup/m);
  await explorer.button('Copy the exchange files').click();
  await page.locator('#said', { hasText: 'Copied.' }).waitFor({ state: 'attached' });
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), files);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download them' }).click()]);
  assert.equal(await fs.readFile(await download.path(), 'utf8'), files);

  await explorer.button('Forget the differences…').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Forget them' }).click();
  await page.getByText('No differences.').waitFor();
  assert.deepEqual((await mock.request('GET', 'differences')).Differences, []);
});

walk('what cannot work with a service is not offered', async (explorer) => {
  await begin(explorer);
  const { page, mock } = explorer;
  await explorer.open();
  await page.getByText(`an access key of ${service.endpoint}, which answers each call`).waitFor();
  assert.equal(await page.locator('#trial').count(), 0);
  await explorer.openAction('RevokeSecurityGroup', revoke);
  await page.getByText(`The call goes to ${service.endpoint} and takes effect there.`).waitFor();
  const made = page.locator('#errors tbody button');
  assert.notEqual(await made.count(), 0);
  assert.equal(await page.locator('#errors tbody button:not(:disabled)').count(), 0);
  assert.equal((await explorer.call()).status, 200);
  assert.equal((await service.calls('RevokeSecurityGroup')).length, 1, 'the service has the call');
  await explorer.open('?view=faults');
  await page.getByText(`${service.endpoint} answers each call, so no fault can act.`).waitFor();
  assert.equal(await page.locator('form#fault').count(), 0);
  assert.deepEqual((await mock.request('GET', 'differences')).Differences, []);
});

alone('without a service there is no such view', async (explorer) => {
  const { page } = explorer;
  await explorer.open('?view=differences');
  await page.getByText('This mock answers each call itself.').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Differences' }).count(), 0);
  await explorer.view('Faults').waitFor();
});

for (const [width, height, scheme] of [[1440, 900, 'light'], [1440, 900, 'dark'], [375, 812, 'light']]) {
  walk(`the views of a shadow are sound in ${scheme} at ${width} pixels`, async (explorer, guard, t) => {
    const { page } = explorer;
    const views = {
      'shadow-differences': async () => { await differ(explorer); await explorer.view('Differences').click(); await page.locator('.differences tbody tr').waitFor(); },
      'shadow-none': () => explorer.open('?view=differences'),
      'shadow-start': () => explorer.open(),
      'shadow-action': () => differ(explorer),
      'shadow-faults': () => explorer.open('?view=faults'),
      'shadow-journal': async () => { await explorer.open(`?view=journal&call=${await differ(explorer)}`); await page.getByRole('heading', { name: 'Differences' }).waitFor(); },
    };
    for (const [name, show] of Object.entries(views)) {
      await t.test(name, async () => {
        await explorer.mock.reset();
        await begin(explorer);
        await page.setViewportSize({ width, height });
        await show();
        await sound(page, name, { width, scheme });
      });
    }
  }, { width, height, scheme });
}

walk('the keyboard leads to each control of the differences, with forced colours, too', async (explorer) => {
  await begin(explorer);
  const { page } = explorer;
  const number = await differ(explorer);
  await explorer.view('Differences').click();
  await page.locator('.differences tbody tr').waitFor();
  await page.emulateMedia({ forcedColors: 'active' });
  await page.screenshot({ path: path.join(album, 'shadow-forced-colours.png') });
  const reached = [];
  for (let n = 0; n < 30; n += 1) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.innerText));
  }
  for (const name of ['Differences', 'Copy the exchange files', 'Download them', 'The calls that differ', 'Forget the differences…', `#${number}`, `Call ${number}: RevokeSecurityGroup status`]) {
    assert.ok(reached.includes(name), name);
  }
});
