// Fields are the parameters of a request or of a list item: those that are required or
// in the example are shown, the others folded.

import { counting, el } from './dom.js';
import { field } from './field.js';
import { List } from './list.js';

const few = 5; // parameters of which none is folded

export class Fields {
  // docs are from the contract, prefix begins the names, and shown are the optional
  // names that are not folded.
  constructor(docs, prefix, shown) {
    this.shown = shown;
    this.lists = new Map();
    this.controls = new Map();
    const plain = docs.filter((doc) => doc.Type !== 'Array').sort((a, b) => b.Required - a.Required);
    const spare = plain.filter((doc) => !doc.Required && !shown.has(doc.Name));
    const hidden = plain.length > few && spare.length > 1 ? spare : [];
    this.element = el('div', { class: 'fields' },
      plain.filter((doc) => !hidden.includes(doc)).map((doc) => this.single(doc, prefix)),
      this.fold = hidden.length > 0 && this.folded(hidden, prefix),
      docs.filter((doc) => doc.Type === 'Array').map((doc) => this.list(doc, prefix)));
  }

  single(doc, prefix) {
    const { element, control } = field({ ...doc, needed: doc.Required }, prefix, doc.Name);
    this.controls.set(prefix + doc.Name, control);
    return element;
  }

  folded(docs, prefix) {
    const filled = () => docs.filter((doc) => this.controls.get(prefix + doc.Name).value !== '').length;
    return counting(`${docs.length} more parameters`, filled, docs.map((doc) => this.single(doc, prefix)));
  }

  list(doc, prefix) {
    const list = new List(doc, prefix + doc.Name, this.shown);
    this.lists.set(list.name, list);
    return list.element;
  }

  // find returns the control of a name, in a new list item if necessary, null for none.
  find(name) {
    const control = this.controls.get(name);
    if (control) {
      if (this.fold && this.fold.contains(control.element ?? control)) this.fold.open = true;
      return control;
    }
    for (const [of, list] of this.lists) {
      if (name.startsWith(`${of}.`)) return list.find(name);
    }
    return null;
  }

  // pairs returns the parameters that are not blank.
  pairs() {
    const plain = [...this.controls].map(([name, control]) => [name, control.value]).filter(([, value]) => value !== '');
    return [...plain, ...[...this.lists.values()].flatMap((list) => list.pairs())];
  }

  clear() {
    for (const control of this.controls.values()) control.value = '';
    for (const list of this.lists.values()) list.clear();
    if (this.fold) this.fold.dispatchEvent(new Event('toggle'));
  }

  focus() { [...this.controls.values(), ...this.lists.values()][0]?.focus(); }
}
