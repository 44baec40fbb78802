'use strict';

const { randomInt } = require('node:crypto');
const fs = require('node:fs/promises');
const os = require('node:os');
const path = require('node:path');

const { Ecsmock } = require('./ecsmock.js');
const { run } = require('./program.js');

const firstAccount = 2_000_000_000_000_001;

// start runs a mock: see index.d.ts.
async function start(settings = {}) {
  const url = process.env.ECSMOCK_URL;
  if (url && Object.keys(settings).length === 0) return connect(url);
  const all = { addr: '127.0.0.1:0', log: 'off', ...settings };
  const directory = typeof all.seed === 'object' ? await fs.mkdtemp(path.join(os.tmpdir(), 'ecsmock-')) : undefined;
  try {
    if (directory) {
      const seed = JSON.stringify(all.seed);
      all.seed = path.join(directory, 'seed.json');
      await fs.writeFile(all.seed, seed);
    }
    const { url: at, stop } = await run(Object.entries(all).filter(([, value]) => value !== undefined).map(flag), all.log !== 'off');
    return new Server(at, first(settings.credentials), firstAccount, stop);
  } finally {
    if (directory) await fs.rm(directory, { recursive: true });
  }
}

// connect returns the mock that runs at an address.
function connect(url) {
  // Others may use it, so that accounts must not be counted from one.
  return new Server(url.replace(/\/$/, ''), first(), firstAccount + randomInt(2 ** 47));
}

// first returns the first access key.
function first(credentials) {
  return String(credentials ?? process.env.ECSMOCK_CREDENTIALS ?? 'testid:testsecret').split(',')[0];
}

// flag returns a setting as the program takes it: randomSeed is -random-seed.
function flag([name, value]) {
  return `-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}=${value}`;
}

// Server is a mock with all its accounts.
class Server extends Ecsmock {
  #accounts;

  #stop;

  constructor(url, key, accounts, stop) {
    const [id, secret, account] = key.split(':');
    super(url, id, secret, account || '1234567890123456');
    this.#accounts = accounts;
    this.#stop = stop;
  }

  newAccount() {
    const account = String(this.#accounts);
    this.#accounts += 1;
    return new Ecsmock(this.url, account, this.accessKeySecret, account, true);
  }

  async close() {
    const stop = this.#stop;
    if (!stop) return; // it ran before, or is closed
    this.#stop = undefined;
    await this.warnOfFaults();
    await stop();
  }
}

module.exports = { Server, connect, start };
