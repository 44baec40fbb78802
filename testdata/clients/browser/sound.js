'use strict';

// What can be judged of a view by rule. A screenshot is left for people.

const assert = require('node:assert/strict');
const path = require('node:path');

const axe = require('axe-core');

const { faint } = require('./contrast');
const { album } = require('./views');

// rules are those of WCAG 2.2 and of good practice, but for contrast, which is measured
// more strictly here.
const rules = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  rules: { 'color-contrast': { enabled: false } },
  preload: false,
};

// breaches is what axe finds against the rules, a line each.
async function breaches(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((options) => window.axe.run(options), rules);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}: ${node.failureSummary}`));
}

// unroll makes the window as high as the page, so that nothing is stuck to its edge and
// over something else.
async function unroll(page, width) {
  await page.setViewportSize({ width, height: await page.evaluate(() => document.documentElement.scrollHeight) });
}

// sideways is how far the page can be scrolled to the side.
function sideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

// nameless is the controls that a screen reader could not name.
function nameless(page) {
  return page.locator('input, select, textarea, button, a[href], summary').evaluateAll((controls) =>
    controls.filter((c) => c.checkVisibility()).filter((c) => {
      const labels = [...(c.labels ?? [])].map((label) => label.textContent).join('');
      const own = ['INPUT', 'SELECT', 'TEXTAREA'].includes(c.tagName) ? '' : c.textContent;
      return `${labels}${own}${c.ariaLabel ?? ''}${(c.getAttribute('aria-labelledby') ?? '')}`.trim() === '';
    }).map((c) => c.outerHTML.slice(0, 160)));
}

// sound proves that a view that is shown is as it should be at a width, in a colour scheme.
async function sound(page, name, { width, scheme }) {
  assert.equal(await sideways(page), 0, 'the page scrolls to the side');
  await unroll(page, width);
  await page.screenshot({ path: path.join(album, `${name}-${scheme}-${width}.png`) });
  assert.deepEqual(await nameless(page), [], 'controls without a name');
  assert.deepEqual(await page.evaluate(faint, 4.5), [], 'text with a contrast below 4.5');
  if (scheme === 'light') assert.deepEqual(await breaches(page), []); // colours apart, both schemes are one page
}

module.exports = { sound };
