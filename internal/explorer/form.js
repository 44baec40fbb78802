// The form of a call, made from the contract.

import { button, el } from './dom.js';
import { Fields } from './fields.js';
import { Others } from './others.js';
import { suggest } from './known.js';
import { Ways } from './ways.js';
import * as calls from './call.js';

export class Form {
  // sent is called to make a call, changed when the content changes; world returns the
  // world, for suggestions.
  constructor(action, { sent, changed, world }) {
    this.action = action;
    const example = calls.of(action.Example);
    const shown = new Set(example.pairs.map(([name]) => name.split('.').at(-1)));
    this.parts = parts(action.Parameters, shown, changed);
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
    this.parts.map((part) => part.element),
    this.others.element);
    suggest(this.element, world);
  }

  // fill fills the fields of parameters. Unknown, blank and multi-line ones become other
  // parameters.
  fill(pairs) {
    for (const part of this.parts) {
      part.clear();
      part.choose?.(pairs);
    }
    this.others.clear();
    for (const [name, value] of pairs) {
      const control = value === '' || value.includes('\n') ? null : this.find(name);
      if (control) control.value = value;
      else this.others.add(name, value);
    }
    this.changed();
  }

  // find returns the control of a parameter, null for none.
  find(name) {
    for (const part of this.parts) {
      const control = part.find(name);
      if (control) return control;
    }
    return null;
  }

  call() {
    const { Name, Key, Product, Version, Named } = this.action;
    return {
      action: Name,
      key: Key,
      product: Product,
      version: Version,
      named: Named,
      pairs: [...this.parts, this.others].flatMap((part) => part.pairs()),
    };
  }
}

// parts returns the fields of parameters: those that are required, then the forms of
// which one is used, then the others; all in one where there are no such forms.
function parts(docs, shown, changed) {
  const shared = docs.filter((doc) => !doc.Form);
  if (shared.length === docs.length) return [new Fields(docs, '', shown)];
  return [
    new Fields(shared.filter((doc) => doc.Required), '', shown),
    new Ways(docs.filter((doc) => doc.Form), shown, changed),
    new Fields(shared.filter((doc) => !doc.Required), '', shown),
  ];
}
