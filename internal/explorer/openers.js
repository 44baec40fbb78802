// Links to the forms of calls about groups. This is the one file that names actions.

import { of } from './address.js';
import { el, link } from './dom.js';
import { inbound } from './rule.js';
import { settings } from './settings.js';

export const newGroup = () => link(of('CreateSecurityGroup', settings.key ? [['AccessKeyId', settings.key]] : []), 'New group…', { class: 'button' });

// titleOf returns a name of a group that no group of another region or account has.
export function titleOf({ SecurityGroupId, RegionId, AccountId }) {
  return [SecurityGroupId, RegionId, AccountId && `account ${AccountId}`].filter(Boolean).join(', ');
}

// openers returns links to forms that are filled for a group, and other tools.
export function openers(group, ...tools) {
  const opener = (text, action) => link(of(action, whose(group)), text, { 'aria-label': `${text} ${titleOf(group)}` });
  return el('div', { class: 'openers' },
    opener('Authorize…', 'AuthorizeSecurityGroup'),
    opener('Authorize egress…', 'AuthorizeSecurityGroupEgress'),
    opener('Delete…', 'DeleteSecurityGroup'), tools);
}

// whose returns the parameters that name a group, and the key of its account if needed.
function whose(group, ...more) {
  const key = group.AccountId || settings.key ? [['AccessKeyId', group.AccountId ?? '']] : [];
  return [...key, ['RegionId', group.RegionId], ['SecurityGroupId', group.SecurityGroupId], ...more];
}

// revoker returns a link to the form that revokes a rule, with the parameters that it takes.
export function revoker(group, rule, actions) {
  const name = inbound(rule) ? 'RevokeSecurityGroup' : 'RevokeSecurityGroupEgress';
  const takes = actions.find(({ Name }) => Name === name)?.Parameters ?? [];
  const more = takes.map((parameter) => parameter.Name)
    .filter((part) => rule[part] !== undefined && part !== 'Description' && part !== 'SecurityGroupRuleId')
    .map((part) => [part, part === 'IpProtocol' ? rule[part].toLowerCase() : rule[part]]);
  const label = `Revoke… ${rule.SecurityGroupRuleId} of ${titleOf(group)}`;
  return link(of(name, whose(group, ...more)), 'Revoke…', { 'aria-label': label });
}
