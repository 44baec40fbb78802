'use strict';

// A program whose code is not changed trusts the mock by its environment alone.

const assert = require('node:assert/strict');
const { execFile } = require('node:child_process');
const fs = require('node:fs/promises');
const os = require('node:os');
const path = require('node:path');
const { after, before, describe, test } = require('node:test');
const { promisify } = require('node:util');
const { newAccount, start } = require('./mock');

let mock;
let dir;
before(async () => {
  mock = await start();
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'ecsmock-'));
  await fs.writeFile(path.join(dir, 'ca.pem'), mock.authority);
});
after(async () => {
  await mock?.close();
  if (dir) await fs.rm(dir, { recursive: true });
});

function script(environment) {
  const { accessKeyId, accessKeySecret } = newAccount();
  const env = { ...process.env, ...environment };
  if (!environment.NODE_EXTRA_CA_CERTS) delete env.NODE_EXTRA_CA_CERTS;
  return promisify(execFile)(process.execPath, [path.join(__dirname, 'script.js'), mock.endpoint, accessKeyId, accessKeySecret], { env });
}

describe('https', { concurrency: true }, () => {
  test('NODE_EXTRA_CA_CERTS makes the mock trusted', async () => {
    const { stdout } = await script({ NODE_EXTRA_CA_CERTS: path.join(dir, 'ca.pem') });
    assert.equal(stdout, 'one world\n');
  });

  test('without it the mock is not trusted', async () => {
    await assert.rejects(script({}), { code: 1, stderr: /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT_LOCALLY)/ });
  });
});
