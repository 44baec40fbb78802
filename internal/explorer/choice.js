// A choice is a parameter with few values: a radio button for each, one for none, and one
// for any other value, to try errors.

import { code, el, input } from './dom.js';

const few = 6; // values that are shown as radio buttons

// choosable reports whether a parameter with these values is a choice.
export const choosable = (values) => values !== undefined && values.length <= few;

export class Choice {
  constructor({ name, values, none }, attributes) {
    this.text = input({ 'aria-label': `Another value of ${name}`, hidden: true });
    this.none = radio(name, '');
    this.another = radio(name, '');
    this.radios = values.map((value) => radio(name, value));
    this.element = el('div', { class: 'choice', role: 'radiogroup', ...attributes, input: (event) => this.take(event) },
      labelled(this.none, none ? ['not sent: ', code(none)] : 'not sent'),
      this.radios.map((one) => labelled(one, code(one.value))),
      labelled(this.another, 'another value'), this.text);
    this.value = '';
  }

  // take keeps the radio button for another value in step with its text.
  take({ target }) {
    if (target === this.text) this.another.value = this.text.value;
    else this.open(this.another.checked);
    if (target === this.another) this.text.focus();
  }

  open(shown) {
    this.text.hidden = !shown;
    if (!shown) this.text.value = this.another.value = '';
  }

  get value() { return [this.none, this.another, ...this.radios].find((one) => one.checked).value; }

  set value(value) {
    const chosen = value === '' ? this.none : this.radios.find((one) => one.value === value) ?? this.another;
    chosen.checked = true;
    this.open(chosen === this.another);
    if (chosen === this.another) this.text.value = this.another.value = value;
  }

  focus() { [this.none, this.another, ...this.radios].find((one) => one.checked).focus(); }
}

const radio = (name, value) => el('input', { type: 'radio', name, value });

const labelled = (one, text) => el('label', {}, one, ' ', text);
