// A list is a parameter that is repeated: Permissions.1, Permissions.2 and so on.

import { button, el, fill } from './dom.js';
import { field } from './field.js';
import { Fields } from './fields.js';

export class List {
  constructor(doc, name, shown) {
    Object.assign(this, { doc, name, shown, items: new Map() });
    this.simple = doc.Fields.length === 1 && doc.Fields[0].Name === '';
    this.adder = button(`Add ${name}`, () => this.add(), { class: 'quiet' });
    this.body = el('div', { class: 'items' });
    this.element = el('fieldset', { class: 'list' },
      el('legend', {}, `${name}.N`),
      el('p', { class: 'about' }, doc.Description, ` Up to ${doc.Most}.`, doc.Required && el('span', { class: 'needed' }, ' Required.')),
      this.body, this.adder);
  }

  add() {
    const item = this.item(Math.max(0, ...this.items.keys()) + 1);
    item.focus();
    changed(this.element);
  }

  // begin makes the first item if there is none.
  begin() {
    this.item(1);
  }

  // item returns the item with a number, made if necessary.
  item(number) {
    if (!this.items.has(number)) {
      this.items.set(number, this.simple ? this.value(number) : this.group(number));
      const sorted = [...this.items].sort(([a], [b]) => a - b);
      this.items = new Map(sorted);
      fill(this.body, sorted.map(([, item]) => item.element));
      this.adder.disabled = this.items.size >= this.doc.Most;
    }
    return this.items.get(number);
  }

  value(number) {
    const name = `${this.name}.${number}`;
    const { element, control } = field({ ...this.doc.Fields[0], Description: '' }, '', name, this.remover(number));
    return {
      element,
      find: (wanted) => (wanted === name ? control : null),
      pairs: () => (control.value === '' ? [] : [[name, control.value]]),
      focus: () => control.focus(),
    };
  }

  group(number) {
    const name = `${this.name}.${number}`;
    const fields = new Fields(this.doc.Fields, `${name}.`, this.shown);
    const element = el('fieldset', { class: 'item' }, el('legend', {}, name), this.remover(number), fields.element);
    return { element, find: (wanted) => fields.find(wanted), pairs: () => fields.pairs(), focus: () => fields.focus() };
  }

  remover(number) {
    return button('Remove', () => this.remove(number), { class: 'quiet', 'aria-label': `Remove ${this.name}.${number}` });
  }

  // remove removes an item and renumbers those after it.
  remove(number) {
    const left = [...this.items.keys()].filter((n) => n !== number);
    const values = left.map((n) => this.items.get(n).pairs().map(([name, value]) => [name.slice(`${this.name}.${n}`.length), value]));
    this.clear();
    values.forEach((pairs, i) => {
      this.item(i + 1);
      for (const [rest, value] of pairs) this.find(`${this.name}.${i + 1}${rest}`).value = value;
    });
    (this.body.querySelector('button') ?? this.adder).focus();
    changed(this.element);
  }

  pairs() { return [...this.items.values()].flatMap((item) => item.pairs()); }

  focus() { this.adder.focus(); }

  clear() {
    this.items.clear();
    fill(this.body);
    this.adder.disabled = false;
  }

  // find returns the input of a name such as Permissions.1.Policy, null for none.
  find(name) {
    const [number] = name.slice(this.name.length + 1).split('.');
    const n = Number(number);
    if (!/^[1-9]\d{0,3}$/.test(number) || n > this.doc.Most) return null;
    if (!this.simple && !this.takes(name.slice(`${this.name}.${number}.`.length))) return null;
    if (this.simple && name !== `${this.name}.${number}`) return null;
    return this.item(n).find(name);
  }

  takes(rest) {
    return this.doc.Fields.some(({ Name, Type }) => rest === Name || (Type === 'Array' && rest.startsWith(`${Name}.`)));
  }
}

function changed(element) {
  element.dispatchEvent(new Event('input', { bubbles: true }));
}
