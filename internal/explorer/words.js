// Numbers and names, written for people.

import { el } from './dom.js';

// counted returns a number with its noun: 1 rule, 2 rules.
export function counted(number, noun) {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

// breakable lets a long name break after dots and underscores and before capitals.
export function breakable(name) {
  return name.split(/(?<=[._])|(?<=[a-z\d])(?=[A-Z])/).flatMap((part, i) => (i > 0 ? [el('wbr'), part] : [part]));
}

// matcher returns a function that reports whether a text has all the words of a search, in
// any order and case.
export function matcher(search) {
  const words = search.toLowerCase().split(/\s+/);
  return (text) => words.every((word) => text.toLowerCase().includes(word));
}
