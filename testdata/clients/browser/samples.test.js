'use strict';

// The code samples: that the page offers each of them, for the call that its form holds.

const assert = require('node:assert/strict');
const { execFile } = require('node:child_process');
const { promisify } = require('node:util');

const { sample } = require('./document');
const { stage } = require('./stage');

const walk = stage();
const request = { RegionId: 'cn-hangzhou', ...sample };

// copied is the sample of a request that the page's button puts on the clipboard, and
// the address where the page got it.
async function copied({ page }, client, request) {
  const asked = page.waitForResponse((response) => {
    const { pathname, searchParams } = new URL(response.url());
    const isWhole = Object.entries(request).every(([name, value]) => searchParams.get(name) === value);
    return pathname === `/_mock/samples/${client}` && isWhole;
  });
  await page.locator('select#client').selectOption(client);
  const answer = await asked;
  const text = await answer.text();
  await page.waitForFunction((want) => document.querySelector('#sample').textContent === want, text);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByText('Copied.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);
  return { text, status: answer.status(), url: new URL(answer.url()) };
}

// waitForSample waits until the sample is of all that was typed.
async function waitForSample({ page }, request) {
  await page.waitForFunction((values) => {
    const { textContent } = document.querySelector('#sample');
    return values.every((value) => textContent.includes(value));
  }, Object.values(request));
}

async function names(mock) {
  return (await mock.request('GET', 'samples')).Clients.map((client) => client.Name);
}

walk("each client's sample of the form's call can be copied", async (explorer, guard, t) => {
  const { page, mock } = explorer;
  await explorer.openAction('RevokeSecurityGroup');
  await explorer.type(request);
  await waitForSample(explorer, request);
  const clients = await names(mock);
  const offered = await page.locator('select#client option').evaluateAll((options) => options.map((o) => o.value));
  assert.deepEqual(offered, clients);
  assert.ok(clients.length >= 11, String(clients));

  for (const client of [...clients.slice(1), clients[0]]) {
    await t.test(client, async () => {
      const { text, status, url } = await copied(explorer, client, request);
      assert.equal(status, 200);
      assert.deepEqual(Object.fromEntries(url.searchParams), { Action: 'RevokeSecurityGroup', ...request });
      assert.equal(await (await fetch(url)).text(), text, "it is the server's");
      assert.ok(text.includes(sample.SecurityGroupId) && text.includes(sample.SourceGroupId), text);
    });
  }
});

walk('the copied curl line does what the form would', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.openAction('RevokeSecurityGroup', request);
  await waitForSample(explorer, request);
  await page.locator('select#client').selectOption('aliyun');
  const { text } = await copied(explorer, 'curl', request);
  await promisify(execFile)('bash', ['-c', text]);
  const [call] = await mock.calls('RevokeSecurityGroup');
  assert.equal(call.Status, 200);
  for (const [name, value] of Object.entries(request)) assert.equal(call.Params[name], value, name);
});

walk('a sample follows what is typed', async (explorer) => {
  const { page } = explorer;
  await explorer.openAction('RevokeSecurityGroup', request);
  await waitForSample(explorer, request);
  await explorer.type({ PortRange: '2014/2014' });
  await page.waitForFunction(() => document.querySelector('#sample').textContent.includes('2014/2014'));
});

walk('where Terraform has no resource the page says so', async (explorer, guard) => {
  guard.expect('/_mock/samples/terraform');
  const { page, mock } = explorer;
  await explorer.openAction('DescribeSecurityGroups');
  await page.locator('select#client').selectOption('terraform');
  const answer = await fetch(`${mock.url}/_mock/samples/terraform?Action=DescribeSecurityGroups`);
  assert.equal(answer.status, 404);
  const { error } = await answer.json();
  await page.getByText(error).waitFor();
});
