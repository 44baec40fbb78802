// Keys: / searches, Ctrl+Enter calls, ? lists them. The first and the last can be turned
// off, for those who speak their input.

import { choose } from './dialog.js';
import { el, input } from './dom.js';

const keys = [['/', 'Search'], ['Ctrl+Enter', 'Make the call of the form'], ['?', 'Show this list']];

export function listen() {
  document.addEventListener('keydown', press, true);
  document.getElementById('keys').addEventListener('click', list);
}

function press(event) {
  const { key, target } = event;
  // The key that commits text of an input method is not for the page.
  if (event.isComposing || event.keyCode === 229) {
    if (key === 'Enter') event.preventDefault();
    event.stopPropagation();
    return;
  }
  const held = event.ctrlKey || event.metaKey;
  if (key === 'Enter' && held) act(event, () => document.querySelector('form#call')?.requestSubmit());
  if (held || event.altKey || target.closest('input:not([type="radio"], [type="checkbox"]), textarea, select, dialog')) return;
  if (localStorage.keys === 'off') return;
  if (key === '?') act(event, list);
  if (key === '/') act(event, () => [...document.querySelectorAll('#search, main [type="search"]')].find((one) => one.checkVisibility())?.focus());
}

function act(event, run) {
  event.preventDefault();
  event.stopPropagation();
  run();
}

function list() {
  const change = ({ target }) => { localStorage.keys = target.checked ? 'on' : 'off'; };
  const off = localStorage.keys === 'off';
  choose([
    el('h2', { id: 'question' }, 'Keys'),
    el('dl', { class: 'keys' }, keys.map(([key, does]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, does)])),
    el('label', { class: 'tools' }, input({ type: 'checkbox', checked: !off, change }), 'Use the keys / and ?'),
  ], [['', 'Close', { autofocus: true }]]);
}
