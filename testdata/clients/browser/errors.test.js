'use strict';

// The table of errors: each row's button makes it happen.

const assert = require('node:assert/strict');

const document = require('./document');
const { stage } = require('./stage');

const walk = stage();
const walk2025 = stage({ edition: '2025' });

const filler = '%s'; // stands in a table for a text that it does not give

// cells is what a row of the page's table says.
async function cells(row) {
  const field = async (name) => (await row.locator(`[data-field="${name}"]`).innerText()).trim();
  return { status: Number(await field('status')), code: await row.getAttribute('data-code'), message: await field('message') };
}

// table is the rows of the page's table, those that happen in this edition and those that do not.
async function table({ page }) {
  await page.locator('#errors tr[data-code]').first().waitFor();
  const rows = await page.locator('#errors tr[data-code]').all();
  return Promise.all(rows.map(async (row) => {
    const button = row.getByRole('button', { name: 'Make it happen' });
    return { ...(await cells(row)), row, button, enabled: await button.isEnabled() };
  }));
}

function same(a, b) {
  return a.status === b.status && a.code === b.code && (a.message === b.message || b.message === filler);
}

// said tells whether a message is what a table has, which may leave parts open.
function isSaid(message, text) {
  const parts = text.split(filler).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]+')}$`).test(message) && !message.includes(filler);
}

// happen presses a row's button on the world as it was seeded, and checks what comes of it.
async function happen(explorer, button, { status, code, message }) {
  await explorer.mock.reset();
  await button.click();
  await explorer.page.locator(`#answer[data-status="${status}"][data-code="${code}"]`).waitFor();
  const { Calls } = await explorer.mock.request('GET', 'journal');
  const last = Calls.at(-1);
  assert.deepEqual([last.Status, last.Code], [status, code], 'the server says so too');
  const said = messageIn(await explorer.answer.locator('pre').last().innerText());
  assert.equal(said, last.Message, 'the page shows what the server said');
  assert.ok(isSaid(said, message), `${said} is not ${message}`);
}

// messageIn is the message that a body of either format carries.
function messageIn(body) {
  if (body.trim().startsWith('{')) return JSON.parse(body).Message ?? '';
  const [, text] = /<Message>([^]*)<\/Message>/.exec(body);
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&').trim();
}

walk('each of the twenty errors of the document happens by its button', async (explorer, guard, t) => {
  await explorer.openAction('RevokeSecurityGroup');
  const rows = await table(explorer);
  const errors = document.errors();
  assert.equal(errors.length, 20);
  for (const error of errors) {
    await t.test(`${error.status} ${error.code}: ${error.message}`, async () => {
      const row = rows.find((r) => r.enabled && same(r, error));
      assert.ok(row, 'the page has no such row, or its button is disabled');
      await happen(explorer, row.button, error);
    });
  }
});

walk('each other error of RevokeSecurityGroup happens by its button', async (explorer, guard, t) => {
  await explorer.openAction('RevokeSecurityGroup');
  const errors = document.errors();
  const others = (await table(explorer)).filter((r) => r.enabled && !errors.some((e) => same(r, e)));
  assert.ok(others.length > 0);
  for (const row of others) {
    await t.test(`${row.status} ${row.code}: ${row.message}`, () => happen(explorer, row.button, row));
  }
});

walk('an error of another edition says which, and its button does nothing', async (explorer) => {
  await explorer.openAction('RevokeSecurityGroup');
  const row = (await table(explorer)).find((r) => r.code === 'InvalidSecurityGroupRule.RuleNotExist' && r.status === 400);
  assert.equal(row.enabled, false);
  assert.match(await row.row.innerText(), /2025/);
});

walk2025('an error of 2025 happens in 2025, and the one of 2019 does not', async (explorer) => {
  await explorer.openAction('RevokeSecurityGroup');
  const rows = await table(explorer);
  const missed = rows.find((r) => r.code === 'InvalidSecurityGroupRule.RuleNotExist' && r.status === 400 && r.enabled);
  await happen(explorer, missed.button, missed);
  const of2019 = rows.filter((r) => same(r, document.errors().find((e) => e.code === 'InvalidGroupAuthItem.NotFound')));
  assert.deepEqual(of2019.map((r) => r.enabled), of2019.map(() => false));
  assert.ok(of2019.length > 0);
});
