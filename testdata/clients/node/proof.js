'use strict';

// What the suites have proved, written down for the matrix of clients and actions.
// A test file notes what it saw in the directory that CLIENTS_NOTES names; run as a
// program when all of them have passed, this makes of the notes a file for each client
// in the directory that CLIENTS_PROVEN names.

const fs = require('node:fs');
const path = require('node:path');
const { edition } = require('./refusals');

const clients = ['@alicloud/pop-core', '@alicloud/ecs20140526'];

const fileOf = (client) => `${path.basename(client)}.json`;

// nameOf is the name of an action, with its product unless that is ECS.
const nameOf = (product, action) => (product === 'Ecs' ? action : `${product}.${action}`);

// note keeps the actions of a kind, Tests or Samples, that a client has proved.
function note(client, kind, actions) {
  const dir = process.env.CLIENTS_NOTES;
  if (!dir) return;
  fs.writeFileSync(path.join(dir, `${kind}-${fileOf(client)}`), JSON.stringify([...new Set(actions)].sort()));
}

// noteTests keeps the actions that succeeded in the accounts of tests.
async function noteTests(mock, client) {
  const { Calls } = await mock.request('GET', 'journal');
  if (Calls[0]?.Number !== 1) throw new Error('the journal has forgotten the first calls');
  note(client, 'Tests', Calls.filter((call) => call.Status === 200 && call.AccountId.startsWith('2000000000')).map((call) => nameOf(call.Product, call.Action)));
}

function prove(client) {
  const noted = (kind) => path.join(process.env.CLIENTS_NOTES, `${kind}-${fileOf(client)}`);
  const read = (kind) => (fs.existsSync(noted(kind)) ? JSON.parse(fs.readFileSync(noted(kind), 'utf8')) : []);
  const proof = {
    Language: 'Node.js', Client: client, Version: require(`${client}/package.json`).version, Edition: edition,
    Tests: read('Tests'), Samples: read('Samples'),
  };
  fs.writeFileSync(path.join(process.env.CLIENTS_PROVEN, `${edition}-${fileOf(client)}`), JSON.stringify(proof));
}

if (require.main === module) clients.forEach(prove);

module.exports = { nameOf, note, noteTests };
