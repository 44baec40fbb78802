'use strict';

// Where the program is, and how it is started.

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');

const { EcsmockError } = require('./error.js');

const name = process.platform === 'win32' ? 'ecsmock.exe' : 'ecsmock';

// find returns the program: that of ECSMOCK_PROGRAM, else that of the package for this
// platform, else that of PATH.
function find() {
  if (process.env.ECSMOCK_PROGRAM) return process.env.ECSMOCK_PROGRAM;
  const held = `@ecsmock/${process.platform}-${process.arch}`;
  try {
    return require.resolve(`${held}/bin/${name}`);
  } catch {
    // It was not installed.
  }
  for (const directory of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(directory, name);
    const isOurs = path.basename(directory) === '.bin'; // where npm puts this package's own command
    if (directory && !isOurs && fs.existsSync(file)) return file;
  }
  throw new EcsmockError(`the package ${held} is not installed; install it, put ecsmock on the PATH, or name it in ECSMOCK_PROGRAM`);
}

// run starts the program, and answers with its address and a function that stops it. It
// ends with this process, too, which holds its standard input, and does not keep it alive.
async function run(flags, showsLog) {
  const program = find();
  const child = spawn(program, [...flags, '-until-eof'], { stdio: ['pipe', 'pipe', showsLog ? 'inherit' : 'pipe'] });
  let log = '';
  child.stderr?.on('data', (text) => { log += text; });
  child.stdin.on('error', () => {}); // the program has ended
  const ended = new Promise((resolve) => {
    child.on('error', (err) => resolve(`${program} cannot be run: ${err.code ?? err.message}`));
    child.on('close', (code, signal) => resolve(log.trim().replace(/^ecsmock: /, '') || `${program} ended with ${code ?? signal}`));
  });
  const listening = new Promise((resolve) => { readline.createInterface({ input: child.stdout }).once('line', resolve); });
  const line = await Promise.race([listening, ended.then((why) => { throw new EcsmockError(why); })]);
  if (!line.startsWith('listening on ')) throw new EcsmockError(await ended);
  for (const handle of [child, child.stdin, child.stdout, child.stderr]) handle?.unref();
  const stop = async () => {
    for (const handle of [child, child.stdout, child.stderr]) handle?.ref();
    child.stdin.end();
    child.kill();
    await ended;
  };
  return { url: line.slice('listening on '.length), stop };
}

module.exports = { find, run };
