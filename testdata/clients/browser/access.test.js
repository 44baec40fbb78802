'use strict';

// What people need who do not see the page, or not in its colours, or type in other ways.

const assert = require('node:assert/strict');
const path = require('node:path');

const { sample } = require('./document');
const { stage } = require('./stage');
const { album, views } = require('./views');

const walk = stage();
const request = { RegionId: 'cn-hangzhou', ...sample };

// said waits until the live region has said a text.
function said({ page }, text) { return page.locator('#said', { hasText: text }).waitFor({ state: 'attached' }); }

walk('what is required is announced, flat and in lists', async (explorer) => {
  const { page } = explorer;
  await explorer.openAction('AuthorizeSecurityGroup');
  await explorer.way('Permissions.N');
  const { Products: [{ Actions }] } = await explorer.mock.request('GET', 'actions');
  const { Parameters } = Actions.find(({ Name }) => Name === 'AuthorizeSecurityGroup');
  const permissions = Parameters.find(({ Name }) => Name === 'Permissions').Fields.map((f) => ({ ...f, Name: `Permissions.1.${f.Name}` }));
  for (const { Name, Required, Type } of [...Parameters, ...permissions].filter((p) => p.Type !== 'Array')) {
    const required = await page.locator(`form#call :is([name="${Name}"]:not([type="radio"]), [role="radiogroup"]:has([name="${Name}"]))`).getAttribute('aria-required');
    assert.equal(required === 'true', Required, `${Name}, ${Type}`);
  }
});

