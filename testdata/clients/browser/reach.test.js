'use strict';

// Who can reach this: the bar of questions in the world.

const assert = require('node:assert/strict');

const { call } = require('./mock');
const { stage } = require('./stage');

const walk = stage();

const ssh = { RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', IpProtocol: 'tcp', PortRange: '22/22' };

class Bar {
  constructor({ page }) {
    this.page = page;
    this.form = page.locator('form#reach');
    this.said = page.locator('#reach-said');
    this.rules = page.locator('.rulings li');
  }

  field(name) { return this.form.getByLabel(name, { exact: true }); }

  async ask(from, to, port) {
    await this.field('From').fill(from);
    await this.field('To').fill(to);
    if (port) await this.field('Port').fill(port);
    await this.form.getByRole('button', { name: 'Ask' }).click();
  }

  // says waits for an answer.
  async says(text) {
    await this.said.getByText(text).waitFor();
    return (await this.said.innerText()).trim();
  }
}

async function open(explorer, query = '') {
  await explorer.open(`?view=world${query}`);
  await explorer.row('sg-web').first().waitFor();
  return new Bar(explorer);
}

walk('the answer names the rule that decides, and those that lose stand below it', async (explorer) => {
  const bar = await open(explorer);
  await call(explorer.mock, { Action: 'AuthorizeSecurityGroup', ...ssh, SourceCidrIp: '10.0.0.0/8', Priority: '100' });
  await bar.ask('10.1.2.3', 'sg-web', '22');
  assert.equal(await bar.says('drops tcp 22'), 'No: rule sgr-web-ssh of sg-web drops tcp 22 from 0.0.0.0/0 at priority 100.');
  assert.equal(await bar.rules.count(), 2);
  assert.equal(await bar.rules.first().getAttribute('data-ruling'), 'sgr-web-ssh');
  assert.match(await bar.rules.first().getAttribute('class'), /decides/);
  assert.match(await bar.rules.nth(1).innerText(), /tcp 22 from 10\.0\.0\.0\/8 .* that which drops comes first, here sgr-web-ssh/);
  await bar.rules.first().getByRole('link', { name: 'sg-web' }).click();
  await explorer.page.waitForURL(/#group-[^#]*sg-web$/);
});

walk('the question is in the address', async (explorer) => {
  const { page } = explorer;
  const bar = await open(explorer);
  await bar.ask('198.51.100.0/24', 'sg-web', '80');
  await bar.says('Yes:');
  const { searchParams } = new URL(page.url());
  assert.deepEqual(Object.fromEntries(searchParams), { view: 'world', from: '198.51.100.0/24', to: 'sg-web', protocol: 'tcp', port: '80' });
  await page.reload();
  assert.equal(await bar.says('Yes:'), 'Yes: rule sgr-web-http of sg-web accepts tcp 80 from 0.0.0.0/0 at priority 1.');
  assert.equal(await bar.field('From').inputValue(), '198.51.100.0/24');
  await open(explorer, '&find=web&account=1234567890123456&from=sg-web&to=anyone&protocol=tcp&port=25&direction=egress');
  await bar.says('sgr-web-no-mail of sg-web drops tcp 25 to 0.0.0.0/0');
  assert.equal(await bar.field('Direction').inputValue(), 'egress');
  await bar.field('Port').fill('26');
  await bar.field('Port').press('Enter');
  await bar.says('Yes: rule sgr-web-out of sg-web accepts tcp 26');
  assert.match(page.url(), /[?&]find=web&account=1234567890123456&/, 'what else is in the address stays');
});

walk('it is answered again after each change, here and elsewhere', async (explorer) => {
  const { mock, page } = explorer;
  const bar = await open(explorer, '&from=anyone&to=sg-web&protocol=tcp&port=80');
  await bar.says('Yes: rule sgr-web-http');
  await call(mock, { Action: 'RevokeSecurityGroup', ...ssh, PortRange: '80/80', SourceCidrIp: '0.0.0.0/0' });
  await bar.says('No: no rule of sg-web accepts tcp 80 from anyone');
  await page.getByRole('button', { name: 'Load the demo world' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Replace/ }).click();
  await bar.says('Yes: rule sgr-web-http of');
});

walk('an answer that is the same stays, with the keyboard in it', async (explorer) => {
  const { mock, page } = explorer;
  const bar = await open(explorer, '&from=10.1.2.3&to=sg-web&protocol=tcp&port=22');
  await bar.says('No: rule sgr-web-ssh');
  const link = bar.rules.first().getByRole('link', { name: 'sg-web' });
  await link.focus();
  const again = page.waitForResponse(/_mock\/reach/);
  await call(mock, { Action: 'RevokeSecurityGroup', ...ssh, PortRange: '80/80', SourceCidrIp: '0.0.0.0/0' });
  await (await again).finished();
  await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.ok(await link.evaluate((at) => at === document.activeElement));
});

walk('a choice is a question, a protocol without ports has none', async (explorer) => {
  const bar = await open(explorer, '&from=10.1.2.3&to=C0003E8B-B930-4F59-ADC0-0E209A9012B0&protocol=tcp&port=3306');
  await bar.says('Yes: rule sgr-database-from-office');
  await bar.field('Protocol').selectOption('icmp');
  await bar.says('accepts icmp from 10.1.2.3');
  assert.ok(await bar.field('Port').isDisabled());
  assert.doesNotMatch(explorer.page.url(), /port=/);
});

walk('the groups, members and lists of the world are suggested', async (explorer) => {
  const { mock } = explorer;
  const theirs = { SecurityGroups: [{ AccountId: '7', RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', VpcId: 'vpc-7' }] };
  assert.equal((await fetch(`${mock.url}/_mock/seed`, { method: 'POST', body: JSON.stringify(theirs) })).status, 200);
  const bar = await open(explorer);
  const suggested = await explorer.page.locator('#reach-ends option').evaluateAll((all) => all.map(({ value, label }) => [value, label]));
  const labels = new Map(suggested);
  assert.ok(labels.has('anyone'));
  assert.equal(labels.get('cn-hangzhou/sg-web'), 'cn-hangzhou/sg-web: web, vpc-1, cn-hangzhou');
  assert.equal(labels.get('7/cn-hangzhou/sg-web'), '7/cn-hangzhou/sg-web: vpc-7, cn-hangzhou');
  assert.equal(labels.get('sg-elsewhere'), 'sg-elsewhere: elsewhere, vpc-2, cn-hangzhou');
  assert.match(labels.get('i-web'), /^i-web: web, vpc-1/);
  assert.match(labels.get('pl-office'), /^pl-office: /);
  await bar.ask('7/cn-hangzhou/sg-web', 'cn-hangzhou/sg-web', '80');
  await bar.says('Yes: rule sgr-web-http of sg-web accepts tcp 80 from 0.0.0.0/0 at priority 1');
});

walk('a mistake is answered with what was meant', async (explorer, guard) => {
  guard.expect('/_mock/reach');
  const bar = await open(explorer);
  await bar.ask('anyone', 'sg-wbe', '22');
  assert.match(await bar.says('did you mean'), /^to: account 1234567890123456 has no "sg-wbe"; did you mean sg-web/);
  assert.equal(await bar.rules.count(), 0);
  await bar.ask('anyone', 'sg-web', '22');
  await bar.says('No: rule sgr-web-ssh');
});

walk('an answer that comes late does not replace a newer one', async (explorer) => {
  const { page } = explorer;
  const bar = await open(explorer);
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route('**/_mock/reach?*port=80*', async (route) => {
    await held;
    await route.continue();
  });
  await bar.ask('anyone', 'sg-web', '80');
  await bar.ask('anyone', 'sg-web', '22');
  await bar.says('No: rule sgr-web-ssh');
  const late = page.waitForResponse(/port=80/);
  release();
  await (await late).finished();
  await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.match(await bar.said.innerText(), /^No: rule sgr-web-ssh/);
});
