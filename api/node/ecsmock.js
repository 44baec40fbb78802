'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs/promises');
const http = require('node:http');

const calls = require('./calls.js');
const { EcsmockError } = require('./error.js');

// Ecsmock is a mock, or one account of it: see index.d.ts.
class Ecsmock {
  #bound;

  #seed;

  #movedClock = false;

  constructor(url, accessKeyId, accessKeySecret, accountId, bound = false) {
    this.url = url;
    this.endpoint = new URL(url).host;
    this.accessKeyId = accessKeyId;
    this.accessKeySecret = accessKeySecret;
    this.accountId = accountId;
    this.#bound = bound; // to the account
  }

  async close() {
    await this.warnOfFaults();
    await this.request('POST', this.#at('reset'));
    if (this.#movedClock) await this.setTime(new Date());
  }

  [Symbol.asyncDispose ?? Symbol.for('nodejs.asyncDispose')]() { return this.close(); }

  async warnOfFaults() {
    for (const { Id, Matched, Acted, ...fault } of await this.faults()) {
      if (!Acted) process.emitWarning(`ecsmock: the fault ${JSON.stringify(fault)} never acted; it matched ${Matched} calls`);
    }
  }

  state() { return this.request('GET', this.#at('state')); }

  async load(state) { await this.request('PUT', this.#at('state'), state); }

  async add(state) { await this.request('POST', this.#at('seed'), state); }

  demo() { return this.request('GET', 'demo'); }

  async seed(seed) {
    let state = seed;
    if (seed === 'demo') state = await this.demo();
    else if (typeof seed === 'string') state = JSON.parse(await fs.readFile(seed, 'utf8'));
    await this.add(state);
    this.#seed = state;
  }

  async reset() {
    await this.request('POST', this.#at('reset'));
    if (this.#seed) await this.add(this.#seed);
  }

  fail(action, code, times = 1) { return this.fault({ Action: action, Code: code, Times: times }); }

  delay(action, milliseconds) { return this.fault({ Action: action, DelayMs: Math.ceil(milliseconds) }); }

  answer(action, fields) { return this.fault({ Action: action, Answer: fields, Times: 1 }); }

  async fault(fault) {
    const { Faults: [{ Id }] } = await this.request('POST', 'faults', this.#bound ? { AccountId: this.accountId, ...fault } : fault);
    return Id;
  }

  async faults() {
    const { Faults } = await this.request('GET', 'faults');
    return Faults.filter(({ AccountId }) => !this.#bound || AccountId === this.accountId);
  }

  async removeFault(id) { await this.request('DELETE', `faults?id=${id}`); }

  async clearFaults() { await this.request('DELETE', this.#at('faults')); }

  async calls(action = '*', { code, since } = {}) {
    const query = { action: action === '*' ? undefined : action, code, since: since instanceof Date ? since.toISOString() : since };
    return (await this.request('GET', this.#at('journal', query))).Calls;
  }

  async clearCalls() { await this.request('DELETE', this.#at('journal')); }

  async lastCalls() { return calls.last(await this.calls()); }

  async now() { return new Date((await this.request('GET', 'clock')).Now); }

  setTime(time) { return this.#setClock({ Now: time.toISOString(), Frozen: false }); }

  freeze(time) { return this.#setClock({ Frozen: true, Now: time?.toISOString() }); }

  advance(duration) { return this.#setClock({ Advance: typeof duration === 'number' ? `${duration}ms` : duration }); }

  health() { return this.request('GET', 'health'); }

  hasRule(group, rule) { return this.request('POST', this.#at('rule', { group }), rule); }

  async assertHasRule(group, rule) {
    const { Has, Why } = await this.hasRule(group, rule);
    if (!Has) await this.#refute(`${group} lacks the rule ${JSON.stringify(rule)}; ${Why}`, this.assertHasRule);
  }

  async assertLacksRule(group, rule) {
    const { Has, Rule } = await this.hasRule(group, rule);
    if (Has) await this.#refute(`${group} has the rule ${JSON.stringify(Rule)}`, this.assertLacksRule);
  }

  reach(from, to, traffic, { direction, region } = {}) {
    const [protocol, port] = traffic.split('/');
    return this.request('GET', this.#at('reach', { from, to, protocol, port, direction, region }));
  }

  async assertReaches(from, to, traffic) {
    const { Reaches, Why } = await this.reach(from, to, traffic);
    if (!Reaches) await this.#refute(`${traffic} from ${from} to ${to}: ${Why}`, this.assertReaches);
  }

  async assertCannotReach(from, to, traffic) {
    const { Reaches, Partly, Why } = await this.reach(from, to, traffic);
    if (Reaches || Partly) await this.#refute(`${traffic} from ${from} to ${to}: ${Why}`, this.assertCannotReach);
  }

  async assertWasCalled(action, params = {}) {
    const made = await this.calls(action);
    if (!made.some((call) => calls.lacks(call, params).length === 0)) {
      await this.#refute(`${action} was not called${calls.nearest(made, params)}`, this.assertWasCalled);
    }
  }

  async assertWasNotCalled(action, params = {}) {
    const call = (await this.calls(action)).find((one) => calls.lacks(one, params).length === 0);
    if (call) await this.#refute(`${action} was called: ${calls.line(call)}`, this.assertWasNotCalled);
  }

  differences() { return this.request('GET', 'differences'); }

  async clearDifferences() { await this.request('DELETE', 'differences'); }

  async assertAgreesWithService() {
    const { Edition, Service, Differences } = await this.differences();
    if (Differences.length === 0) return;
    await this.#refute([`the mock of edition ${Edition} differs from ${Service}:`, ...Differences.map(calls.difference)].join('\n'), this.assertAgreesWithService);
  }

  async #refute(why, stackStartFn) {
    throw new assert.AssertionError({ message: `${why}\n${await this.lastCalls()}`, operator: 'ecsmock', stackStartFn });
  }

  caPem() { return this.request('GET', 'ca.pem'); }

  async #setClock(change) {
    await this.request('PUT', 'clock', change);
    this.#movedClock = true;
  }

  // at returns the path of a resource, that of the account.
  #at(resource, query = {}) {
    const given = Object.entries({ ...query, account: this.#bound ? this.accountId : undefined }).filter(([, value]) => value !== undefined && value !== '');
    return given.length ? `${resource}?${new URLSearchParams(given)}` : resource;
  }

  async request(method, path, body) {
    const { status, type, text } = await send(`${this.url}/_mock/${path}`, method, body === undefined ? undefined : JSON.stringify(body));
    if (status >= 400) throw new EcsmockError(JSON.parse(text).error);
    return /json/.test(type) ? JSON.parse(text) : text;
  }
}

// send makes a request, by no proxy.
function send(url, method, body) {
  return new Promise((resolve, reject) => {
    const fail = (err) => reject(new EcsmockError(`the mock at ${new URL(url).origin} does not answer: ${err.message}`, { cause: err }));
    const request = http.request(url, { method, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => { text += part; });
      answer.on('error', fail);
      answer.on('end', () => resolve({ status: answer.statusCode, type: answer.headers['content-type'], text }));
    });
    request.on('error', fail);
    request.end(body);
  });
}

module.exports = { Ecsmock };
