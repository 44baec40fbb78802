'use strict';

// The pages of other sites, in a real browser: whatever they try, the mock stays as it is.

const assert = require('node:assert/strict');
const { test, before, after } = require('node:test');

const { api, asking, beside } = require('./foreign.attempts');
const { launch, Site, Trial } = require('./foreign');
const { Explorer } = require('./explorer');
const { call, start } = require('./mock');

const rule = { IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8' };
const world = {
  Version: 1,
  SecurityGroups: [{ RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', VpcId: 'vpc-1', Permissions: [rule] }],
};
const revoke = { Action: 'RevokeSecurityGroup', RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', ...rule };
const query = `/?${new URLSearchParams(revoke)}`;

let mock, browser, site, port;
before(async () => {
  [mock, browser, site] = await Promise.all([
    start({ tlsHost: 'ecsmock.test' }),
    launch('evil.test', 'rebound.test', 'ecsmock.test', 'build-host'),
    Site.open(),
  ]);
  ({ port } = new URL(mock.url));
});
after(async () => {
  const { tried, refused, kept } = Trial.count;
  console.log(`# ${tried} attempts: ${refused} refused by the mock, ${kept} kept from it or from the page by the browser, ${tried - refused - kept} done`);
  await Promise.all([browser.close(), site.close(), mock.close()]);
});

// foreign declares a test of a page at an address. What it must not change has a rule, a
// fault and a call to lose.
function foreign(claim, address, body, manner) {
  test(claim, { timeout: 120_000 }, async (t) => {
    site.rebind();
    await mock.reset();
    await mock.load(world);
    await mock.request('DELETE', 'faults');
    await mock.request('POST', 'faults', { Action: 'DescribeZones', Code: 'Throttling.User' });
    await call(mock, { Action: 'DescribeRegions' });
    const trial = await Trial.begin(mock, browser, address(), manner);
    try {
      await body(trial, t);
    } finally {
      await trial.close();
    }
    assert.equal((await call(mock, revoke)).status, 200, 'a program that sent the same would have changed it');
  });
}

const evil = () => `http://evil.test:${site.port}/`;

// Of 0.0.0.0 and of a name that stands for another machine a browser thinks less than
// of localhost, and tells the mock less.
for (const host of ['127.0.0.1', 'localhost', '0.0.0.0', 'build-host']) {
  foreign(`another site's page does nothing through the API at ${host}`, evil, async (trial, t) => {
    for (const [name, act] of Object.entries(api)) {
      await t.test(name, () => trial.api(act, `http://${host}:${port}${query}`));
    }
    for (const [name, act] of Object.entries(asking)) {
      await t.test(name, () => trial.api(act, `http://${host}:${port}${query}`, 'UnsupportedHTTPMethod'));
    }
  });
}

for (const [whose, address] of [['another site', evil], ['another port', () => `http://127.0.0.1:${site.port}/`]]) {
  foreign(`the page of ${whose} does nothing beside the API`, address, async (trial, t) => {
    for (const [name, path, act] of beside) await t.test(name, () => trial.beside(act, `${mock.url}/_mock/${path}`));
  });
}

const rebound = () => `http://rebound.test:${site.port}`;
const rebinding = { enter: () => site.rebind(), leave: () => site.rebind(mock) };

foreign('a page whose name was rebound does nothing through the API', rebound, async (trial, t) => {
  const header = 'a fetch with a header of its own'; // which it may send to its own name
  for (const [name, act] of Object.entries({ ...api, [header]: asking[header] })) {
    await t.test(name, () => trial.api(act, rebound() + query));
  }
}, rebinding);

foreign('a page whose name was rebound does nothing beside the API', rebound, async (trial, t) => {
  for (const [name, path, act] of beside) await t.test(name, () => trial.beside(act, `${rebound()}/_mock/${path}`));
}, rebinding);

foreign('no page frames the explorer', evil, async (trial) => {
  const { page } = trial;
  await trial.load();
  const [denial] = await Promise.all([
    page.waitForEvent('console', { predicate: (message) => message.type() === 'error', timeout: 10_000 }),
    page.evaluate((url) => { document.body.append(Object.assign(document.createElement('iframe'), { src: url })); }, `${mock.url}/_mock/`),
  ]);
  assert.match(denial.text(), /^Framing '.*' violates .* "frame-ancestors 'none'"/);
});

foreign('a page that opens the explorer sees and steers nothing in it', evil, async (trial) => {
  const { page, context } = trial;
  await trial.load();
  const [explorer] = await Promise.all([
    context.waitForEvent('page'),
    page.evaluate((url) => { window.opened = open(url); }, `${mock.url}/_mock/?${new URLSearchParams({ api: revoke.Action, ...revoke })}`),
  ]);
  await explorer.locator('form#call').waitFor();
  const before = await trial.world();
  const reach = (what) => page.evaluate(what).catch((failure) => failure.message);
  assert.match(await reach(() => opened.document.title), /SecurityError/);
  assert.match(await reach(() => opened.document.forms[0].submit()), /SecurityError/);
  assert.match(await reach(() => opened.fetch('/_mock/reset', { method: 'POST' })), /SecurityError/);
  assert.deepEqual(await trial.world(), before);
});

// own declares a test of the mock's own pages at an origin.
function own(claim, origin, body) {
  test(claim, { timeout: 60_000 }, async () => {
    await mock.reset();
    await mock.load(world);
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    try {
      const page = await context.newPage();
      await body(new Explorer(page, { url: `${origin}:${port}` }));
    } finally {
      await context.close();
    }
  });
}

const granted = async () => (await mock.state()).SecurityGroups[0].Permissions?.length ?? 0;

// revokes has the page revoke the rule, by a method.
const revokes = (method) => async (explorer) => {
  const { Action, ...parameters } = revoke;
  await explorer.openAction(Action, parameters);
  await explorer.page.getByLabel('Method').selectOption(method);
  assert.equal((await explorer.call()).status, 200);
  assert.equal(await granted(), 0);
};

// By plain HTTP and another name than localhost, a browser does not tell the mock whose
// page it is that gets something.
for (const [method, origin] of [
  ['GET', 'http://127.0.0.1'],
  ['POST', 'http://127.0.0.1'],
  ['GET', 'http://localhost'],
  ['GET', 'https://ecsmock.test'], // which -tls-host names
  ['GET', 'http://ecsmock.test'],
  ['POST', 'http://ecsmock.test'],
  ['GET', 'http://build-host'],
  ['POST', 'http://build-host'],
]) {
  own(`the explorer calls by ${method} at ${origin}`, origin, revokes(method));
}

for (const origin of ['http://127.0.0.1', 'http://localhost', 'https://ecsmock.test']) {
  own(`an address that is typed shows its answer at ${origin}`, origin, async ({ page }) => {
    const answer = await page.goto(`${origin}:${port}${query}`);
    assert.equal(answer.status(), 200);
    assert.match(await answer.text(), /<RevokeSecurityGroupResponse>/);
    assert.equal(await granted(), 0);
  });
}

own('an address that is typed is refused where it comes as any page\'s image would', 'http://build-host', async ({ page }) => {
  const answer = await page.goto(`http://build-host:${port}${query}`);
  assert.equal(answer.status(), 403);
  assert.match(await answer.text(), /<Code>Forbidden\.RiskControl<\/Code>/);
  assert.equal(await granted(), 1);
});

own('the explorer does not open by a name that is not the mock\'s', 'http://rebound.test', async ({ page }) => {
  const answer = await page.goto(`http://rebound.test:${port}/_mock/`);
  assert.equal(answer.status(), 403);
  assert.match((await answer.json()).error, /-tls-host/);
});
