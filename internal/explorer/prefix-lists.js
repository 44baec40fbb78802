// Prefix lists, which rules name instead of addresses.

import { code, el } from './dom.js';

export function prefixLists({ PrefixLists = [] }) {
  if (PrefixLists.length === 0) return null;
  return el('section', { 'aria-labelledby': 'lists-title' },
    el('h2', { id: 'lists-title' }, 'Prefix lists'), PrefixLists.map(line));
}

function line({ PrefixListId, PrefixListName = '', RegionId, Entries = [] }) {
  const entry = ({ Cidr, Description }, i) => [i > 0 && ', ', code(Cidr), Description && ` ${Description}`];
  return el('p', {}, code(PrefixListId), ` ${PrefixListName} in ${RegionId}: `, Entries.map(entry));
}
