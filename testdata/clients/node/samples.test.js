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
const { nameOf, note } = require('./proof');
const { edition, miss } = require('./refusals');

const samples = { '@alicloud/pop-core': 'node-v1', '@alicloud/ecs20140526': 'node-v2' };

// packaged are the products that @alicloud/ecs20140526 has a sister for. pop-core makes calls of all.
const packaged = ['Ecs', 'Vpc', 'Sts', 'BssOpenApi'];

let mock;
let dir; // where samples find the SDKs
before(async () => {
  mock = await start({ seed: 'demo' });
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ecsmock-'));
  fs.symlinkSync(path.join(__dirname, 'node_modules'), path.join(dir, 'node_modules'));
});
after(async () => {
  fs.rmSync(dir, { recursive: true });
  await mock.close();
});

// actions are those that a sample is written for, with their products.
async function actions(sample) {
  const { Products } = await mock.request('GET', 'actions');
  const made = Products.filter(({ Name }) => sample === 'node-v1' || packaged.includes(Name));
  assert.ok(made.length >= packaged.length);
  return made.flatMap(({ Name: Product, Version, Actions }) => Actions.map((action) => ({ Product, Version, ...action })));
}

let files = 0;

// write fetches a sample into a new file, which require has not run yet.
async function write(sample, { Version, Name }, params = {}) {
  const query = new URLSearchParams({ Action: Name, Version, ...params });
  const answer = await fetch(`${mock.url}/_mock/samples/${sample}?${query}`);
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  files += 1;
  const file = path.join(dir, `${sample}-${Name}-${files}.js`);
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
async function isExample({ Product, Example }) {
  const { Version, ...want } = Object.fromEntries(new URLSearchParams(Example)); // some clients say the version in a header
  const { Calls: [call, ...others] } = await mock.request('GET', 'journal');
  assert.deepEqual(others, []);
  assert.equal(call.Status, 200, call.Message);
  const said = Object.entries(call.Params).filter(([name]) => name in want || !common.test(name));
  assert.equal(call.Product, Product);
  assert.deepEqual({ Action: call.Action, ...Object.fromEntries(said) }, want);
}

let number = 70000;

// everything is all parameters, two elements of each list, with a value for each.
function everything(parameters, scope = '') {
  return Object.assign({}, ...parameters.map(({ Name, Type, Fields }) => {
    const name = scope + Name;
    if (Type === 'Array') return { ...everything(Fields, `${name}.1.`), ...everything(Fields, `${name}.2.`) };
    number += 1;
    const values = { Boolean: 'true', Float: '1.5', String: `value${number}` };
    return { [name.replace(/\.$/, '')]: values[Type] ?? String(number) };
  }));
}

for (const [client, sample] of Object.entries(samples)) {
  const skip = edition !== '2019' && 'samples are the same in each edition';
  describe(`samples of ${client}`, { skip }, () => {
    test('each does what its action\'s example says', async (t) => {
      const all = await actions(sample);
      for (const action of all) {
        await t.test(nameOf(action.Product, action.Name), async (t) => {
          await mock.reset();
          assert.match(JSON.parse(await run(t, await write(sample, action))).RequestId, /^[0-9A-F-]{36}$/);
          await isExample(action);
        });
      }
      note(client, 'Samples', all.map((action) => nameOf(action.Product, action.Name)));
    });

    test('each sends every parameter', async (t) => {
      for (const action of await actions(sample)) {
        await t.test(nameOf(action.Product, action.Name), async (t) => {
          const want = everything(action.Parameters);
          await mock.reset();
          await run(t, await write(sample, action, want)).catch(() => { process.exitCode = 0; }); // the service may refuse it
          const { Calls: [{ Params }, ...others] } = await mock.request('GET', 'journal');
          const said = Object.entries(Params).filter(([name]) => name in want || !common.test(name));
          assert.deepEqual([Object.fromEntries(said), others], [want, []]);
        });
      }
    });

    test('as a program it succeeds, and then it is refused', async () => {
      await mock.reset();
      const program = () => promisify(execFile)(process.execPath, [file]);
      const file = await write(sample, { Name: 'RevokeSecurityGroup', Version: '2014-05-26' });
      assert.match((await program()).stdout, /"RequestId": "[0-9A-F-]{36}"/);
      await assert.rejects(program(), { code: 1, stderr: new RegExp(`^${miss.Code} .*\\b[0-9A-F-]{36}$`, 'm') });
    });
  });
}
