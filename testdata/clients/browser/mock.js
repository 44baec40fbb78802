'use strict';

// The mock as each test file has it: a server of its own, with the demo world.

const path = require('node:path');

const ecsmock = require('../../../api/node');

process.env.ECSMOCK_PROGRAM ||= path.join(__dirname, '../../../bin/ecsmock');

// start runs a mock on a free port.
function start(settings = {}) {
  return ecsmock.start({ seed: 'demo', ...settings });
}

// call asks the API as a program beside the browser would, for JSON.
async function call(mock, parameters) {
  const answer = await fetch(`${mock.url}/?${new URLSearchParams({ Format: 'JSON', ...parameters })}`);
  return { status: answer.status, ...(await answer.json()) };
}

module.exports = { start, call };
