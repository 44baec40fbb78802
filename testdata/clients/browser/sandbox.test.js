'use strict';

// Errors are made to happen in an account of their own, and found by a search.

const assert = require('node:assert/strict');

const { stage } = require('./stage');

const walk = stage();
const walk2025 = stage({ edition: '2025' });

const button = (page, text) => page.getByRole('button', { name: `Make it happen: ${text}` });

async function key({ page }) { return page.getByLabel('Access key').inputValue(); }

walk('the world of the reader stays whole', async (explorer) => {
  const { page, mock } = explorer;
  await mock.load({ Version: 1, SecurityGroups: [{ RegionId: 'cn-beijing', SecurityGroupId: 'sg-mine', VpcId: 'vpc-1' }] });
  const mine = async () => (await mock.request('GET', 'state?account=1234567890123456'));
  const before = await mine();
  await explorer.openAction('RevokeSecurityGroup', { AccessKeyId: 'mykey' });
  await page.getByText('The example needs the demo world').waitFor();
  const row = page.locator('#errors tr', { has: button(page, '403 InvalidGroupAuthItem.NotFound') });
  await row.first().getByRole('button').click();
  await row.first().getByText('✓ as in this row').waitFor();
  assert.deepEqual(await mine(), before);

  const account = await key(explorer);
  assert.match(account, /^9\d{15}$/);
  const { Calls } = await mock.request('GET', 'journal');
  assert.deepEqual([...new Set(Calls.map((made) => made.AccountId))], [account]);
  await page.locator('.notice', { hasText: account }).getByRole('link', { name: 'Show that world' }).waitFor();
  await explorer.button('Use my access key').click();
  assert.equal(await key(explorer), 'mykey');
  assert.equal(await page.locator('.notice', { hasText: account }).count(), 0);
});

walk('the link leads to the world of that account', async (explorer) => {
  const { page } = explorer;
  await explorer.openAction('DeleteSecurityGroup');
  await page.getByRole('button', { name: /^Make it happen/ }).first().click();
  await page.locator('.notice').getByRole('link', { name: 'Show that world' }).click();
  await page.getByRole('heading', { name: /account 9\d{15}$/ }).waitFor();
});

for (const [edition, show] of [['2019', walk], ['2025', walk2025]]) {
  show(`every error of every action happens in such an account in ${edition}`, async (explorer) => {
    const { page, mock } = explorer;
    await mock.load({ Version: 1 }); // nothing of the reader's world helps
    const before = await mock.request('GET', 'state?account=1234567890123456');
    await explorer.open();
    const { made, wrong } = await page.evaluate(async (year) => {
      const load = (name) => import(`/_mock/explorer/${name}.js`);
      const [{ prepare }, { contract }, { holds }, calls, { adopt }] = await Promise.all(['sandbox', 'mock', 'errors', 'call', 'settings'].map(load));
      const wrong = [];
      let made = 0;
      for (const { Name, Key, Product, Version, Named, Errors } of (await contract()).Actions) {
        const call = { action: Name, key: Key, product: Product, version: Version, named: Named };
        for (const row of Errors) {
          if (!row.Steps || row.Strict || (row.Editions && !row.Editions.includes(year))) continue;
          const last = await prepare(row, { ...call, pairs: [] });
          const answer = await calls.send({ ...call, pairs: adopt(last.pairs) });
          made += 1;
          if (!holds(row, answer)) wrong.push(`${Key} ${row.Status} ${row.Code}: ${answer.status} ${answer.code}, ${answer.hint} ${row.Steps.at(-1).Query}`);
        }
      }
      return { made, wrong };
    }, Number(edition));
    assert.deepEqual(wrong, []);
    assert.ok(made > 500, `only ${made} rows`);
    assert.deepEqual(await mock.request('GET', 'state?account=1234567890123456'), before);
  });
}

walk('the errors of this edition come first, and are searched', async (explorer) => {
  const { page } = explorer;
  await explorer.openAction('RevokeSecurityGroup');
  const rows = page.locator('#errors tr[data-code]');
  const enabled = await rows.evaluateAll((all) => all.map((row) => !/Start with -edition/.test(row.textContent)));
  assert.equal(enabled.indexOf(false), enabled.lastIndexOf(true) + 1);
  assert.ok(enabled.includes(false));

  await page.getByLabel('Search errors').fill('port invalid');
  const shown = await page.locator('#errors tr[data-code]:visible').allInnerTexts();
  assert.ok(shown.length > 0 && shown.length < enabled.length);
  for (const text of shown) assert.match(text, /port/i);
  await page.locator('#said', { hasText: `${shown.length} errors` }).waitFor({ state: 'attached' });
});

walk('actions are found by a code, by words of the summary, and where the mock lacks them', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.open();
  const search = page.getByLabel('Search actions');
  const found = async () => (await page.locator('nav a[data-action]:visible').evaluateAll((links) => links.map((a) => a.dataset.action))).sort();
  const { Products } = await mock.request('GET', 'actions');
  const having = (code) => Products.flatMap(({ Name, Actions }, i) => Actions.filter((a) => a.Errors.some((e) => e.Code === code)).map((a) => (i === 0 ? a.Name : `${Name}.${a.Name}`)));
  await search.fill('InvalidGroupAuthItem.NotFound');
  assert.deepEqual(await found(), having('InvalidGroupAuthItem.NotFound').sort());
  await search.fill('deletes inbound');
  assert.deepEqual(await found(), ['RevokeSecurityGroup']);
  await page.locator('#said', { hasText: /^1 action$/ }).waitFor({ state: 'attached' });
  await search.fill('describesnapshots');
  assert.deepEqual(await found(), []);
  await search.press('Enter');
  await page.getByText('ECS has this action, but the mock does not.').waitFor();
  await search.fill('no such thing');
  await page.getByText('No action has these words.').first().waitFor();
});

walk('the demo world is added to what there is', async (explorer) => {
  const { page, mock } = explorer;
  await mock.load({ Version: 1, SecurityGroups: [{ RegionId: 'cn-beijing', SecurityGroupId: 'sg-mine', VpcId: 'vpc-1' }] });
  await explorer.openAction('RevokeSecurityGroup');
  await explorer.button('Add the demo world').click();
  await page.getByText('The example needs the demo world').waitFor({ state: 'hidden' });
  const { SecurityGroups } = await mock.state();
  for (const id of ['sg-mine', 'sg-web']) assert.ok(SecurityGroups.some((g) => g.SecurityGroupId === id), id);
});
