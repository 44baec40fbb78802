// A group with its rules: who may reach its members, and whom they may reach.

import { of } from './address.js';
import { el, link, muted } from './dom.js';
import { members } from './effect.js';
import { reachSentence } from './reach.js';
import { inbound, localEnd, peer, policy, priority, sentence, traffic } from './rule.js';
import { settings } from './settings.js';
import { counted } from './words.js';

const most = 200; // rules of a direction that are shown

export function article(group, { world, names, effect, reach, actions }) {
  const id = group.SecurityGroupId;
  const rules = [
    ...(group.Permissions ?? []).map((rule) => ({ rule, change: effect?.rules.get(rule.SecurityGroupRuleId)?.change })),
    ...[...effect?.rules.values() ?? []].filter(({ change }) => change === 'removed'),
  ];
  const make = ({ rule, change }) => line(group, rule, change, names, actions);
  const gone = effect?.change === 'removed';
  const label = gone ? `${id}, removed` : id;
  return el('article', { id: anchor(id), 'data-group': id, 'data-change': effect?.change, 'aria-label': label },
    el('div', { class: 'title' },
      el('h3', { class: !group.SecurityGroupName && 'code' }, group.SecurityGroupName || id),
      group.SecurityGroupName && el('code', { class: 'muted' }, id),
      effect && mark(effect.change),
      !gone && actionLinks(group)),
    facts(group, rules.length === 0, world, effect),
    rules.length > 0 && el('div', { class: 'ways' },
      way('In', rules.filter(({ rule }) => inbound(rule)), make),
      way('Out', rules.filter(({ rule }) => !inbound(rule)), make)),
    named(reach.get(id)));
}

const anchor = (id) => `group-${id}`;
const mark = (change) => el('span', { class: 'mark' }, change);

// actionLinks returns links to the forms of calls about the group.
function actionLinks(group) {
  const opener = (text, action) => link(of(action, whose(group)), text, { 'aria-label': `${text} ${group.SecurityGroupId}` });
  return el('span', { class: 'doors' },
    opener('Authorize…', 'AuthorizeSecurityGroup'),
    opener('Authorize egress…', 'AuthorizeSecurityGroupEgress'),
    opener('Delete…', 'DeleteSecurityGroup'));
}

// whose returns the parameters that name a group, and the key of its account if needed.
function whose(group, ...more) {
  const key = group.AccountId || settings.key ? [['AccessKeyId', group.AccountId ?? '']] : [];
  return [...key, ['RegionId', group.RegionId], ['SecurityGroupId', group.SecurityGroupId], ...more];
}

function facts(group, bare, world, effect) {
  const inside = members(world, group);
  const type = group.SecurityGroupType === 'enterprise' ? 'enterprise' : '';
  const policyInside = group.InnerAccessPolicy?.toLowerCase() === 'drop' ? 'no traffic between members' : '';
  const who = inside.length > 0 && `members ${inside.join(', ')}`;
  const tag = ({ TagKey, TagValue }) => [' ', el('span', { class: 'tag' }, TagValue ? `${TagKey}=${TagValue}` : TagKey)];
  return el('p', { class: 'facts' },
    group.Description && [el('bdi', {}, group.Description), ' '],
    muted([group.VpcId ?? 'classic network', type, policyInside, who, bare && 'no rules'].filter(Boolean).join(' · ')),
    (group.Tags ?? []).map(tag),
    (effect?.notes ?? []).map((note) => el('span', { class: 'note', 'data-change': 'changed' }, note)));
}

function way(title, rules, make) {
  const shown = rules.slice(0, most);
  return el('div', {},
    el('h4', {}, title),
    rules.length === 0 && el('p', { class: 'muted' }, 'No rules.'),
    el('ul', { class: 'rules' }, shown.map(make)),
    rules.length > shown.length && muted(`and ${counted(rules.length - shown.length, 'more rule')}`));
}

function line(group, rule, change, names, actions) {
  const id = rule.SecurityGroupRuleId;
  return el('li', { 'data-rule': id, 'data-change': change, 'aria-label': change && `${sentence(rule)}, ${change}` },
    el('div', { class: 'rule' },
      path(rule, names),
      muted(' · ', el('span', { class: policy(rule) === 'drop' ? 'bad' : 'good' }, policy(rule)),
        ` · priority ${priority(rule)}`, rule.NicType && ` · ${rule.NicType}`),
      rule.Description && el('span', { class: 'description' }, rule.Description)),
    change && mark(change),
    change !== 'removed' && link(revoke(group, rule, actions), 'Revoke…', { 'aria-label': `Revoke ${id}` }));
}

const strong = (text) => el('span', { class: 'traffic' }, text);

// path returns the traffic of a rule, with its ends.
function path(rule, names) {
  const [there, here] = inbound(rule) ? [' from ', ' to '] : [' to ', ' from '];
  const end = localEnd(rule);
  return [strong(traffic(rule)), there, other(peer(rule), names), end && [here, strong(end)]];
}

function other({ text, group, owner, anyone }, names) {
  if (anyone) return ['anyone ', el('span', { class: 'traffic muted' }, text)];
  if (!group) return strong(text);
  const name = names.get(group);
  return [
    link(`#${anchor(group)}`, name || group, { class: 'traffic' }),
    name && el('code', { class: 'muted' }, ` ${group}`),
    owner && ` of ${owner}`,
  ];
}

// revoke returns a link to the form that revokes a rule.
function revoke(group, rule, actions) {
  const name = inbound(rule) ? 'RevokeSecurityGroup' : 'RevokeSecurityGroupEgress';
  const takes = actions.find(({ Name }) => Name === name)?.Parameters ?? [];
  const more = takes.map((parameter) => parameter.Name)
    .filter((part) => rule[part] !== undefined && part !== 'Description' && part !== 'SecurityGroupRuleId')
    .map((part) => [part, part === 'IpProtocol' ? rule[part].toLowerCase() : rule[part]]);
  return of(name, whose(group, ...more));
}

// named returns the rules of other groups that name this one.
function named(rules) {
  const line = ({ group, rule }) => el('li', {},
    link(`#${anchor(group.SecurityGroupId)}`, group.SecurityGroupName || group.SecurityGroupId), reachSentence(rule));
  return rules && el('ul', { class: 'named' }, rules.map(line));
}
