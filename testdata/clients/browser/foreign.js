'use strict';

// A foreign site as a browser sees it, and what it got done: pages under names that are
// not the mock's, and a port that first serves such a page and then is the mock, which
// is what rebinding a name comes to.

const assert = require('node:assert/strict');
const http = require('node:http');
const net = require('node:net');
const { once } = require('node:events');
const { execFileSync } = require('node:child_process');

const { chromium } = require('playwright-core');

// blank is a page that hides, as it may, where its requests come from.
const blank = '<!doctype html><meta name="referrer" content="no-referrer"><link rel="icon" href="data:,"><title>foreign</title>';

// launch starts a browser that finds names at this machine.
function launch(...names) {
  const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
  const resolve = names.map((name) => `MAP ${name} 127.0.0.1`).join(', ');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--no-proxy-server',
      '--disable-background-networking', `--host-resolver-rules=${resolve}`,
    ],
  });
}

// Site serves a blank page at every path, until it is rebound: from then on its port
// is the mock's, byte for byte.
class Site {
  static async open() {
    const pages = http.createServer((request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(blank);
    });
    const site = new Site(pages);
    site.door.listen(0, '127.0.0.1');
    await once(site.door, 'listening');
    return site;
  }

  constructor(pages) {
    this.pages = pages;
    this.sockets = new Set();
    this.door = net.createServer((socket) => this.enter(socket));
  }

  get port() { return this.door.address().port; }

  enter(socket) {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => this.sockets.delete(socket));
    if (!this.mock) return this.pages.emit('connection', socket);
    const { hostname, port } = new URL(this.mock.url);
    const behind = net.connect(port, hostname);
    behind.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('close', () => behind.destroy());
    return socket.pipe(behind).pipe(socket);
  }

  // rebind makes the port the mock's, or the site's again. What was connected is cut off.
  rebind(mock) {
    this.mock = mock;
    for (const socket of this.sockets) socket.destroy();
  }

  async close() {
    this.rebind();
    this.door.close();
    await once(this.door, 'close');
  }
}

// Trial lets a page make its attempts, and holds each against what became of the mock.
class Trial {
  static count = { tried: 0, refused: 0, kept: 0 }; // of all trials

  // begin readies a page of an address. Enter is called before it is got, each time, and
  // leave when it is there.
  static async begin(mock, browser, address, { enter = () => {}, leave = () => {} } = {}) {
    const context = await browser.newContext();
    return new Trial({ mock, address, enter, leave, context, page: await context.newPage() });
  }

  constructor(parts) {
    Object.assign(this, parts);
    this.made = 0;
    this.ends = new Map(); // of requests, by their mark
    this.context.on('response', (response) => this.ended(response.url(), response.status()));
    this.context.on('requestfailed', (request) => this.ended(request.url(), request.failure().errorText));
    this.page.on('websocket', (socket) => socket.on('socketerror', (failure) => this.ended(socket.url(), failure)));
    this.page.on('request', (request) => this.begun(request));
  }

  // begun notes whether the page is about to give way to what it tried.
  begun(request) {
    const leaves = request.isNavigationRequest() && request.frame() === this.page.mainFrame();
    if (leaves) this.left = new URL(request.url()).searchParams.has('Attempt');
  }

  // ended notes how a request that is marked came to an end.
  ended(url, result) {
    const mark = new URL(url).searchParams.get('Attempt');
    if (mark) this.ends.get(mark).push(result);
  }

  // attempt has the page try something at an address, which is marked, and fails if the
  // mock has changed by it. It returns what the page read, how the browser's requests
  // ended, and the calls that came to the API.
  async attempt(act, url) {
    const mark = `${this.made += 1}`;
    this.ends.set(mark, []);
    Trial.count.tried += 1;
    await this.load();
    const before = await this.world();
    const address = `${url}${url.includes('?') ? '&' : '?'}Attempt=${mark}`;
    const read = await this.page.evaluate(act, address).catch(() => ''); // the page may be left
    const ends = await this.settled(mark);
    assert.deepEqual(await this.world(), before, 'the page has changed the mock');
    const { Calls } = await this.mock.request('GET', 'journal');
    return { read, ends, calls: Calls.filter((call) => call.Params.Attempt === mark) };
  }

  // load opens the page anew, when what took its place is there.
  async load() {
    if (this.left) await this.page.waitForURL((url) => url.searchParams.has('Attempt'), { waitUntil: 'commit' });
    this.left = false;
    for (const other of this.context.pages()) if (other !== this.page) await other.close();
    this.enter();
    await this.page.goto(this.address);
    assert.equal(await this.page.title(), 'foreign');
    this.leave();
  }

  // settled waits until a request came to an end, one way or the other.
  async settled(mark) {
    const ends = this.ends.get(mark);
    for (const last = Date.now() + 10_000; ends.length === 0; await new Promise((wake) => { setTimeout(wake, 5); })) {
      assert.ok(Date.now() < last, 'the browser neither sent it nor gave it up');
    }
    return ends;
  }

  // world is all that a page could have changed.
  async world() {
    const asked = ['state', 'faults', 'clock', 'journal'].map((path) => this.mock.request('GET', path));
    const [state, faults, clock, { Calls }] = await Promise.all(asked);
    return { state, faults, year: clock.Now.slice(0, 4), frozen: clock.Frozen, first: Calls[0].Number };
  }

  // api holds that the API has refused what came of an attempt, and with which code.
  async api(act, url, code = 'Forbidden.RiskControl') {
    const { calls } = await this.attempt(act, url);
    assert.ok(calls.length > 0, 'nothing came to the API');
    for (const call of calls) assert.deepEqual([call.Status, call.Code], [403, code]);
    Trial.count.refused += 1;
  }

  // beside holds that an attempt on what is beside the API was refused, or kept from the
  // page by the browser, and that the page read nothing.
  async beside(act, url) {
    const { read, ends } = await this.attempt(act, url);
    assert.ok(ends.every((end) => [403, 405].includes(end) || /^net::ERR_|Error/.test(end)), String(ends));
    assert.doesNotMatch(String(read), /sg-|Version|"Calls"|"Now"/);
    Trial.count[ends.some(Number.isInteger) ? 'refused' : 'kept'] += 1;
  }

  close() { return this.context.close(); }
}

module.exports = { launch, Site, Trial };
