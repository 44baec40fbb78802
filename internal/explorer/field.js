// A field is one parameter: its name, an input and its description.

import { choices, code, el, input, muted } from './dom.js';
import { breakable } from './words.js';

// field returns the field of a parameter, in the list item of the prefix or in none.
// Allowed values are suggested, but any text can be sent, to try errors.
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

// labelled returns an input with a label beside it and a description below.
export function labelled({ id, label, type: kind, about: known }, ...value) {
  return el('div', { class: 'field' },
    el('div', { class: 'name' }, el('label', { for: id }, label), kind),
    el('div', { class: 'value' }, ...value),
    el('p', { class: 'about', id: `${id}-about` }, known));
}

// title returns a name that can be found by its last part.
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
