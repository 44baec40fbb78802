// In the shadow of a service: what was compared, and where the mock answers otherwise.

import { keyOf } from './catalogue.js';
import { confirmed } from './dialog.js';
import { arrange, button, code, el, fill, head, lead, link, table } from './dom.js';
import { follow } from './live.js';
import { ask, contract, health, text } from './mock.js';
import { soon } from './pause.js';
import { say, tell } from './say.js';
import { breakable, counted } from './words.js';

const files = 'differences?format=exchange';

export async function showDifferences(main) {
  const [data, { Shadow }] = await Promise.all([contract(), health()]);
  if (!Shadow) {
    fill(main, head('Differences', lead('This mock answers each call itself. Start it with ', code('-shadow'), ' and the address of the service to compare their answers.')));
    return undefined;
  }
  const view = new DifferenceView(data);
  view.show(await ask('differences'));
  fill(main, head('Differences', view.summary), view.tools, view.said, view.notes, view.table);
  const load = soon(() => view.try(async () => view.show(await ask('differences'))), 200);
  return follow((name) => ['call', 'skipped', 'clock'].includes(name) && load()); // the clock is the first event of a new stream
}

class DifferenceView {
  constructor(data) {
    this.data = data;
    this.summary = lead();
    this.said = el('p', { class: 'refused' });
    this.notes = el('ul', { class: 'notes' });
    this.rows = new Map();
    this.table = table(['Calls', 'Difference', 'The service has', 'The mock has', 'First call'], []);
    this.table.classList.add('differences');
    this.files = [
      button('Copy the exchange files', () => this.try(async () => navigator.clipboard.writeText(await text(files)).then(() => say('Copied.')))),
      el('a', { class: 'button', href: `/_mock/${files}`, download: 'differences.txt' }, 'Download them'),
    ];
    this.calls = link('/_mock/?view=journal&search=the+mock+differs', 'The calls that differ');
    this.tools = el('div', { class: 'tools' }, this.files, button('Forget the differences…', () => this.try(() => this.forget())), this.calls);
  }

  async try(act) {
    try {
      await act();
      fill(this.said);
    } catch (failure) {
      tell(this.said, failure.message);
    }
  }

  async forget() {
    if (!await confirmed('Forget the differences and count from 0? Other users of this mock lose them, too.', 'Forget them')) return;
    this.show(await ask('differences', 'DELETE'));
    say(this.summary.textContent);
  }

  show({ Service, Edition, Calls, Equal, Apart, Unanswered, Dropped, Diverged, Differences }) {
    fill(this.summary, `${Service} answered ${counted(Calls, 'call')}. The mock, of edition ${Edition}, answered ${Equal} of them in the same way.`);
    const at = ({ Id, Call, Action, Kind, Path }) => [Id, Call, Action, Kind, Path].join(' ');
    const rows = new Map(Differences.map((found) => [at(found), this.row(at(found), found)]));
    this.rows = rows;
    arrange(this.table.tBodies[0], [...rows.values()]);
    this.table.hidden = rows.size === 0;
    for (const tool of [...this.files, this.calls]) tool.hidden = rows.size === 0;
    const note = (...content) => el('li', {}, content);
    fill(this.notes,
      rows.size === 0 && note('No differences. New ones appear here.'),
      Diverged > 0 && note('The service carried out call ', link(`/_mock/?view=journal&call=${Diverged}`, `#${Diverged}`), ', which the mock refused. Later differences may follow from it.'),
      Apart.map(({ Refusal, Count }) => note(counted(Count, 'call'), ' refused with ', code(Refusal), ', for a reason that the mock cannot know. Not compared.')),
      Unanswered > 0 && note(counted(Unanswered, 'call'), ' not answered by the service. See the journal.'),
      Dropped > 0 && note('More differences were found than are kept.'));
  }

  // row returns the row of a difference, the same one for as long as it is shown.
  row(key, { Product, Action, Kind, Path = '', Service = '', Mock = '', Count, Call }) {
    const action = keyOf(this.data, Product, Action);
    const cell = (label, ...content) => el('td', { 'data-label': label }, content);
    const row = this.rows.get(key) ?? el('tr', {},
      cell('Calls'),
      cell('Difference', el('code', { class: 'what' }, breakable(action || 'no action')), el('span', { class: 'about' }, [Kind, Path].filter(Boolean).join(': '))),
      cell('The service has', code(breakable(Service))),
      cell('The mock has', code(breakable(Mock))),
      cell('First call', link(`/_mock/?view=journal&call=${Call}`, `#${Call}`, { 'aria-label': `Call ${Call}: ${action} ${Kind} ${Path}`.trim() })));
    fill(row.firstChild, String(Count));
    return row;
  }
}
