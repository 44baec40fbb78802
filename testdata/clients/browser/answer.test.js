'use strict';

// The answer of a call: what it changed, and nothing of another call.

const assert = require('node:assert/strict');

const { sample } = require('./document');
const { call } = require('./mock');
const { stage } = require('./stage');

const walk = stage();
const revoke = { RegionId: 'cn-hangzhou', ...sample };

walk('an answer that does not come leaves nothing of the one before', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.openAction('RevokeSecurityGroup', { ...revoke, Priority: '7' });
  assert.equal((await explorer.call()).status, 403);
  assert.ok(await explorer.hint.isVisible());
  await mock.request('POST', 'faults', { Action: 'RevokeSecurityGroup', Drop: true });
  await explorer.button('Call').click();
  await page.locator('#answer[data-status="0"]').waitFor();
  assert.equal(await explorer.hint.isVisible(), false);
  assert.equal(await explorer.answer.locator('pre').last().isVisible(), false);
  assert.doesNotMatch(await explorer.answer.innerText(), /InvalidGroupAuthItem/);
});

walk('while an answer is awaited, nothing of the one before is shown', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.openAction('RevokeSecurityGroup', { ...revoke, Priority: '7' });
  await explorer.call();
  await mock.request('POST', 'faults', { Action: 'RevokeSecurityGroup', DelayMs: 1500 });
  await explorer.button('Call').click();
  await explorer.answer.getByText('Waiting…').waitFor();
  assert.equal(await explorer.hint.isVisible(), false);
  assert.doesNotMatch(await explorer.answer.innerText(), /InvalidGroupAuthItem/);
  await page.locator('#answer[data-status="403"]').waitFor();
});

walk('a call is not credited with what others change meanwhile', async (explorer) => {
  const { mock } = explorer;
  await explorer.openAction('RevokeSecurityGroup', { ...revoke, Priority: '7' });
  await mock.request('POST', 'faults', { Action: 'RevokeSecurityGroup', DelayMs: 700, Times: 1 });
  const pressed = explorer.call();
  await call(mock, { Action: 'CreateSecurityGroup', RegionId: 'cn-hangzhou', VpcId: 'vpc-1' });
  assert.equal((await pressed).status, 403);
  assert.match(await explorer.answer.innerText(), /Nothing in the world changed/);
});

walk('an answer that comes late does not replace a newer one', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.openAction('DescribeRegions', { RegionId: 'cn-hangzhou' });
  await mock.request('POST', 'faults', { Action: 'DescribeRegions', DelayMs: 900, Code: 'ServiceUnavailable', Times: 1 });
  await explorer.button('Call').click();
  await page.waitForTimeout(200);
  await explorer.button('Call').click();
  await page.locator('#answer[data-status="200"]').waitFor();
  await page.waitForResponse((response) => response.status() === 503);
  await page.waitForTimeout(200);
  assert.equal(await explorer.answer.getAttribute('data-status'), '200');
});
