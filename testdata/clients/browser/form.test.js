'use strict';

// The form: what it suggests, what it offers to choose, and that it sends what it shows.

const assert = require('node:assert/strict');

const { sample } = require('./document');
const { stage } = require('./stage');

const walk = stage();
const group = sample.SecurityGroupId;
const another = '4821000000000001'; // an account

// suggested is what a field offers when it has the focus: labels by value.
async function suggested({ page }, name) {
  const field = page.locator(`form#call [name="${name}"]`);
  const folded = field.locator('xpath=ancestor::details[not(@open)]/summary');
  if (await folded.count() > 0) await folded.first().click();
  await page.locator('h1').focus(); // away, if it was there
  await field.focus();
  await page.locator(`datalist#known[data-of="${name}"]`).waitFor({ state: 'attached' });
  return page.locator('datalist#known option').evaluateAll((options) => Object.fromEntries(options.map((o) => [o.value, o.label])));
}

walk('ids of the world are suggested with what tells them apart', async (explorer) => {
  await explorer.openAction('AuthorizeSecurityGroup', { RegionId: 'cn-hangzhou' });
  const groups = await suggested(explorer, 'SecurityGroupId');
  const { SecurityGroups } = await explorer.mock.state();
  assert.deepEqual(Object.keys(groups).sort(), SecurityGroups.map((g) => g.SecurityGroupId).sort());
  assert.equal(groups['sg-web'], 'sg-web: web, vpc-1');
  assert.deepEqual(await suggested(explorer, 'SourceGroupId'), groups);
  assert.deepEqual(await suggested(explorer, 'SourcePrefixListId'), { 'pl-office': 'pl-office: office', 'pl-spare': 'pl-spare: spare' });
  assert.ok('cn-beijing' in await suggested(explorer, 'RegionId'), 'it has a VPC there');
  await explorer.way('Permissions.N');
  assert.deepEqual(await suggested(explorer, 'Permissions.1.SourceGroupId'), groups);
});

walk('members, networks and everything with tags are suggested, too', async (explorer) => {
  await explorer.openAction('JoinSecurityGroup', { RegionId: 'cn-hangzhou', InstanceId: 'i-x', NetworkInterfaceId: 'eni-x' });
  assert.equal((await suggested(explorer, 'InstanceId'))['i-web'], 'i-web: web, vpc-1');
  assert.equal((await suggested(explorer, 'NetworkInterfaceId'))['eni-web'], 'eni-web: i-web');
  await explorer.openAction('CreateNetworkInterface', { RegionId: 'cn-hangzhou', VSwitchId: 'x' });
  assert.equal((await suggested(explorer, 'VSwitchId'))['vsw-1'], 'vsw-1: demo, vpc-1');
  assert.equal('vsw-pending' in await suggested(explorer, 'VSwitchId'), false, 'it is in another region');
  await explorer.openAction('TagResources', { RegionId: 'cn-hangzhou', 'ResourceId.1': 'x' });
  const tagged = await suggested(explorer, 'ResourceId.1');
  for (const id of ['sg-web', 'i-web', 'eni-web', 'pl-office', 'prl-web']) assert.ok(id in tagged, id);
});

walk('rules are suggested of the group that is chosen, and of the direction', async (explorer) => {
  for (const [action, ids] of [
    ['RevokeSecurityGroup', ['sgr-database-from-app', 'sgr-database-from-list', 'sgr-database-from-office']],
    ['RevokeSecurityGroupEgress', ['sgr-database-to-app', 'sgr-database-to-list']],
  ]) {
    await explorer.openAction(action, { RegionId: 'cn-hangzhou', SecurityGroupId: group });
    await explorer.way('SecurityGroupRuleId.N');
    const rules = await suggested(explorer, 'SecurityGroupRuleId.1');
    assert.deepEqual(Object.keys(rules).sort(), ids);
    assert.match(rules[ids.at(-1)], /^sgr-\S+: tcp /);
  }
});

walk('suggestions are of the account that calls and of the region', async (explorer) => {
  const { page, mock } = explorer;
  const of = (RegionId, SecurityGroupId, more) => ({ RegionId, SecurityGroupId, VpcId: 'vpc-1', ...more });
  await mock.load({ Version: 1, SecurityGroups: [of('cn-hangzhou', 'sg-1'), of('cn-beijing', 'sg-2'), of('cn-hangzhou', 'sg-3', { AccountId: another })] });
  await explorer.openAction('DeleteSecurityGroup', { RegionId: 'cn-hangzhou' });
  assert.deepEqual(Object.keys(await suggested(explorer, 'SecurityGroupId')), ['sg-1']);
  await explorer.type({ RegionId: 'cn-beijing' });
  assert.deepEqual(Object.keys(await suggested(explorer, 'SecurityGroupId')), ['sg-2']);
  await page.getByLabel('Access key').fill(another);
  await explorer.type({ RegionId: '' });
  assert.deepEqual(await suggested(explorer, 'SecurityGroupId'), { 'sg-3': 'sg-3: vpc-1, cn-hangzhou' });
});

