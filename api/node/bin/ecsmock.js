#!/usr/bin/env node
'use strict';

// The command ecsmock, which is the program.

const { spawn } = require('node:child_process');
const { find } = require('../program.js');

let program;
try {
  program = find();
} catch (err) {
  console.error(`ecsmock: ${err.message}`);
  process.exit(1);
}
const child = spawn(program, process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (err) => {
  console.error(`ecsmock: ${program} cannot be run: ${err.code}`);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));
