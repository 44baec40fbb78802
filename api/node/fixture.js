'use strict';

const { start } = require('./server.js');

// fixture returns a function that gives a test an account of its own, on a mock that the
// tests of a file share. The mock is started for the first of them, and stopped by the
// hook that is called after the last.
function fixture({ seed, ...settings } = {}, afterAll) {
  let server;
  afterAll(async () => {
    const started = server;
    server = undefined;
    await (await started)?.close();
  });
  return async () => {
    server ??= start(settings);
    const mock = (await server).newAccount();
    if (seed) await mock.seed(seed);
    return mock;
  };
}

// within runs a test with an account of its own. If it fails, its calls are printed.
async function within(newAccount, name, test) {
  const mock = await newAccount();
  try {
    return await test(mock);
  } catch (err) {
    await printCalls(mock, name);
    throw err;
  } finally {
    await mock.close();
  }
}

async function printCalls(mock, name) {
  console.error(`ecsmock: ${name}: ${await mock.lastCalls()}`);
}

// wrap returns the function test of a framework as one whose tests get { ecsmock } beside
// what the framework gives them, as only and skip do.
function wrap(test, newAccount) {
  const wrapped = (of) => (name, ...rest) => {
    const at = rest.findIndex((one) => typeof one === 'function');
    if (at >= 0) {
      const body = rest[at];
      rest[at] = (context) => within(newAccount, name, (ecsmock) => body(Object.assign(context ?? {}, { ecsmock })));
    }
    return of(name, ...rest);
  };
  return Object.assign(wrapped(test), { only: wrapped(test.only), skip: wrapped(test.skip) });
}

module.exports = { fixture, printCalls, wrap };
