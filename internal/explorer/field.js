// A field is one parameter: its name, a control and its description.

import { Choice, choosable } from './choice.js';
import { choices, code, el, input, muted } from './dom.js';
import { breakable } from './words.js';

// field returns the element and the control of a parameter, in the list item of the
// prefix or in none. A control has a name and a value. Values are suggested, but any text
// can be sent, to try errors.
export function field(doc, prefix, last, ...extras) {
  const name = prefix + last;
  const id = `field-${name}`;
  const values = doc.Type === 'Boolean' ? ['true', 'false'] : doc.Values;
  const attributes = { 'aria-describedby': `${id}-about`, 'aria-required': Boolean(doc.needed) && 'true' };
  const known = { label: title(prefix, last), type: type(doc), about: about(doc) };
  if (choosable(values)) {
    const control = new Choice({ name, values, none: doc.Default }, { 'aria-labelledby': `${id}-name`, ...attributes });
    return { control, element: labelled({ id, group: true, ...known }, control.element, ...extras) };
  }
  const control = input({
    id,
    name,
    'data-kind': doc.Kind,
    list: values ? `${id}-values` : doc.Kind && 'known',
    placeholder: doc.Default ? `${doc.Default} by default` : doc.Example,
    ...attributes,
  });
  return { control, element: labelled({ id, ...known }, control, values && choices(`${id}-values`, values), ...extras) };
}

// labelled returns a control with a label beside it and a description below. A group of
// controls is named by the label.
export function labelled({ id, label, type: kind, about: known, group }, ...value) {
  const named = group ? el('span', { id: `${id}-name`, class: 'label' }, label) : el('label', { for: id }, label);
  return el('div', { class: 'field' },
    el('div', { class: 'name', translate: 'no' }, named, kind),
    el('div', { class: 'value' }, ...value),
    el('p', { class: 'about', id: `${id}-about` }, known));
}

// title returns a name that can be found by its last part.
function title(prefix, last) {
  return prefix ? [muted(prefix), el('wbr'), el('span', { class: 'last' }, last)] : breakable(last);
}

function type({ Type, needed }) {
  return el('span', { class: 'type' }, Type === 'String' ? '' : Type, needed && el('span', { class: 'needed' }, 'required'));
}

function about({ Description, Limits, Values = [] }) {
  const values = choosable(Values) ? [] : Values.flatMap((value, i) => [i > 0 ? ', ' : ' ', code(value)]);
  return [Description, Limits && ` ${Limits}.`, values, values.length > 0 && '.'];
}
