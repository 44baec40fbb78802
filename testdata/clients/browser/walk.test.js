'use strict';

// The walk of somebody who has read the document and comes to try it.

const assert = require('node:assert/strict');

const { sample } = require('./document');
const { call } = require('./mock');
const { stage } = require('./stage');

const walk = stage();

const group = sample.SecurityGroupId;
const rule = 'sgr-database-from-app'; // the demo world's name for the rule of the document's sample
const request = { RegionId: 'cn-hangzhou', ...sample };

async function rulesOf(mock) {
  const { SecurityGroups } = await mock.state();
  return SecurityGroups.find((g) => g.SecurityGroupId === group).Permissions.map((r) => r.SecurityGroupRuleId);
}

walk('the action is found, the sample revokes its rule, and the second time says why not', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.open();
  await explorer.view('World').click();
  await explorer.unfold(group);
  await explorer.row(group).locator(`[data-rule="${rule}"]`).waitFor();

  await explorer.view('Actions').click();
  await page.getByLabel('Search actions').fill('revokesecurity');
  const found = page.locator('nav a[data-action]:visible');
  assert.deepEqual(await found.allTextContents(), ['RevokeSecurityGroup', 'RevokeSecurityGroupEgress']);
  await found.first().click();
  await page.waitForURL('**/_mock/?api=RevokeSecurityGroup');
  assert.match(await page.title(), /RevokeSecurityGroup/);

  await explorer.type(request);
  assert.ok((await rulesOf(mock)).includes(rule));
  const revoked = await explorer.call();
  assert.equal(revoked.status, 200);
  assert.equal(revoked.code, '');
  assert.match(revoked.body, /[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/);
  assert.ok(!(await rulesOf(mock)).includes(rule), 'the rule is gone from the world');
  for (const [name, value] of Object.entries({ Action: 'RevokeSecurityGroup', ...request })) {
    assert.equal(revoked.request[name], value, name);
  }

  const again = await explorer.call();
  assert.equal(again.status, 403);
  assert.equal(again.code, 'InvalidGroupAuthItem.NotFound');
  assert.match(again.body, /Specified group authorized item does not exist in our records\./);
  const [, missed] = await mock.calls('RevokeSecurityGroup');
  assert.ok(missed.Hint.length > 0);
  await explorer.hint.getByText(missed.Hint).waitFor(); // the reason stands beside the answer
  assert.equal(await page.locator('#history li').count(), 2);
});

walk('the world shows what the last call removed, and forgets it when it is opened anew', async (explorer) => {
  await explorer.openAction('RevokeSecurityGroup', request);
  await explorer.call();
  await explorer.view('World').click();
  const removed = explorer.row(group).locator(`[data-rule="${rule}"]`);
  await removed.waitFor();
  assert.equal(await removed.getAttribute('data-change'), 'removed');
  assert.equal(await explorer.page.locator('[data-rule][data-change]').count(), 1, 'nothing else has changed');

  await explorer.page.reload();
  await explorer.unfold(group);
  assert.equal(await removed.count(), 0);
});

walk('a rule that a call adds is shown as added', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.openAction('AuthorizeSecurityGroup');
  await explorer.type({
    RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', IpProtocol: 'udp', PortRange: '53/53', SourceCidrIp: '192.0.2.0/24',
  });
  assert.equal((await explorer.call()).status, 200);
  const web = (await mock.state()).SecurityGroups.find((g) => g.SecurityGroupId === 'sg-web');
  const { SecurityGroupRuleId } = web.Permissions.find((r) => r.SourceCidrIp === '192.0.2.0/24');

  await explorer.view('World').click();
  const added = explorer.rule(SecurityGroupRuleId);
  await added.waitFor();
  assert.equal(await added.getAttribute('data-change'), 'added');
  assert.match(await added.innerText(), /udp 53 from 192\.0\.2\.0\/24/);
  assert.equal(await page.locator('[data-rule][data-change="added"]').count(), 1);
});

walk('a deep link survives a reload with its parameters, and back and forth', async (explorer) => {
  const { page } = explorer;
  const filled = async () => {
    const typed = await explorer.typed();
    for (const [name, value] of Object.entries(request)) assert.equal(typed[name], value, name);
  };
  await explorer.openAction('RevokeSecurityGroup', request);
  await filled();
  await page.reload();
  await page.locator('form#call').waitFor();
  await filled();

  await explorer.view('Journal').click();
  await page.waitForURL('**/_mock/?view=journal');
  await page.goBack();
  await page.locator('form#call').waitFor();
  await filled();
  await page.goForward();
  await page.locator('#journal').waitFor({ state: 'attached' });
});

walk('several Permissions are added, removed and sent in one call', async (explorer) => {
  const { mock } = explorer;
  await explorer.openAction('RevokeSecurityGroup');
  await explorer.type({ RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web' });
  await explorer.way('Permissions.N');
  for (let n = 0; n < 2; n += 1) await explorer.button('Add Permissions').click();
  const rules = [['80/80', '0.0.0.0/0'], ['81/81', '192.0.2.1'], ['22/22', '0.0.0.0/0']];
  for (const [n, [ports, from]] of rules.entries()) {
    await explorer.type({
      [`Permissions.${n + 1}.IpProtocol`]: 'tcp', [`Permissions.${n + 1}.PortRange`]: ports, [`Permissions.${n + 1}.SourceCidrIp`]: from,
    });
  }
  await explorer.type({ 'Permissions.3.Policy': 'drop', 'Permissions.3.Priority': '100' });
  await explorer.button('Remove Permissions.2').click();
  const { status, request: sent } = await explorer.call();
  assert.equal(status, 200);
  assert.equal(sent['Permissions.2.PortRange'], '22/22', 'the third has become the second');
  assert.equal(sent['Permissions.3.PortRange'], undefined);
  const web = (await mock.state()).SecurityGroups.find((g) => g.SecurityGroupId === 'sg-web');
  const left = web.Permissions.map((r) => r.SecurityGroupRuleId);
  assert.ok(!left.includes('sgr-web-http') && !left.includes('sgr-web-ssh'), String(left));
});

for (const [method, format] of [['GET', 'XML'], ['GET', 'JSON'], ['POST', 'XML'], ['POST', 'JSON']]) {
  walk(`${method} is sent and ${format} is shown`, async (explorer) => {
    const { page, mock } = explorer;
    await explorer.openAction('DescribeSecurityGroupAttribute', { RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web' });
    await page.getByLabel('Method').selectOption(method);
    await page.getByLabel('Format').selectOption(format);
    const sent = page.waitForRequest((r) => new URL(r.url()).pathname === '/');
    const { status, body } = await explorer.call();
    assert.equal((await sent).method(), method);
    assert.equal(status, 200);
    assert.match(body, /^\s*[<{]/);
    assert.equal(body.trim().startsWith(format === 'JSON' ? '{' : '<'), true, body.slice(0, 40));
    const { SecurityGroupName } = await call(mock, { Action: 'DescribeSecurityGroupAttribute', RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web' });
    assert.equal(SecurityGroupName, 'web');
    assert.match(body, format === 'JSON' ? /"SecurityGroupName": "web"/ : /<SecurityGroupName>web<\/SecurityGroupName>/);
  });
}
