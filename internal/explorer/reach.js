// Rules that name other groups.

import { inbound, peer, policy, traffic } from './rule.js';

// references maps the id of a group to the rules of other groups that name it.
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

// reachSentence returns what a rule of another group allows for the group that it names.
export function reachSentence(rule) {
  return ` ${policy(rule)}s ${traffic(rule)} ${inbound(rule) ? 'from' : 'to'} it`;
}
