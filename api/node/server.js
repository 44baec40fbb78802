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
  const keys = settings.credentials ?? process.env.ECSMOCK_CREDENTIALS ?? 'testid:testsecret';
  const [key] = String(keys).split(',');
  const url = process.env.ECSMOCK_URL;
  if (url && Object.keys(settings).length === 0) {
    // Others may use it, so that accounts must not be counted from one.
    return new Server(url.replace(/\/$/, ''), key, firstAccount + randomInt(2 ** 47));
  }
  const all = { addr: '127.0.0.1:0', log: 'off', ...settings };
  const directory = typeof all.seed === 'object' ? await fs.mkdtemp(path.join(os.tmpdir(), 'ecsmock-')) : undefined;
  try {
    if (directory) {
      const seed = JSON.stringify(all.seed);
      all.seed = path.join(directory, 'seed.json');
      await fs.writeFile(all.seed, seed);
    }
    const process = await run(Object.entries(all).filter(([, value]) => value !== undefined).map(flag), all.log !== 'off');
    return new Server(process.url, key, firstAccount, process.stop);
  } finally {
    if (directory) await fs.rm(directory, { recursive: true });
  }
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

module.exports = { Server, start };
