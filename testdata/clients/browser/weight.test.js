'use strict';

// What the page weighs, as it comes over the wire.

const assert = require('node:assert/strict');

const { stage } = require('./stage');

const walk = stage();

walk('all that the page is made of is below 170 KB', async (explorer, guard, t) => {
  const { page } = explorer;
  const parts = new Map();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname === '/_mock/' || pathname.startsWith('/_mock/explorer/')) parts.set(pathname, response.body());
  });
  await explorer.openAction('RevokeSecurityGroup');
  for (const view of ['World', 'Journal', 'Faults', 'Clock']) {
    await explorer.view(view).click();
    await page.locator('main').getByRole('heading', { name: view, exact: true }).waitFor();
  }
  const sizes = await Promise.all([...parts].map(async ([name, body]) => [name, (await body).length]));
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  assert.ok(parts.has('/_mock/') && sizes.length > 3, 'the page has parts');
  assert.ok(total < 170_000, `${total} bytes: ${sizes.map((size) => size.join(' ')).join(', ')}`);
  t.diagnostic(`${total} bytes in ${sizes.length} files`);
});
