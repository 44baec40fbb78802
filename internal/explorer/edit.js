// Changes of the world by hand: groups and accounts as JSON, and whole states.

import { choose } from './dialog.js';
import { el } from './dom.js';
import { ask, demo } from './mock.js';
import { ordinary } from './settings.js';

const cancel = ['', 'Cancel', { autofocus: true }];

// edit shows what an account has, or one group of it, as JSON, and saves it.
export async function edit(AccountId = ordinary, group = undefined) {
  const path = `state?account=${AccountId}`;
  const same = (one) => one.SecurityGroupId === group.SecurityGroupId && one.RegionId === group.RegionId;
  const before = await ask(path);
  const text = JSON.stringify(group ? before.SecurityGroups.find(same) : before, null, 2);
  const area = el('textarea', { rows: 24, spellcheck: 'false', 'aria-labelledby': 'question' }, text);
  const title = group ? `Group ${group.SecurityGroupId}` : `Account ${AccountId}`;
  const save = async () => {
    const edited = JSON.parse(area.value);
    const now = group ? await ask(path) : edited; // others may have changed the rest
    if (group) now.SecurityGroups = now.SecurityGroups.map((one) => (same(one) ? edited : one));
    await ask(path, 'PUT', JSON.stringify(now));
  };
  await choose([el('h2', { id: 'question' }, title), area], [['save', 'Save', { class: 'main' }], cancel], save);
}

const download = () => el('p', {}, el('a', { href: '/_mock/state', download: 'state.json' }, 'Download the state first'));

// load adds a state to the world, or replaces the world by it.
export async function load(name, text) {
  const question = `Load ${name}? It can be added to what is there, or replace all of it, for everybody who uses this mock.`;
  const answers = [['add', 'Add it', { class: 'main' }], ['replace', 'Replace everything'], cancel];
  const act = (how) => (how === 'add' ? ask('seed', 'POST', text) : ask('state', 'PUT', text));
  await choose([el('p', { id: 'question' }, question), download()], answers, act);
}

export const loadDemo = async () => load('the demo world', JSON.stringify(await demo()));

export async function reset() {
  const question = 'Restore the seed, or the empty world if there is none? The journal, the faults and the clock are reset, too.';
  const answers = [['reset', 'Reset everything', { class: 'main' }], cancel];
  await choose([el('p', { id: 'question' }, question), download()], answers, () => ask('reset', 'POST'));
}