walk('a call announces its code, the reason and the change, in one live region', async (explorer) => {
  const { page, mock } = explorer;
  await mock.request('PUT', 'clock', { Now: '2030-01-02T03:04:05Z', Frozen: true });
  await explorer.openAction('RevokeSecurityGroup', request);
  await page.evaluate(() => {
    window.heard = [];
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = (target.closest ?? target.parentElement?.closest)?.call(target.closest ? target : target.parentElement, '[role="status"], [role="alert"], [aria-live]');
        if (region?.textContent) window.heard.push(region.textContent);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await explorer.call();
  await said(explorer, /^200 OK .*sgr|^200 OK .*tcp 1/);
  await explorer.call();
  await said(explorer, /^403 InvalidGroupAuthItem\.NotFound .*Why/);
  const heard = await page.evaluate(() => window.heard);
  assert.equal(heard.length, 2, `each is said once: ${heard.join(' | ')}`);
  assert.match(heard[0], /tcp 1–65535/, 'what it removed');
  assert.match(heard[1], /Nothing .*changed/, 'that it changed nothing');
  assert.equal(await page.locator('[role="status"], [role="alert"], [aria-live]').count(), 1, 'one live region');
  assert.match(await page.locator('#history time').first().innerText(), new RegExp(`^${(await mock.calls('RevokeSecurityGroup')).at(-1).Time.slice(11, 19)}$`), 'its time is the mock\'s');
});

walk('an error that a fault, a clock and a copied sample meet is said, too', async (explorer, guard) => {
  guard.expect('/_mock/clock');
  guard.expect('/_mock/faults');
  const { page } = explorer;
  await explorer.open('?view=clock');
  await page.getByLabel('Set it to').fill('soon');
  await explorer.button('Set').click();
  await said(explorer, /\S/);
  await explorer.button('Freeze').click();
  await said(explorer, /^The clock is frozen\. \d{4}-/);
  await explorer.open('?view=faults');
  await page.getByLabel('Action', { exact: true }).fill('RevokeEverything');
  await explorer.button('Add the fault').click();
  await said(explorer, /RevokeEverything/);
  await explorer.openAction('RevokeSecurityGroup', request);
  await page.locator('#sample').getByText('1/65535').first().waitFor();
  await explorer.button('Copy').click();
  await said(explorer, 'Copied.');
});

// twins is the names that several controls have which do different things.
function twins(page) {
  return page.locator('button, a[href], summary').evaluateAll((controls) => {
    const meanings = new Map();
    for (const control of controls.filter((c) => c.checkVisibility())) {
      const name = control.ariaLabel ?? control.textContent.trim();
      const meaning = control.href ?? control;
      if (!meanings.has(name)) meanings.set(name, new Set());
      meanings.get(name).add(meaning);
    }
    return [...meanings].filter(([, all]) => all.size > 1).map(([name, all]) => `${all.size} × ${name}`);
  });
}

walk('no two controls of a view have one name', async (explorer, guard, t) => {
  for (const [name, show] of Object.entries(views)) {
    await t.test(name, async () => {
      await explorer.mock.reset();
      await show(explorer);
      assert.deepEqual(await twins(explorer.page), []);
    });
  }
});

walk('with forced colours the current view, the call and the changes can be told', async (explorer, guard, t) => {
  const { page } = explorer;
  await page.emulateMedia({ forcedColors: 'active' });
  const differs = async (one, other) => {
    const looks = await Promise.all([one, other].map((element) => element.evaluate((e) => {
      const { color, borderColor, borderWidth, textDecorationLine, fontWeight } = getComputedStyle(e);
      return [color, borderColor, borderWidth, textDecorationLine, fontWeight].join();
    })));
    assert.notEqual(looks[0], looks[1]);
  };
  await explorer.openAction('RevokeSecurityGroup', request);
  await explorer.call();
  await differs(explorer.view('Actions'), explorer.view('World'));
  await differs(page.locator('#list a[aria-current]'), page.locator('#list a:not([aria-current])').first());
  await differs(explorer.button('Call'), explorer.button('Fill the example'));
  assert.notEqual(await page.locator('.changes .sign').first().getAttribute('aria-label'), null);
  await page.screenshot({ path: path.join(album, 'forced-colours.png') });
  await explorer.view('World').click();
  await explorer.row(sample.SecurityGroupId).waitFor();
  await page.screenshot({ path: path.join(album, 'forced-colours-world.png') });
});

const long = 'x'.repeat(200);
const hebrew = '\u05e9\u05dc\u05d5\u05dd'; // a word that is written from right to left
const override = '\u202egnorw'; // turns what follows it, unless it is isolated

walk('long values wrap, and values from right to left turn nothing else', async (explorer, guard) => {
  guard.expect('/_mock/samples/curl'); // there is no code for a parameter that the action does not have
  const { page, mock } = explorer;
  const Description = `${hebrew} ${override} ${long}`;
  await mock.load({
    Version: 1,
    SecurityGroups: [{
      RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-long', SecurityGroupName: `a${hebrew}${long.slice(0, 100)}`, VpcId: 'vpc-1', Description, Tags: [{ TagKey: hebrew, TagValue: long.slice(0, 120) }],
      Permissions: [{ SecurityGroupRuleId: 'sgr-long', IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8', Description }],
    }],
  });
  await fetch(`${mock.url}/?${new URLSearchParams({ Action: 'DescribeRegions', Unknown: Description })}`);
  for (const query of ['?view=world', '?view=journal', `?${new URLSearchParams({ api: 'DescribeSecurityGroups', RegionId: 'cn-hangzhou' })}`]) {
    await explorer.open(query);
    if (query.includes('api=')) await explorer.call();
    await page.locator('main', { hasText: hebrew }).waitFor();
    await page.locator('main details:not([open])').evaluateAll((folds) => { for (const fold of folds) fold.open = true; });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${query} scrolls to the side`);
    const turning = await page.evaluate((word) => {
      const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
      const found = [];
      while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        if (!texts.currentNode.data.includes(word) || !element.checkVisibility()) continue;
        if (!/isolate|plaintext/.test(getComputedStyle(element).unicodeBidi)) found.push(element.outerHTML.slice(0, 120));
      }
      return found;
    }, hebrew);
    assert.deepEqual(turning, [], query);
  }
}, { width: 375, height: 812 });

walk('keys search, call, and are listed', async (explorer) => {
  const { page } = explorer;
  const focused = () => page.evaluate(() => document.activeElement.id);
  await explorer.open();
  await page.keyboard.press('/');
  assert.equal(await focused(), 'search');
  await page.keyboard.type('/?');
  assert.equal(await page.locator('#search').inputValue(), '/?', 'in a field they are text');
  await explorer.open('?view=world');
  await page.keyboard.press('/');
  assert.equal(await focused(), 'find');

  await explorer.openAction('RevokeSecurityGroup', request);
  await explorer.field('PortRange').focus();
  await page.keyboard.press('Control+Enter');
  await page.locator('#answer[data-status="200"]').waitFor();
  await page.locator('h1').focus();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.getByText('Ctrl+Enter').waitFor();
  await dialog.getByLabel('Use the keys / and ?').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  assert.equal(await dialog.count(), 0, 'they can be turned off');
  await explorer.button('Keys').click();
  await dialog.getByLabel('Use the keys / and ?').check();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('/');
  assert.equal(await focused(), 'search');
});

walk('Enter that commits the text of an input method does not call and does not open', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.openAction('CreateSecurityGroup', { RegionId: 'cn-hangzhou', SecurityGroupName: 'x' });
  const keep = (selector, how) => page.locator(selector).evaluate((field, init) => {
    const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init });
    return !field.dispatchEvent(event);
  }, how);
  for (const how of [{ isComposing: true }, { keyCode: 229 }]) { // as Chromium and Firefox say it, and as Safari does
    assert.equal(await keep('[name="SecurityGroupName"]', how), true, JSON.stringify(how));
    await page.locator('#search').fill('RevokeSecurityGroup');
    await keep('#search', how);
  }
  assert.match(page.url(), /api=CreateSecurityGroup/);
  assert.deepEqual(await mock.calls('CreateSecurityGroup'), []);
  assert.equal(await keep('[name="SecurityGroupName"]', {}), false, 'another Enter is left alone');
});

walk('identifiers are not translated', async (explorer) => {
  const { page } = explorer;
  await explorer.openAction('RevokeSecurityGroup', request);
  await explorer.call();
  for (const selector of ['h1 span', '#list a', '.field .name label', '#request', '#sample', '#answer pre', '#errors code']) {
    assert.equal(await page.locator(selector).first().evaluate((e) => e.translate), false, selector);
  }
  assert.equal(await page.locator('.lead').evaluate((e) => e.translate), true);
});

walk('there are four sizes of type, and one style each of links, buttons and quiet buttons', async (explorer) => {
  const { page } = explorer;
  const sizes = new Set();
  const styles = { link: new Set(), button: new Set(), main: new Set(), quiet: new Set() };
  for (const show of Object.values(views)) {
    await explorer.mock.reset();
    await show(explorer);
    await page.mouse.move(0, 0); // over nothing
    const seen = await page.evaluate(() => {
      const visible = [...document.querySelectorAll('body *')].filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
      const look = (e) => { const s = getComputedStyle(e); return [s.color, s.backgroundColor, s.borderTopColor, s.borderTopWidth, s.fontWeight].join(' '); };
      const buttons = [...document.querySelectorAll('main button:enabled, dialog button')].filter((e) => e.checkVisibility());
      return {
        sizes: visible.map((e) => getComputedStyle(e).fontSize),
        link: [...document.querySelectorAll('main a[href]:not(.button, #history a)')].map((e) => getComputedStyle(e).color),
        button: buttons.filter((e) => !e.className).map(look), main: buttons.filter((e) => e.className === 'main').map(look), quiet: buttons.filter((e) => e.className === 'quiet').map(look),
        other: buttons.map((e) => e.className).filter((name) => !['', 'main', 'quiet'].includes(name)),
      };
    });
    seen.sizes.forEach((size) => sizes.add(size));
    for (const kind of Object.keys(styles)) seen[kind].forEach((style) => styles[kind].add(style));
    assert.deepEqual(seen.other, []);
  }
  assert.deepEqual([...sizes].sort(), ['13px', '14px', '16px', '24px']);
  for (const [kind, all] of Object.entries(styles)) assert.equal(all.size, 1, `${kind}: ${[...all].join(' | ')}`);
});
