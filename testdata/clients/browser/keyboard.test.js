'use strict';

// Without a mouse.

const assert = require('node:assert/strict');

const { sample } = require('./document');
const { stage } = require('./stage');
const { views } = require('./views');

const walk = stage();
const most = 400; // stops that a view may have

// stop is where the keyboard is, and whether it can be seen there.
function stop(page) {
  return page.evaluate(() => {
    const { activeElement: at } = document;
    if (at === document.body) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    const { width, height, left, right, top, bottom } = at.getBoundingClientRect();
    const wasReached = 'reached' in at.dataset;
    at.dataset.reached = '';
    return {
      html: at.outerHTML.slice(0, 160),
      wasReached,
      isSkip: at.getAttribute('href')?.startsWith('#') ?? false,
      ringed: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
      inSight: width > 0 && height > 0 && isInFront(at, left, right, top, bottom),
    };

    // isInFront tells whether nothing lies over the middle of what an element shows.
    function isInFront(element, x0, x1, y0, y1) {
      const x = (Math.max(x0, 0) + Math.min(x1, innerWidth)) / 2;
      const y = (Math.max(y0, 0) + Math.min(y1, innerHeight)) / 2;
      const front = document.elementFromPoint(x, y);
      return front !== null && (element.contains(front) || front.contains(element));
    }
  });
}

// tour presses Tab until it leads to where it has been before, and tells the stops.
// Between the end of the page and its beginning it leads to the browser's own controls.
async function tour(page) {
  const stops = [];
  while (stops.length < most) {
    await page.keyboard.press('Tab');
    const at = await stop(page);
    if (at?.wasReached) break;
    if (at) stops.push(at);
  }
  return stops;
}

// tabTo presses Tab until the keyboard is at what a selector chooses.
async function tabTo(page, selector) {
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`Tab does not lead to ${selector}`);
}

// reach goes to a field, and unfolds it on the way where it is folded away.
async function reach(page, name) {
  const field = `form#call [name="${name}"]`;
  const folded = await page.locator(field).first().evaluate((f) => f.closest('details:not([open])') !== null);
  if (folded) {
    await tabTo(page, `details:not([open]):has([name="${name}"]) > summary`);
    await page.keyboard.press('Enter');
  }
  await tabTo(page, field);
}

// enter types a value, or goes to its radio button.
async function enter(page, value) {
  const chosen = () => page.evaluate(() => document.activeElement.type === 'radio' && document.activeElement.value);
  if (await chosen() === false) {
    await page.keyboard.press('Control+A');
    await page.keyboard.type(value);
    return;
  }
  for (let n = 0; n < most && await chosen() !== value; n += 1) await page.keyboard.press('ArrowRight');
}

walk('a rule is revoked with nothing but the keyboard', async (explorer) => {
  const { page, mock } = explorer;
  await explorer.open();
  await page.keyboard.press('Tab');
  const first = await stop(page);
  assert.ok(first.isSkip && first.inSight && first.ringed, `the first stop is the link that skips: ${first.html}`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement.closest('main') !== null), 'it leads into main');

  await page.keyboard.press('Control+Home');
  await tabTo(page, '#search');
  await page.keyboard.type('revokesecuritygroup');
  await tabTo(page, 'nav a[data-action="RevokeSecurityGroup"]');
  await page.keyboard.press('Enter');
  await page.locator('form#call').waitFor();

  for (const [name, value] of Object.entries({ RegionId: 'cn-hangzhou', ...sample })) {
    await reach(page, name);
    await enter(page, value);
  }
  await page.keyboard.press('Enter');
  await page.locator('#answer[data-status="200"]').waitFor();
  const [call] = await mock.calls('RevokeSecurityGroup');
  assert.equal(call.Status, 200);
});

walk('every control of every view is a stop of the keyboard, and can be seen there', async (explorer, guard, t) => {
  const { page, mock } = explorer;
  for (const [name, show] of Object.entries(views)) {
    await t.test(name, async () => {
      await mock.reset();
      await show(explorer);
      if (await page.locator('#samples').count()) await page.locator('#sample:not(:empty)').waitFor(); // until then Copy is disabled
      const stops = await tour(page);
      assert.ok(stops.length < most, 'the keyboard is caught');
      assert.deepEqual(stops.filter((s) => !s.ringed || !s.inSight).map((s) => s.html), [], 'stops that cannot be seen');
      const missed = await page.locator('a[href], button, input, select, textarea, summary').evaluateAll((controls) =>
        controls.filter((c) => (document.querySelector('dialog') ?? document).contains(c)) // it keeps from what is behind it
          .filter((c) => c.checkVisibility() && !c.disabled && !('reached' in c.dataset))
          .filter((c) => c.type !== 'radio' || c.checked) // the arrow keys lead to the others of its group
          .map((c) => c.outerHTML.slice(0, 160)));
      assert.deepEqual(missed, [], 'controls that are no stop');
    });
  }
});
