// The first view: point a client here, revoke a rule, see the last calls, choose an action.

import * as calls from './call.js';
import { keyOf } from './catalogue.js';
import { button, code, el, fill, head, lead, link } from './dom.js';
import { follow } from './live.js';
import { ask, clients, contract, health } from './mock.js';
import { overview } from './overview.js';
import { soon } from './pause.js';
import { Samples } from './samples.js';
import { say } from './say.js';
import { trial } from './trial.js';

const few = 8; // of the last calls

export async function showStart(main) {
  const [data, list, { Calls }, { Shadow }] = await Promise.all([contract(), clients(), ask(`journal?limit=${few}`), health()]);
  const { Name: action, Key: key, Product: product, Version: version, Named: named, Example } = data.Actions[0];
  const call = { action, key, product, version, named, pairs: calls.of(Example).pairs };
  const samples = new Samples(list, 'Point a client here');
  const last = new Last(data, Calls);
  const command = `source <(ecsmock env -addr ${location.host})`;
  const copy = () => navigator.clipboard.writeText(command).then(() => say('Copied.'));
  fill(main,
    head('A mock of ECS security groups', lead(
      'Point an unchanged client at ', code(location.host), ' with ',
      Shadow ? ['an access key of ', code(Shadow), ', which answers each call'] : ['any access key, say ', code('testid'), ' and ', code('testsecret')],
      '. Programs that read variables get them by ', code(command), ' ', button('Copy the command', copy, { class: 'quiet' }))),
    el('div', { class: 'pair' }, samples.element, el('div', {}, !Shadow && trial(call, Example), last.element)),
    overview(data));
  samples.show(call);
  return follow((name, entry) => name === 'call' && last.add(entry));
}

// Last is the last calls of all clients, newest first.
class Last {
  constructor(data, entries) {
    this.data = data;
    this.entries = entries;
    this.list = el('ol', { class: 'calls', reversed: true });
    this.show = soon(() => this.render(), 100);
    this.element = el('section', { 'aria-labelledby': 'last-title' },
      el('h2', { id: 'last-title' }, 'Last calls'), this.list, link('/_mock/?view=journal', 'All calls'));
    this.render();
  }

  add(entry) {
    this.entries = [...this.entries, entry].slice(-few);
    this.show();
  }

  render() {
    const line = ({ Number: number, Product, Action, Status, Code, Time }) => el('li', {}, link(`/_mock/?view=journal&call=${number}`, [
      el('span', { class: Status === 200 ? 'good' : 'bad' }, Status || '—'), ' ',
      el('span', { class: 'code' }, keyOf(this.data, Product, Action) || 'no action', Code && ` ${Code}`), ' ',
      el('time', { datetime: Time }, Time.slice(11, 19)),
    ], { 'aria-label': `Call ${number}: ${Status} ${Action} ${Code} ${Time.slice(11, 19)}` }));
    fill(this.list, this.entries.length === 0 && el('li', { class: 'muted' }, 'No calls yet. New calls appear here.'), this.entries.toReversed().map(line));
  }
}
