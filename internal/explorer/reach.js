// Who may reach what, as far as rules name groups.

import { inbound, peer, policy, traffic } from './rule.js';

// references are, by the id of a group, the rules of other groups that name it.
export function references(groups) {
  const of = new Map();
  for (const group of groups) {
    for (const rule of group.Permissions ?? []) {
      const { group: named } = peer(rule);
      if (!named) continue;
      if (!of.has(named)) of.set(named, []);
      of.get(named).push({ group, rule });
    }
  }
  return of;
}

// telling says what a rule of another group is to the one that it names.
export function telling(rule) {
  return ` ${policy(rule)}s ${traffic(rule)} ${inbound(rule) ? 'from' : 'to'} it`;
}
