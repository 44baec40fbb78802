'use strict';

// A stage is what the tests of a file play on: a mock and a browser.

const { test, before, after } = require('node:test');
const { execFileSync } = require('node:child_process');

const { chromium } = require('playwright-core');

const { Explorer } = require('./explorer');
const { Guard } = require('./guard');
const { start } = require('./mock');

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--no-proxy-server',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

function launch() {
  const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
  return chromium.launch({ executablePath, args: flags });
}

// stage has its mock and its browser started before the tests of a file, and stopped
// after them. What it returns declares a test: each has the world anew and a page of
// its own, and fails where the guard has seen a fault. A function may return the settings.
function stage(settings = {}) {
  let mock, browser;
  before(async () => { [mock, browser] = await Promise.all([start(typeof settings === 'function' ? await settings() : settings), launch()]); });
  after(async () => { await Promise.all([browser.close(), mock.close()]); });

  return (claim, body, { width = 1440, height = 900, scheme = 'light' } = {}) => test(claim, { timeout: 240_000 }, async (t) => {
    await mock.reset();
    const context = await browser.newContext({
      viewport: { width, height }, colorScheme: scheme, reducedMotion: 'reduce', acceptDownloads: true,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const guard = new Guard(page, mock.url);
    try {
      await body(new Explorer(page, mock), guard, t);
      guard.verify();
    } catch (failure) {
      if (guard.faults.length === 0 || failure.actual === guard.faults) throw failure;
      throw new Error(`${failure.message}\nThe page: ${guard.faults.join('\n')}`, { cause: failure });
    } finally {
      await context.close();
    }
  });
}

module.exports = { stage };
