// Others are parameters that the action does not have, and blank ones. With them the
// form can send any call.

import { button, counting, el, fill, input } from './dom.js';

export class Others {
  constructor() {
    this.rows = [];
    this.body = el('div', { class: 'items' });
    this.adder = button('Add another parameter', () => this.begin(), { class: 'quiet' });
    this.element = counting('Other parameters', () => this.pairs().length,
      el('p', { class: 'about' }, 'Sent as they are, blank values, too, even if the action does not know them.'),
      this.body, this.adder);
  }

  begin() {
    this.add('', '');
    this.rows.at(-1).name.focus();
  }

  add(name, value) {
    const number = this.rows.length + 1;
    const row = {
      name: holding(name, `Name of other parameter ${number}`),
      value: holding(value, `Value of other parameter ${number}`),
    };
    row.element = el('div', { class: 'other' }, row.name, el('span', { 'aria-hidden': 'true' }, '='), row.value,
      button('Remove', () => this.remove(row), { class: 'quiet', 'aria-label': `Remove other parameter ${number}` }));
    this.rows.push(row);
    this.body.append(row.element);
    this.element.open = true;
  }

  remove(row) {
    const left = this.pairs(this.rows.filter((other) => other !== row));
    this.clear();
    left.forEach(([name, value]) => this.add(name, value));
    this.adder.focus();
    this.body.dispatchEvent(new Event('input', { bubbles: true }));
  }

  clear() {
    this.rows = [];
    fill(this.body);
    this.element.dispatchEvent(new Event('toggle'));
  }

  pairs(rows = this.rows) {
    return rows.map((row) => [row.name.value.trim(), row.value.value]).filter(([name]) => name !== '');
  }
}

// holding returns an input for one line, or for more if the value has more.
function holding(value, label) {
  if (!value.includes('\n')) return input({ 'aria-label': label, value });
  return el('textarea', { 'aria-label': label, spellcheck: 'false' }, value);
}
