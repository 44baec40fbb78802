'use strict';

// The mock as each test file has it: a server of its own that requires signatures.

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');
const readline = require('node:readline');

// The SDKs would ask a proxy even for 127.0.0.1.
for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy']) {
  delete process.env[name];
}

const program = process.env.ECSMOCK_PROGRAM || path.join(__dirname, '../../../bin/ecsmock');

// start runs the program on a free port. It answers with the host:port where it
// listens, the certificate of its authority, and a function that stops it.
async function start() {
  const mock = spawn(program, {
    env: { ECSMOCK_ADDR: '127.0.0.1:0', ECSMOCK_SIGNATURES: 'require', ECSMOCK_LOG: 'off' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(mock, 'exit'); // rejects where the program cannot be run
  const stop = async () => {
    mock.kill('SIGTERM');
    const [code, signal] = await ended;
    if (code !== 0) throw new Error(`the mock ended with ${code ?? signal}`);
  };
  const lines = readline.createInterface({ input: mock.stdout });
  const [line] = await Promise.race([
    once(lines, 'line'),
    ended.then(([code]) => { throw new Error(`the mock ended with ${code} before it listened`); }),
  ]);
  const listening = /^listening on http:\/\/(\S+)$/.exec(line);
  if (!listening) {
    await stop();
    throw new Error(`the mock printed ${line}`);
  }
  const endpoint = listening[1];
  const ca = await (await fetch(`http://${endpoint}/_mock/ca.pem`)).text();
  return { endpoint, ca, stop };
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
