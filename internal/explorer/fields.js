// Fields are the parameters of a request or of a list item: those that are required or
// in the example are shown, the others folded.

import { el, folded } from './dom.js';
import { field } from './field.js';
import { List } from './list.js';

const few = 5; // parameters of which none is folded

export class Fields {
  // docs are from the contract, prefix begins the names, and shown are the optional
  // names that are not folded.
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

  // find returns the input of a name, in a new list item if necessary, null for none.
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
