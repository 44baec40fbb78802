// Numbers and names, written for people.

import { el } from './dom.js';

// counted is a number with its noun: 1 rule, 2 rules.
export function counted(number, noun) {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

// breakable lets a long name go on in the next line at its dots and humps.
export function breakable(name) {
  return name.split(/(?<=\.)|(?<=[a-z])(?=[A-Z])/).flatMap((part, i) => (i > 0 ? [el('wbr'), part] : [part]));
}
