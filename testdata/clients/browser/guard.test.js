'use strict';

// The guard itself: that it sees each fault when there is one, and that the page's
// content security policy stops what it is there to stop.

const assert = require('node:assert/strict');

const { stage } = require('./stage');

const walk = stage();

const faults = {
  'console warning: careful': () => console.warn('careful'),
  'console error: broken': () => console.error('broken'),
  'exception: Error: thrown': () => setTimeout(() => { throw new Error('thrown'); }),
  'dialog: asked': () => alert('asked'),
  '404: .*/_mock/nowhere': () => fetch('/_mock/nowhere'),
  'inline event handler violates': () => document.body.setAttribute('onclick', 'alert(1)'),
  'inline script violates': () => document.body.append(Object.assign(document.createElement('script'), { text: 'alert(1)' })),
  'inline style violates': () => document.body.setAttribute('style', 'color: red'),
  'violates .*connect-src': () => { fetch('https://another.invalid/').catch(() => {}); },
  'violates .*img-src': () => document.body.append(Object.assign(new Image(), { src: 'https://another.invalid/' })),
  'a request to another host: https://another.invalid/': () => { location.href = 'https://another.invalid/'; },
};

walk('the guard sees', async (explorer, guard, t) => {
  for (const [fault, commit] of Object.entries(faults)) {
    await t.test(fault, async () => {
      await explorer.open();
      guard.verify();
      const pattern = new RegExp(fault);
      const seen = guard.next((found) => pattern.test(found));
      await explorer.page.evaluate(commit).catch(() => {}); // the page may be left
      await seen;
      guard.faults.length = 0;
    });
  }
});

walk('the page is served with a policy, and is framed by nobody', async ({ mock }) => {
  const { headers } = await fetch(`${mock.url}/_mock/`);
  assert.match(headers.get('content-security-policy'), /default-src 'none'.*frame-ancestors 'none'/);
  assert.doesNotMatch(headers.get('content-security-policy'), /unsafe|https?:|\*/);
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('x-frame-options'), 'DENY');
  assert.equal(headers.get('referrer-policy'), 'no-referrer');
});
