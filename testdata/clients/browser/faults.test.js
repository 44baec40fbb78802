'use strict';

// Faults and the clock: set and cleared by people.

const assert = require('node:assert/strict');

const { sample } = require('./document');
const { call } = require('./mock');
const { stage } = require('./stage');

const walk = stage();
const request = { RegionId: 'cn-hangzhou', ...sample };

async function addFault({ page }, fields) {
  for (const [name, value] of Object.entries(fields)) await page.getByLabel(name, { exact: true }).fill(value);
  await page.getByRole('button', { name: 'Add the fault' }).click();
}

async function faults(mock) { return (await mock.request('GET', 'faults')).Faults; }

walk('a fault is set by the form, makes calls fail, and is removed', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.open('?view=faults');
  await addFault(explorer, { Action: 'RevokeSecurityGroup', Code: 'Throttling.User', Times: '2' });
  await page.getByRole('button', { name: /^Remove fault/ }).waitFor();
  const [fault] = await faults(mock);
  assert.deepEqual([fault.Action, fault.Code, fault.Times], ['RevokeSecurityGroup', 'Throttling.User', 2]);

  await explorer.openAction('RevokeSecurityGroup', request);
  const { status, code, request: sent } = await explorer.call();
  assert.deepEqual([status, code], [400, 'Throttling.User']);
  assert.equal(sent.SecurityGroupId, sample.SecurityGroupId);

  await explorer.view('Faults').click();
  await page.getByRole('button', { name: /^Remove fault/ }).click();
  await page.getByRole('button', { name: /^Remove fault/ }).waitFor({ state: 'detached' });
  assert.deepEqual(await faults(mock), []);
  await explorer.openAction('RevokeSecurityGroup', request);
  assert.equal((await explorer.call()).status, 200);
});

// Browsers try once more by themselves when a connection that they had kept breaks off,
// so the fault is for good.
walk('an answer that never comes is not shown as one that refuses', async (explorer) => {
  const { mock } = explorer;
  await mock.request('POST', 'faults', { Action: 'RevokeSecurityGroup', Drop: true, When: 'after' });
  await explorer.openAction('RevokeSecurityGroup', request);
  await explorer.button('Call').click();
  await explorer.page.locator('#answer[data-status="0"]').waitFor();
  await explorer.page.getByText('the connection was closed without an answer').waitFor();
  await mock.request('DELETE', 'faults');
  assert.equal((await explorer.call()).status, 403, 'it has taken effect all the same');
});

walk('a fault answers with fields of its own', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.open('?view=faults');
  await page.getByText(/more fields$/).click();
  const answer = { Regions: { Region: [] } };
  await addFault(explorer, { Action: 'DescribeRegions', Times: '1', Every: '2', Answer: JSON.stringify(answer) });
  await page.getByRole('button', { name: /^Remove fault/ }).waitFor();
  const [fault] = await faults(mock);
  assert.deepEqual([fault.Answer, fault.Every, fault.Times], [answer, 2, 1]);
  const regions = async () => (await (await fetch(`${mock.url}/?Action=DescribeRegions&Format=JSON`)).json()).Regions.Region.length;
  assert.notEqual(await regions(), 0, 'the first call');
  assert.equal(await regions(), 0, 'the second one');
  assert.notEqual(await regions(), 0, 'once');
});

walk('a fault that the mock refuses is refused in its words', async (explorer, guard) => {
  guard.expect('/_mock/faults');
  const { page, mock } = explorer;
  await explorer.open('?view=faults');
  await addFault(explorer, { Action: 'RevokeEverything', Code: 'Throttling.User' });
  const body = JSON.stringify({ Action: 'RevokeEverything', Code: 'Throttling.User' });
  const refusal = await fetch(`${mock.url}/_mock/faults`, { method: 'POST', body });
  assert.equal(refusal.status, 400);
  await page.getByText((await refusal.json()).error).waitFor();
  assert.deepEqual(await faults(mock), []);
});

walk('the clock is set, stopped, moved, and let go', async (explorer, guard) => {
  guard.expect('/_mock/clock');
  const { page, mock } = explorer;
  const clock = () => mock.request('GET', 'clock');
  await explorer.open('?view=clock');
  await explorer.button('Freeze').click();
  await explorer.button('Let it go on').waitFor();
  assert.equal((await clock()).Frozen, true);

  await page.getByLabel('Set it to').fill('2030-01-02T03:04:05Z');
  await explorer.button('Set').click();
  await page.getByText('2030-01-02T03:04:05Z').waitFor();
  await page.getByLabel('Move it by').fill('1h30m');
  await explorer.button('Advance').click();
  await page.getByText('2030-01-02T04:34:05Z').waitFor();
  await explorer.button('Advance by 1 day').click();
  await page.getByText('2030-01-03T04:34:05Z').waitFor();
  assert.equal(Date.parse((await clock()).Now), Date.parse('2030-01-03T04:34:05Z'));

  await page.getByLabel('Move it by').fill('soon');
  await explorer.button('Advance').click();
  await page.getByText(/a duration is written as/).waitFor();
  await explorer.button('Let it go on').click();
  await explorer.button('Freeze').waitFor();
  assert.equal((await clock()).Frozen, false);
});

walk('a client token is forgotten when the clock has moved on a day', async (explorer) => {
  const { mock } = explorer;
  await explorer.openAction('RevokeSecurityGroup', { ...request, ClientToken: 'once' });
  assert.equal((await explorer.call()).status, 200);
  assert.equal((await call(mock, { Action: 'RevokeSecurityGroup', ...request, ClientToken: 'once' })).status, 200);
  await explorer.view('Clock').click();
  await explorer.button('Advance by 1 day').click();
  await explorer.button('Advance by 1 hour').click();
  await explorer.page.goBack();
  assert.equal((await explorer.call()).status, 403);
});
