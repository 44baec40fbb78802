// A field is one parameter: its name, an input, and what is known of it.

import { choices, code, el, input, muted } from './dom.js';
import { breakable } from './words.js';

// field is for a parameter in the item of a list that a prefix names, or in none. What
// is allowed is offered, but anything can be written: wrong values are half of what a
// mock is for.
export function field(doc, prefix, last, ...extras) {
  const name = prefix + last;
  const id = `field-${name}`;
  const values = doc.Type === 'Boolean' ? ['true', 'false'] : doc.Values;
  return labelled({ id, label: title(prefix, last), type: type(doc), about: about(doc) },
    input({
      id,
      name,
      list: values && `${id}-values`,
      placeholder: doc.Default ? `${doc.Default} by default` : doc.Example,
      'aria-describedby': `${id}-about`,
    }),
    values && choices(`${id}-values`, values), ...extras);
}

// labelled is an input with its label at its side and what is known of it below.
export function labelled({ id, label, type: kind, about: known }, ...value) {
  return el('div', { class: 'field' },
    el('div', { class: 'name' }, el('label', { for: id }, label), kind),
    el('div', { class: 'value' }, ...value),
    el('p', { class: 'about', id: `${id}-about` }, known));
}

// title is a name by whose last part it is found.
function title(prefix, last) {
  return prefix ? [muted(prefix), el('wbr'), el('span', { class: 'last' }, last)] : breakable(last);
}

function type({ Type, needed }) {
  return el('span', { class: 'type' }, Type === 'String' ? '' : Type, needed && el('span', { class: 'needed' }, needed));
}

function about({ Description, Limits, Values = [] }) {
  const values = Values.flatMap((value, i) => [i > 0 ? ', ' : ' ', code(value)]);
  return [Description, Limits && ` ${Limits}.`, values, values.length > 0 && '.'];
}
