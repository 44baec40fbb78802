// Fields are the parameters of a request, or of one item of a list: those that are
// needed or that the example has in sight, the rest folded.

import { el, folded } from './dom.js';
import { field } from './field.js';
import { List } from './list.js';

const few = 5; // parameters of which none is folded

export class Fields {
  // docs are of the contract, prefix is what their names begin with, and shown are the
  // names that are in sight even if they may be left out.
  constructor(docs, prefix, shown) {
    this.shown = shown;
    this.lists = new Map();
    this.inputs = new Map();
    const plain = docs.filter((doc) => doc.Type !== 'Array').sort((a, b) => b.Required - a.Required);
    const spare = plain.filter((doc) => !doc.Required && !shown.has(doc.Name));
    const hidden = plain.length > few && spare.length > 1 ? spare : [];
    this.element = el('div', { class: 'fields' },
      plain.filter((doc) => !hidden.includes(doc)).map((doc) => this.single(doc, prefix)),
      this.fold = hidden.length > 0
        && folded(`${hidden.length} more parameters`, hidden.map((doc) => this.single(doc, prefix))),
      docs.filter((doc) => doc.Type === 'Array').map((doc) => this.list(doc, prefix)));
  }

  single(doc, prefix) {
    const element = field(doc, prefix, doc.Name);
    this.inputs.set(prefix + doc.Name, element.querySelector('input'));
    return element;
  }

  list(doc, prefix) {
    const list = new List(doc, prefix + doc.Name, this.shown);
    this.lists.set(list.name, list);
    return list.element;
  }

  // find is the input of a name, in a new item of a list if need be, null for none.
  find(name) {
    const input = this.inputs.get(name);
    if (input) {
      if (this.fold && this.fold.contains(input)) this.fold.open = true;
      return input;
    }
    for (const [of, list] of this.lists) {
      if (name.startsWith(`${of}.`)) return list.find(name);
    }
    return null;
  }
}
