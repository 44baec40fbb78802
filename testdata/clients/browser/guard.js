'use strict';

const assert = require('node:assert/strict');
const { EventEmitter } = require('node:events');

// Guard watches a page, and holds against it what a sound page never does: an error or
// a warning on the console, an exception, a dialog, a request to another host, a
// request that fails, a breach of its own content security policy.
class Guard {
  constructor(page, origin) {
    this.origin = origin;
    this.faults = [];
    this.found = new EventEmitter();
    this.expected = new Set(['/']); // what the API refuses is what the page is there to show
    page.on('console', (message) => this.console(message));
    page.on('pageerror', (error) => this.blame(`exception: ${error}`));
    page.on('dialog', (dialog) => this.dialog(dialog));
    page.on('request', (request) => this.request(request));
    page.on('requestfailed', (request) => this.failed(request));
    page.on('response', (response) => this.response(response));
  }

  // expect says that the test means requests to a path to be refused, or to break off.
  expect(path) { this.expected.add(path); }

  verify() { assert.deepEqual(this.faults, [], 'the page did what a sound page does not'); }

  blame(fault) {
    this.faults.push(fault);
    this.found.emit('fault', fault);
  }

  // next waits for a fault that is as wanted.
  next(wanted) {
    return new Promise((resolve) => {
      const look = (fault) => {
        if (!wanted(fault)) return;
        this.found.off('fault', look);
        resolve(fault);
      };
      this.found.on('fault', look);
    });
  }

  console(message) {
    if (!['error', 'warning'].includes(message.type())) return;
    const { url } = message.location();
    const refused = /^Failed to load resource: /.test(message.text()) && this.isExpected(url);
    if (!refused) this.blame(`console ${message.type()}: ${message.text()} (${url})`);
  }

  // dialog is a fault unless the test has asked for it, and is then the test's to answer.
  dialog(dialog) {
    if (this.answer) return this.answer(dialog);
    this.blame(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  }

  request(request) {
    const { origin, protocol } = new URL(request.url());
    if (origin !== this.origin && !['data:', 'blob:'].includes(protocol)) {
      this.blame(`a request to another host: ${request.url()}`);
    }
  }

  failed(request) {
    const { errorText } = request.failure();
    const left = errorText === 'net::ERR_ABORTED'; // what was followed or under way when the page was left
    if (!left && !this.isExpected(request.url())) this.blame(`failed, ${errorText}: ${request.url()}`);
  }

  response(response) {
    if (response.status() >= 400 && !this.isExpected(response.url())) {
      this.blame(`${response.status()}: ${response.url()}`);
    }
  }

  isExpected(url) { return URL.canParse(url) && this.expected.has(new URL(url).pathname); }
}

module.exports = { Guard };
