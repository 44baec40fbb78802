'use strict';

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const readline = require('node:readline');

// Ecsmock is a running mock.
class Ecsmock {
  // start runs a mock on a free port, with settings such as ECSMOCK_EDITION beside those of
  // the environment. If ECSMOCK_URL is set, it uses the mock that runs there.
  static async start(settings = {}) {
    if (process.env.ECSMOCK_URL) return new Ecsmock(process.env.ECSMOCK_URL);
    const program = process.env.ECSMOCK_PROGRAM || 'ecsmock';
    const child = spawn(program, {
      env: { ...process.env, ...settings, ECSMOCK_ADDR: '127.0.0.1:0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit'); // rejects if the program cannot be run
    const lines = readline.createInterface({ input: child.stdout });
    const [line] = await Promise.race([
      once(lines, 'line'),
      ended.then(([code]) => { throw new Error(`${program} ended with ${code} before it listened`); }),
    ]);
    return new Ecsmock(line.replace('listening on ', ''), child, ended);
  }

  constructor(url, child, ended) {
    this.url = url; // http://127.0.0.1:54321
    this.endpoint = url.replace('http://', ''); // for SDKs
    this.child = child;
    this.ended = ended;
  }

  state() { return this.ask('GET', 'state'); }
  load(state) { return this.ask('PUT', 'state', state); }
  add(state) { return this.ask('POST', 'seed', state); }
  reset() { return this.ask('POST', 'reset'); }
  fail(action, code, times = 1) { return this.ask('POST', 'faults', { Action: action, Code: code, Times: times }); }
  answer(action, fields, times = 1) { return this.ask('POST', 'faults', { Action: action, Answer: fields, Times: times }); }
  async calls(action) { return (await this.ask('GET', `journal?action=${action}`)).Calls; }
  advance(duration) { return this.ask('PUT', 'clock', { Advance: duration }); }
  async ca() { return (await fetch(`${this.url}/_mock/ca.pem`)).text(); }

  async ask(method, path, body) {
    const answer = await fetch(`${this.url}/_mock/${path}`, { method, body: body && JSON.stringify(body) });
    const result = await answer.json();
    if (!answer.ok) throw new Error(result.error);
    return result;
  }

  async stop() {
    if (!this.child) return; // it ran before
    this.child.kill('SIGTERM');
    const [code, signal] = await this.ended;
    if (code !== 0) throw new Error(`the mock ended with ${code ?? signal}`);
  }
}

module.exports = { Ecsmock };
