'use strict';

const { afterAll, test } = require('@jest/globals');
const { fixture, wrap } = require('./fixture.js');

// Jest takes a test with a parameter for one that calls it at its end.
const plain = (run) => (name, body, timeout) => run(name, body && (() => body()), timeout);
const testOf = Object.assign(plain(test), { only: plain(test.only), skip: plain(test.skip) });

const testWith = (settings) => wrap(testOf, fixture(settings, afterAll));

module.exports = { test: testWith(), testWith };