walk('a closed set is chosen, not sent, or given another value', async (explorer) => {
  const { page } = explorer;
  await explorer.openAction('AuthorizeSecurityGroup', { RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', PortRange: '90/90', SourceCidrIp: '10.0.0.0/8' });
  const policy = page.getByRole('radiogroup', { name: 'Policy' });
  await page.getByText(/more parameters$/).first().click();
  assert.ok(await policy.getByLabel('not sent: accept').isChecked());
  await explorer.type({ IpProtocol: 'tcp', Policy: 'drop' });
  const dropped = await explorer.call();
  assert.deepEqual([dropped.status, dropped.request.IpProtocol, dropped.request.Policy], [200, 'tcp', 'drop']);

  await explorer.type({ Policy: 'shrug' });
  const refused = await explorer.call();
  assert.deepEqual([refused.request.Policy, refused.code], ['shrug', 'InvalidPolicy.Malformed'], 'its error can be reached');
  await policy.getByLabel('not sent: accept').check();
  assert.equal(await policy.getByLabel('Another value of Policy').isVisible(), false);
  assert.equal('Policy' in (await explorer.call()).request, false, 'what is hidden is not sent');
  await policy.getByLabel('another value', { exact: true }).check();
  assert.equal(await policy.getByLabel('Another value of Policy').inputValue(), '', 'nor kept');
});

walk('an address with a value of a closed set, and with another, fills the form', async (explorer) => {
  await explorer.openAction('DescribeSecurityGroups', { RegionId: 'cn-hangzhou', DryRun: 'maybe', NetworkType: 'vpc' });
  const { request: sent } = await explorer.call();
  assert.deepEqual([sent.DryRun, sent.NetworkType], ['maybe', 'vpc']);
});

walk('one form of the rules is used, and what it shares moves with the choice', async (explorer) => {
  const { page } = explorer;
  await explorer.openAction('RevokeSecurityGroup', { RegionId: 'cn-hangzhou', ...sample });
  await explorer.way('Permissions.N');
  assert.equal(await explorer.field('PortRange').isVisible(), false);
  assert.equal(await explorer.field('PortRange').inputValue(), '', 'nothing hidden stays filled');
  const listed = await explorer.call();
  assert.equal(listed.status, 200);
  assert.deepEqual([listed.request['Permissions.1.PortRange'], listed.request.PortRange], ['1/65535', undefined]);

  await explorer.way('SecurityGroupRuleId.N');
  await explorer.type({ 'SecurityGroupRuleId.1': 'sgr-database-from-office' });
  const byID = await explorer.call();
  assert.equal(byID.status, 200);
  assert.deepEqual(Object.keys(byID.request).filter((name) => /Permissions|PortRange/.test(name)), []);
  await explorer.way('flat parameters');
  assert.equal('SecurityGroupRuleId.1' in (await explorer.call()).request, false);
  assert.equal(await page.locator('form#call [name^="SecurityGroupRuleId."]').count(), 0);
});

walk('a call with two forms is shown whole', async (explorer) => {
  const { page } = explorer;
  const both = { 'SecurityGroupRuleId.1': 'sgr-database-from-office', 'Permissions.1.Policy': 'drop' };
  await explorer.openAction('RevokeSecurityGroup', { RegionId: 'cn-hangzhou', SecurityGroupId: group, ...both });
  assert.ok(await page.getByLabel('SecurityGroupRuleId.N', { exact: true }).isChecked());
  assert.equal(await page.getByLabel('Value of other parameter 1').inputValue(), 'drop');
  const { request: sent, code } = await explorer.call();
  for (const [name, value] of Object.entries(both)) assert.equal(sent[name], value);
  assert.equal(code, 'InvalidParam.Permissions');
});

walk('what is folded away says that it is filled', async (explorer, guard) => {
  guard.expect('/_mock/samples/curl'); // there is no code for a parameter that the action does not have
  const { page } = explorer;
  await explorer.openAction('RevokeSecurityGroup', { RegionId: 'cn-hangzhou', NicType: 'intranet', Description: 'x', Colour: 'red' });
  await page.getByText(/^\d+ more parameters$/).click();
  await page.getByText(/^\d+ more parameters, 2 filled$/).waitFor();
  await page.getByText('Other parameters', { exact: true }).click();
  await page.getByText('Other parameters, 1 filled').waitFor();
  await explorer.button('Clear').click();
  await page.getByText(/^\d+ more parameters$/).waitFor();
  await page.getByText('Other parameters', { exact: true }).waitFor();
});

walk('the code has the method and the format, where the client lets them be chosen', async (explorer) => {
  const { page } = explorer;
  await explorer.openAction('DescribeRegions', {});
  await page.getByLabel('Method').selectOption('POST');
  await page.getByLabel('Format').selectOption('XML');
  await page.waitForFunction(() => /Format=XML/.test(document.querySelector('#sample').textContent));
  assert.doesNotMatch(await page.locator('#sample').innerText(), /--get/);
  await page.locator('select#client').selectOption('go-v2');
  await page.getByText('This client chooses the method and the format itself.').waitFor();
  await page.getByLabel('Method').selectOption('GET');
  await page.getByLabel('Format').selectOption('JSON');
  await page.getByText('This client chooses the method and the format itself.').waitFor({ state: 'detached' });
});
