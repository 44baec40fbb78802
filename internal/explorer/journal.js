// The journal: finished calls with their answers and hints, newest first.

import { keep, readable } from './address.js';
import { codes, keyOf } from './catalogue.js';
import { compared } from './compare.js';
import { confirmed } from './dialog.js';
import { button, choices, el, fill, head, input, lead } from './dom.js';
import { Entry } from './entry.js';
import { follow } from './live.js';
import { ask, contract, health } from './mock.js';
import { later, soon } from './pause.js';
import { say, tell } from './say.js';
import { counted } from './words.js';

const step = 100; // calls that are loaded at once
const names = ['search', 'action', 'code', 'account', 'errors', 'call']; // that the journal is filtered by
const silent = 'The mock does not answer. The journal continues when it does.';

export async function showJournal(main, place) {
  const [data, { Shadow }] = await Promise.all([contract(), health()]);
  const journal = new Journal(data, place);
  journal.shadow = Shadow;
  fill(main, head('Journal', journal.summary), journal.tools(), journal.said, journal.compared,
    el('h2', { class: 'unseen' }, 'Calls'), journal.list, journal.more);
  await journal.load();
  return journal.follow();
}

class Journal {
  constructor(data, { visit, pairs }) {
    Object.assign(this, { data, visit, turn: 0, filter: new Map(pairs.filter(([name]) => names.includes(name))) });
    this.summary = lead();
    this.said = el('p', { class: 'refused' });
    this.chips = el('span', { class: 'chips' });
    this.compared = el('section', { class: 'compared', 'aria-label': 'Comparison', hidden: true });
    this.list = el('ol', { id: 'journal', reversed: true });
    this.more = button('Show older calls', () => this.older());
    this.take = soon(() => this.newer(), 100);
  }

  tools() {
    const seek = later(() => this.choose('search', this.search.value.trim()), 150);
    const known = [...this.data.Actions.map(({ Key }) => Key), ...codes(this.data)];
    this.search = input({ type: 'search', id: 'seek', list: 'seek-values', value: this.filter.get('search') ?? '', input: seek });
    this.failed = button('Errors only', () => this.choose('errors', this.filter.has('errors') ? undefined : ''));
    return el('div', { class: 'tools wide' },
      el('div', { class: 'labelled' }, el('label', { for: 'seek' }, 'Search calls'), this.search, choices('seek-values', known)),
      this.failed, this.chips, button('Clear the journal…', () => this.clear()));
  }

  // choose filters by a value; without one, or with a blank search, no more.
  choose(name, value) {
    if (value === undefined || (name === 'search' && !value)) this.filter.delete(name);
    else this.filter.set(name, value);
    keep(this.visit, `?${readable(new URLSearchParams([['view', 'journal'], ...this.filter]))}`);
    return this.load().then(() => say(this.summary.textContent));
  }

  // ask returns the calls that are filtered, the newest first.
  async ask(more) {
    const { Calls } = await ask(`journal?${new URLSearchParams([...this.filter, ...Object.entries(more)])}`);
    return Calls.reverse();
  }

  // load shows the newest calls. An older load does not replace a newer one.
  async load() {
    const mine = ++this.turn;
    try {
      const calls = await this.ask({ limit: step });
      if (mine !== this.turn) return;
      this.entries = calls.map((call) => this.entry(call));
      fill(this.said);
      this.show();
      if (this.filter.has('call')) this.entries[0]?.unfold();
    } catch (failure) {
      if (mine === this.turn) tell(this.said, failure.message);
    }
  }

  entry(call) { return new Entry(call, keyOf(this.data, call.Product, call.Action), this); }

  // newer adds the calls that came since.
  async newer() {
    const mine = this.turn;
    const calls = await this.ask({ since: this.entries?.[0]?.call.Number ?? 0, limit: step }).catch(() => []);
    const fresh = calls.filter(({ Number: n }) => !(n <= this.entries?.[0]?.call.Number));
    if (mine !== this.turn || fresh.length === 0) return;
    this.entries.unshift(...fresh.map((call) => this.entry(call)));
    this.show();
  }

  async older() {
    const mine = this.turn;
    const calls = await this.ask({ before: this.entries.at(-1).call.Number, limit: step });
    if (mine !== this.turn) return;
    this.entries.push(...calls.map((call) => this.entry(call)));
    this.show(calls.length < step);
  }

  show(all = this.entries.length < step) {
    const elements = this.entries.map(({ element }) => element);
    const first = this.list.firstElementChild;
    const at = elements.indexOf(first);
    if (at > 0) this.list.prepend(...elements.slice(0, at)); // what is read stays where it is
    else if (at < 0) fill(this.list, elements);
    this.list.append(...elements.slice(this.list.children.length));
    this.more.hidden = all || this.filter.has('call');
    this.summarize();
  }

  summarize() {
    this.failed.setAttribute('aria-pressed', this.filter.has('errors'));
    fill(this.chips, [...this.filter].filter(([name]) => name !== 'search' && name !== 'errors')
      .map(([name, value]) => button(`${name} ${value} ✕`, () => this.choose(name), { 'aria-label': `No filter by ${name} ${value}` })));
    fill(this.summary, this.entries.length > 0 ? `${counted(this.entries.length, 'call')}, the newest first. New calls appear here.`
      : this.filter.size > 0 ? 'No call matches.' : 'No calls yet. New calls appear here.');
  }

  // compare shows two calls beside each other, the second time that a call is chosen.
  compare(call) {
    const first = this.chosen;
    this.chosen = first ? undefined : call;
    this.compared.hidden = false;
    const close = button('Close', () => { this.chosen = undefined; this.compared.hidden = true; }, { class: 'quiet', 'aria-label': 'Close the comparison' });
    fill(this.compared, first ? compared(first, call) : el('p', {}, `Compare call ${call.Number} with another one: press Compare there.`), close);
    this.compared.scrollIntoView({ block: 'nearest' });
    say(this.compared.firstChild.textContent);
  }

  // follow shows what happens. It returns a function that stops it.
  follow() {
    return follow((name, data) => {
      if (name === 'call' || name === 'skipped') this.take();
      if (name === 'state' && data.Cause === 'reset') this.load();
      if (name === 'lost' && !data) fill(this.summary, silent);
      if (name === 'clock') this.take(); // the first event of a new stream
    });
  }

  async clear() {
    if (!await confirmed('Clear the journal? Other users of this mock lose it, too.', 'Clear it')) return;
    await ask('journal', 'DELETE');
    this.load();
  }
}
