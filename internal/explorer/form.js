// The form of a call, made from the contract.

import { button, el } from './dom.js';
import { Fields } from './fields.js';
import { Others } from './others.js';
import * as calls from './call.js';

export class Form {
  // sent is called to make a call, changed when the content changes.
  constructor(action, { sent, changed }) {
    this.action = action;
    const example = calls.of(action.Example);
    const shown = new Set(example.pairs.map(([name]) => name.split('.').at(-1)));
    this.fields = new Fields(described(action.Parameters), '', shown);
    this.others = new Others();
    this.changed = changed;
    this.caller = el('button', { class: 'main' }, 'Call');
    this.element = el('form', {
      id: 'call',
      novalidate: true,
      autocomplete: 'off',
      'aria-label': `Call ${action.Name}`,
      input: changed,
      submit: (event) => {
        event.preventDefault();
        sent(this.call());
      },
    },
    el('div', { class: 'tools' },
      button('Fill the example', () => this.fill(example.pairs)),
      button('Clear', () => this.fill([]), { class: 'quiet' })),
    this.fields.element,
    this.others.element);
  }

  // fill fills the fields of parameters. Unknown, blank and multi-line ones become other
  // parameters.
  fill(pairs) {
    for (const input of this.fields.inputs.values()) input.value = '';
    for (const list of this.fields.lists.values()) list.clear();
    this.others.clear();
    for (const [name, value] of pairs) {
      const input = value === '' || value.includes('\n') ? null : this.fields.find(name);
      if (input) input.value = value;
      else this.others.add(name, value);
    }
    this.changed();
  }

  call() {
    const given = [...this.fields.element.querySelectorAll('input[name]')].filter((input) => input.value !== '');
    const { Name, Key, Product, Version, Named } = this.action;
    return {
      action: Name,
      key: Key,
      product: Product,
      version: Version,
      named: Named,
      pairs: [...given.map((input) => [input.name, input.value]), ...this.others.pairs()],
    };
  }
}

// described completes the descriptions: a parameter that a list has, too, is not
// required with the list.
function described(docs) {
  const lists = docs.filter((doc) => doc.Type === 'Array');
  return docs.map((doc) => {
    const twin = lists.find((list) => list.Fields.some((field) => field.Name === doc.Name));
    const instead = doc.Type === 'Array' && within(doc.Fields, docs) && 'Instead of the parameters with these names.';
    const needed = doc.Required && (twin ? `required without ${twin.Name}` : 'required');
    const fields = doc.Fields?.map((field) => ({ ...field, needed: field.Required && 'required' }));
    return { ...doc, needed, instead, Fields: fields };
  });
}

function within(fields, docs) {
  return fields.every(({ Name, Description }) => docs.some((doc) => doc.Name === Name && doc.Description === Description));
}
