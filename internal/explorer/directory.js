// The list of actions, and the search in it.

import { of } from './address.js';
import { el, fill } from './dom.js';
import { contract } from './mock.js';
import { breakable } from './words.js';

const nav = document.getElementById('actions');
const search = document.getElementById('search');
const list = document.getElementById('list');
const none = document.getElementById('none');
const all = document.getElementById('all');

let current; // the action that is shown

export async function listActions() {
  const { Products, Actions } = await contract();
  fill(list, Products.map((product) => el('section', {},
    el('h2', {}, product.Title),
    el('ul', {}, Actions.filter(({ Product }) => Product === product.Name).map(item)))));
  filter(search.value);
  mark(current);
}

function item({ Key, Name }) {
  return el('li', {}, el('a', { href: of(Key), 'data-action': Key }, breakable(Name)));
}

search.addEventListener('input', () => filter(search.value));
search.addEventListener('keydown', choose);
all.addEventListener('click', () => open(all.getAttribute('aria-expanded') !== 'true'));

// filter shows the actions that have all the words, in any order and case; a word may be
// the product.
function filter(text) {
  const words = text.toLowerCase().split(/\s+/);
  let found = 0;
  for (const section of list.children) {
    const title = section.firstChild.textContent.toLowerCase();
    let shown = 0;
    for (const item of section.lastChild.children) {
      const name = `${title} ${item.textContent.toLowerCase()}`;
      item.hidden = !words.every((word) => name.includes(word));
      if (!item.hidden) shown++;
    }
    section.hidden = shown === 0;
    found += shown;
  }
  fill(none, found === 0 && list.children.length > 0 && 'The mock has no action with this name. The service may have one.');
  open(text !== '');
}

// choose opens the first action that is shown.
function choose(event) {
  if (event.key !== 'Enter') return;
  list.querySelector('li:not([hidden]) a')?.click();
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
