// Ways are the forms of which a request uses one: flat parameters, or one of its lists.
// The others are hidden, and blank.

import { el } from './dom.js';
import { labelled } from './field.js';
import { Fields } from './fields.js';

export class Ways {
  // docs are the parameters that belong to a form, shown as for Fields.
  constructor(docs, shown, changed) {
    const names = [...new Set(docs.map((doc) => doc.Form))];
    names.sort((a, b) => flat(b) - flat(a));
    this.ways = new Map(names.map((name) => [name, new Fields(docs.filter((doc) => doc.Form === name), '', shown)]));
    this.radios = names.map((value) => el('input', { type: 'radio', name: 'way', value }));
    const choose = ({ target }) => {
      if (!this.radios.includes(target)) return;
      this.change(target.value);
      changed();
    };
    const labels = this.radios.map((radio) => el('label', { translate: 'no' }, radio, ' ', flat(radio.value) ? 'flat parameters' : `${radio.value}.N`));
    this.element = el('div', { class: 'forms' },
      labelled({ id: 'way', label: 'Rules given as', group: true },
        el('div', { class: 'choice', role: 'radiogroup', 'aria-labelledby': 'way-name', input: choose }, labels)),
      [...this.ways.values()].map((fields) => fields.element));
    this.use(names[0]);
  }

  use(name) {
    this.name = name;
    for (const radio of this.radios) radio.checked = radio.value === name;
    for (const [other, fields] of this.ways) fields.element.hidden = other !== name;
  }

  get fields() { return this.ways.get(this.name); }

  // change uses another form, and moves the values that it has, too: those of a rule in
  // flat parameters and in the first element of a list.
  change(name) {
    const moved = this.pairs().map(([from, value]) => [from.replace(`${this.name}.1.`, ''), value]);
    this.clear();
    this.use(name);
    const prefix = flat(name) ? '' : `${name}.1.`;
    for (const [bare, value] of moved) {
      const control = this.fields.find(prefix + bare);
      if (control) control.value = value;
    }
    if (!flat(name)) this.fields.lists.get(name).begin();
  }

  // choose uses the form of the first parameter that belongs to one.
  choose(pairs) {
    const of = (name) => [...this.ways.keys()].find((way) => (flat(way) ? this.ways.get(way).controls.has(name) : name.startsWith(`${way}.`)));
    this.use(pairs.map(([name, value]) => value !== '' && of(name)).find(Boolean) ?? [...this.ways.keys()][0]);
  }

  find(name) { return this.fields.find(name); }

  pairs() { return this.fields.pairs(); }

  clear() { for (const fields of this.ways.values()) fields.clear(); }
}

const flat = (name) => name === 'flat';
