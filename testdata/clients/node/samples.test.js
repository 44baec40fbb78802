'use strict';

// The programs that the mock writes for Node.js are run, for each of its actions on a
// fresh world, and do what the action's example says.

const assert = require('node:assert/strict');
const { execFile } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { after, before, describe, test } = require('node:test');
const { promisify } = require('node:util');
const { start } = require('./mock');
const { note } = require('./proof');
const { edition, miss } = require('./refusals');

const samples = { '@alicloud/pop-core': 'node-v1', '@alicloud/ecs20140526': 'node-v2' };

let mock;
let dir; // where samples find the SDKs
before(async () => {
  mock = await start({ ECSMOCK_SEED: 'demo' });
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ecsmock-'));
  fs.symlinkSync(path.join(__dirname, 'node_modules'), path.join(dir, 'node_modules'));
});
after(async () => {
  fs.rmSync(dir, { recursive: true });
  await mock.stop();
});

// write fetches a sample into a file.
async function write(sample, action) {
  const answer = await fetch(`${mock.url}/_mock/samples/${sample}?Action=${action}`);
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  const file = path.join(dir, `${sample}-${action}.js`);
  fs.writeFileSync(file, text);
  return file;
}

// run runs a sample within this process, which spares it loading the SDK anew, and
// answers with what it prints.
function run(t, file) {
  const printed = new Promise((resolve, reject) => {
    t.mock.method(console, 'log', resolve);
    t.mock.method(console, 'error', (...words) => reject(new Error(words.join(' '))));
  });
  require(file);
  return printed;
}

// The parameters that SDKs add to those of a sample.
const common = /^(Action|Version|Format|Timestamp|AccessKeyId|Signature(Method|Version|Nonce)?|RegionId)$/;

// isExample checks that the only call succeeded and said what an example says, and no more.
async function isExample(example) {
  const want = Object.fromEntries(new URLSearchParams(example));
  const { Calls: [call, ...others] } = await mock.ask('GET', 'journal');
  assert.deepEqual(others, []);
  assert.equal(call.Status, 200, call.Message);
  const said = Object.entries(call.Params).filter(([name]) => name in want || !common.test(name));
  assert.deepEqual({ Action: call.Action, ...Object.fromEntries(said) }, want);
}

for (const [client, sample] of Object.entries(samples)) {
  const skip = edition !== '2019' && 'samples are the same in each edition';
  describe(`samples of ${client}`, { skip }, () => {
    test('each does what its action\'s example says', async (t) => {
      const { Products: [{ Actions }] } = await mock.ask('GET', 'actions'); // ECS: samples are of it alone
      assert.ok(Actions.length > 0);
      for (const { Name, Example } of Actions) {
        await t.test(Name, async (t) => {
          await mock.reset();
          assert.match(JSON.parse(await run(t, await write(sample, Name))).RequestId, /^[0-9A-F-]{36}$/);
          await isExample(Example);
        });
      }
      note(client, 'Samples', Actions.map((action) => action.Name));
    });

    test('as a program it succeeds, and then it is refused', async () => {
      await mock.reset();
      const program = () => promisify(execFile)(process.execPath, [file]);
      const file = await write(sample, 'RevokeSecurityGroup');
      assert.match((await program()).stdout, /"RequestId": "[0-9A-F-]{36}"/);
      await assert.rejects(program(), { code: 1, stderr: new RegExp(`^${miss.Code} .*\\b[0-9A-F-]{36}$`, 'm') });
    });
  });
}
