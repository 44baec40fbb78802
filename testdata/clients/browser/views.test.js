'use strict';

// How the page looks, in both colour schemes, on a phone and on a desk: what can be
// judged by rule is, and a screenshot of each view is left for people.

const { sound } = require('./sound');
const { stage } = require('./stage');
const { album, views } = require('./views');

const walk = stage();

for (const scheme of ['light', 'dark']) {
  for (const [width, height] of [[1440, 900], [375, 812]]) {
    walk(`every view is sound in ${scheme} at ${width} pixels`, async (explorer, guard, t) => {
      const { page, mock } = explorer;
      for (const [name, show] of Object.entries(views)) {
        await t.test(name, async () => {
          await mock.reset();
          await page.setViewportSize({ width, height });
          await show(explorer);
          await sound(page, name, { width, scheme });
        });
      }
      t.diagnostic(`screenshots: ${album}`);
    }, { width, height, scheme });
  }
}
