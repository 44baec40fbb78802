// The list of actions, and the search in it.

import { of } from './address.js';
import { keyOf } from './catalogue.js';
import { el, fill, link } from './dom.js';
import { contract } from './mock.js';
import { say } from './say.js';
import { breakable, counted, matcher } from './words.js';

const nav = document.getElementById('actions');
const search = document.getElementById('search');
const list = document.getElementById('list');
const none = document.getElementById('none');
const all = document.getElementById('all');

const few = 20; // actions that the mock lacks, in a search

let current; // the action that is shown

export async function listActions() {
  const { Products, Actions } = await contract();
  fill(list,
    Products.map(({ Name, Title }) => section(Title, Actions.filter(({ Product }) => Product === Name).map(item))),
    Products.map(({ Name, Title, NotMocked }) => section(`${Title}, not mocked`, NotMocked.map((name) => missing(keyOf({ Products }, Name, name), name)))));
  filter(search.value);
  mark(current);
}

const section = (title, items) => el('section', {}, el('h2', {}, title), el('ul', {}, items));

// item returns the line of an action. It is found by its codes and the words of its
// summary, too.
function item({ Key, Name, Title, Named, Summary, Errors }) {
  const more = [Title, Name, Summary, ...Errors.map(({ Code }) => Code)].join(' ');
  return el('li', { 'data-words': more }, link(of(Key), breakable(Name), { 'data-action': Key, 'aria-label': Named && `${Name} of ${Title}` }));
}

// missing returns the line of an action that the mock does not have. It shows in a search
// for its name.
function missing(key, name) {
  return el('li', { 'data-words': name, 'data-missing': true }, link(of(key), breakable(name)));
}

search.addEventListener('input', () => filter(search.value));
search.addEventListener('keydown', choose);
all.addEventListener('click', () => open(all.getAttribute('aria-expanded') !== 'true'));

// filter shows the actions that match, and of those that the mock lacks a few.
function filter(text) {
  const matches = matcher(text);
  let found = 0;
  let lacked = 0;
  for (const section of list.children) {
    for (const item of section.lastChild.children) {
      const lacks = 'missing' in item.dataset;
      item.hidden = !matches(item.dataset.words) || (lacks && (text === '' || lacked === few));
      if (!item.hidden && lacks) lacked++;
      if (!item.hidden && !lacks) found++;
    }
    section.hidden = !section.querySelector('li:not([hidden])');
  }
  const nothing = found + lacked === 0 && list.children.length > 0 && 'No action has these words.';
  fill(none, nothing);
  if (text !== '') say(nothing || counted(found, 'action'), lacked > 0 && `, and ${lacked} that the mock does not have`);
  open(text !== '');
}

// choose opens the first action whose name matches, or else the first that is shown.
function choose(event) {
  if (event.key !== 'Enter') return;
  const shown = [...list.querySelectorAll('li:not([hidden]) a')];
  const matches = matcher(search.value);
  (shown.find((link) => matches(link.textContent)) ?? shown[0])?.click();
}

// open shows the list if there is no room for it beside the content.
function open(wanted) {
  nav.classList.toggle('open', wanted);
  all.setAttribute('aria-expanded', String(wanted));
}

export function mark(name) {
  current = name;
  open(false);
  for (const link of list.querySelectorAll('a')) {
    if (link.dataset.action === name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}
