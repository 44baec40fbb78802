'use strict';

// The mock as each test file has it: a server of its own that requires signatures.

const path = require('node:path');

const { Ecsmock } = require('./ecsmock');

// The SDKs would ask a proxy even for 127.0.0.1.
for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy']) {
  delete process.env[name];
}

process.env.ECSMOCK_PROGRAM ||= path.join(__dirname, '../../../bin/ecsmock');

// start runs a mock that requires signatures. It answers with the host:port where
// it listens, the certificate of its authority, and a function that stops it.
async function start() {
  const mock = await Ecsmock.start({ ECSMOCK_SIGNATURES: 'require', ECSMOCK_LOG: 'off' });
  return { endpoint: mock.endpoint, ca: await mock.ca(), stop: () => mock.stop() };
}

let accounts = 0;

// newAccount is an account that no other test of a server has: an access key of 16
// digits is an account of its own, with the secret of the first credential.
function newAccount() {
  accounts += 1;
  return { accessKeyId: `2000000000${String(accounts).padStart(6, '0')}`, accessKeySecret: 'testsecret' };
}

const requestId = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

module.exports = { start, newAccount, requestId };
