'use strict';

// What a reader sees while something takes its time, or does not come at all.

const assert = require('node:assert/strict');

const { stage } = require('./stage');

const walk = stage();

walk('code cannot be copied before it is there', async (explorer) => {
  const { page } = explorer;
  let send;
  const asked = new Promise((resolve) => { send = resolve; });
  await page.route('**/_mock/samples/**', async (route) => { await asked; await route.continue(); });
  await explorer.openAction('RevokeSecurityGroup');
  assert.equal(await page.locator('select#client option').count(), 11);
  assert.ok(await explorer.button('Copy').isDisabled());
  send();
  await page.locator('#sample', { hasText: 'Action=RevokeSecurityGroup' }).waitFor();
  assert.ok(await explorer.button('Copy').isEnabled());
});

walk('an empty form says that its code is the example', async (explorer) => {
  const { page } = explorer;
  const said = page.getByText('The form is empty; this is the example.');
  await explorer.openAction('RevokeSecurityGroup');
  await said.waitFor();
  await explorer.type({ PortRange: '22/22' });
  await said.waitFor({ state: 'hidden' });
});

walk('a mock that does not answer is reported, and asked again', async (explorer, guard) => {
  const { page, mock } = explorer;
  guard.expect('/_mock/actions');
  await page.route('**/_mock/actions', (route) => route.abort('connectionrefused'), { times: 1 });
  await page.goto(`${mock.url}/_mock/?api=RevokeSecurityGroup`);
  await page.getByText(`Nothing answers at ${new URL(mock.url).host}.`).waitFor();
  await explorer.button('Try again').click();
  await page.locator('form#call').waitFor();
  const { Products } = await (await fetch(`${mock.url}/_mock/actions`)).json();
  assert.equal(await page.locator('nav a[data-action]').count(), Products.flatMap(({ Actions }) => Actions).length);
});

walk('what would destroy the world asks first, and no is the nearer answer', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.open('?view=world');
  await explorer.row('sg-web').waitFor();
  const before = await mock.state();
  await explorer.button('Reset…').click();
  assert.equal(await page.locator(':focus').innerText(), 'Cancel');
  await page.keyboard.press('Enter');
  assert.deepEqual(await mock.state(), before);
});

const last = { // what is there when all is
  '': 'main a[href*="api=DescribeZones"]',
  '?api=RevokeSecurityGroup': '#sample:has-text("Action=RevokeSecurityGroup")',
  '?view=world': 'article[data-group="sg-web"]',
  '?view=journal': '#journal',
};
for (const query of Object.keys(last)) {
  walk(`nothing jumps while the page comes: /_mock/${query}`, async (explorer) => {
    const { page } = explorer;
    await page.addInitScript(() => {
      window.jumped = 0;
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) window.jumped += shift.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await explorer.open(query);
    await page.locator(last[query]).first().waitFor({ state: 'attached' });
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
    const jumped = await page.evaluate(() => window.jumped);
    assert.ok(jumped < 0.01, `layout shift of ${jumped}`);
  });
}
