'use strict';

const { after, test } = require('node:test');
const { fixture, wrap } = require('./fixture.js');

const testWith = (settings) => wrap(test, fixture(settings, after));

module.exports = { test: testWith(), testWith };
