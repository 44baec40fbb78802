// The journal: finished calls with their answers and hints, newest first.

import { go, of } from './address.js';
import { codes, keyOf } from './catalogue.js';
import { confirmed } from './dialog.js';
import { button, choices, code, el, fill, head, input, lead } from './dom.js';
import { ask, contract } from './mock.js';
import { later, soon } from './pause.js';
import { common } from './settings.js';
import { breakable } from './words.js';

const kept = 1000; // calls that are remembered
const most = 300; // calls that are shown
const silent = 'The mock does not answer. The journal continues when it does.';
const ordinary = '1234567890123456'; // the account of those who name none

export async function showJournal(main) {
  const data = await contract();
  const journal = new Journal(data);
  fill(main,
    head('Journal', journal.summary), journal.tools(), journal.list);
  return journal.follow();
}

class Journal {
  constructor(data) {
    this.data = data;
    this.entries = []; // newest first
    this.fresh = [];
    this.summary = lead();
    this.list = el('ol', { id: 'journal', reversed: true });
    this.render = later(() => this.showAll(), 100);
    this.take = soon(() => this.showNew(), 50);
  }

  tools() {
    const { data } = this;
    this.action = filter('by-action', 'Action', data.Actions.map(({ Key }) => Key), this.render);
    this.code = filter('by-code', 'Code', codes(data), this.render);
    return el('div', { class: 'tools wide' }, this.action.element, this.code.element,
      button('Clear the journal…', () => this.clear()));
  }

  // follow shows new calls. It returns a function that stops it.
  follow() {
    const stream = new EventSource('/_mock/journal?follow');
    stream.addEventListener('message', ({ data }) => {
      this.fresh.unshift(JSON.parse(data));
      this.take();
    });
    stream.addEventListener('error', () => fill(this.summary, silent));
    stream.addEventListener('open', () => this.summarize());
    return () => stream.close();
  }

  chosen(entry) {
    const has = (part, text) => text.toLowerCase().includes(part.input.value.trim().toLowerCase());
    return has(this.action, this.key(entry)) && has(this.code, entry.Code);
  }

  key({ Product, Action }) { return keyOf(this.data, Product, Action); }

  line(entry) { return line(entry, this.key(entry)); }

  // showNew adds new calls before those that are shown.
  showNew() {
    this.entries = [...this.fresh, ...this.entries].slice(0, kept);
    this.list.prepend(...this.fresh.filter((entry) => this.chosen(entry)).slice(0, most).map((entry) => this.line(entry)));
    this.fresh = [];
    while (this.list.children.length > most) this.list.lastElementChild.remove();
    this.summarize();
  }

  showAll() {
    fill(this.list, this.entries.filter((entry) => this.chosen(entry)).slice(0, most).map((entry) => this.line(entry)));
    this.summarize();
  }

  summarize() {
    const count = this.entries.length;
    const shown = this.list.children.length;
    fill(this.summary, count === 0 ? 'No calls yet. New calls appear here.'
      : `${shown} of ${count.toLocaleString('en')} calls, the newest first. New calls appear here.`);
  }

  async clear() {
    if (!await confirmed('Clear the journal? Other users of this mock lose it, too.', 'Clear it')) return;
    await ask('journal', 'DELETE');
    this.entries = [];
    this.showAll();
  }
}

function filter(id, label, values, changed) {
  const search = input({ id, type: 'search', list: `${id}-values`, input: changed });
  const element = el('div', { class: 'labelled' },
    el('label', { for: id }, label), search, choices(`${id}-values`, values));
  return { input: search, element };
}

function line(entry, key) {
  const good = entry.Status === 200;
  const opener = button('Open in the form', () => go(form(entry, key)), {
    class: 'quiet',
    'aria-label': `Open in the form: call ${entry.Number}`,
  });
  return el('li', { 'data-call': entry.Number },
    el('div', { class: 'call' },
      el('span', { class: 'muted number' }, `#${entry.Number}`),
      el('time', { class: 'muted', datetime: entry.Time, title: entry.Time }, entry.Time.slice(11, 19)),
      el('strong', { class: good ? 'good' : 'bad' }, entry.Status || '—'),
      el('code', { class: 'what' },
        key || 'no action', entry.Code && [' ', el('span', { class: 'bad' }, breakable(entry.Code))]),
      opener),
    entry.Hint && el('p', { class: 'why' }, el('strong', {}, 'Why'), ' ', entry.Hint),
    el('details', {}, el('summary', {}, gist(entry)), details(entry)));
}

// gist returns the most important of a call's parameters.
function gist({ Params, Microseconds, AccountId }) {
  const params = Object.entries(Params).filter(([name]) => !common(name)).map(([name, value]) => `${name}=${value}`);
  const account = AccountId !== ordinary && `account ${AccountId}`;
  return [`${(Microseconds / 1000).toFixed(2)} ms`, account, params.join(' ') || 'no parameters'].filter(Boolean).join(' · ');
}

function details({ Method, Host, AccountId, Params, Message, RequestId, Time, Detail }) {
  const facts = Object.entries({ Method, Host, AccountId, Time, RequestId, Message, Detail }).filter(([, value]) => value);
  const part = ([name, value]) => [el('dt', {}, name), el('dd', {}, code(value))];
  return el('dl', {}, facts.map(part), Object.entries(Params).sort().map(part));
}

// form returns the URL of the form with a call. A call that is signed in headers has no
// key among its parameters, and one whose host names the region has no region.
function form({ AccountId, RegionId, Method, Params }, key) {
  const pairs = Object.entries(Params).filter(([, value]) => value !== '***');
  const has = (name) => name in Params;
  const data = [['method', Method === 'POST' ? 'POST' : 'GET']];
  if (!has('Format')) data.push(['Format', 'XML']);
  if (!has('AccessKeyId')) data.push(['AccessKeyId', AccountId === ordinary ? '' : AccountId]);
  if (!has('RegionId') && RegionId) data.push(['RegionId', RegionId]);
  return of(key, [...data, ...pairs]);
}
