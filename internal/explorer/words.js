// Numbers and names, written for people.

import { el } from './dom.js';

// counted is a number with its noun: 1 rule, 2 rules.
export function counted(number, noun) {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

// breakable lets a long name go on in the next line at its dots, humps and underscores.
export function breakable(name) {
  return name.split(/(?<=[._])|(?<=[a-z\d])(?=[A-Z])/).flatMap((part, i) => (i > 0 ? [el('wbr'), part] : [part]));
}
