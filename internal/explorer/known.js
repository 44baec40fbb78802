// Suggestions: what the world has of the kind that a parameter names.

import { choices, fill, el } from './dom.js';
import { inbound, sentence } from './rule.js';
import { account, ordinary } from './settings.js';

const most = 500; // suggestions at once

// lists has, by kind, the list of the state form, the field with the id, and the fields
// that tell things apart.
export const lists = {
  group: ['SecurityGroups', 'SecurityGroupId', 'SecurityGroupName', 'VpcId'],
  instance: ['Instances', 'InstanceId', 'InstanceName', 'VpcId'],
  interface: ['NetworkInterfaces', 'NetworkInterfaceId', 'NetworkInterfaceName', 'InstanceId'],
  'prefix-list': ['PrefixLists', 'PrefixListId', 'PrefixListName'],
  'port-range-list': ['PortRangeLists', 'PortRangeListId', 'PortRangeListName'],
  vpc: ['Vpcs', 'VpcId', 'VpcName', 'CidrBlock'],
  vswitch: ['VSwitches', 'VSwitchId', 'VSwitchName', 'VpcId'],
  'resource-group': ['ResourceGroups', 'ResourceGroupId', 'Name'],
};

// suggest gives the field of a form that gets the focus its suggestions.
export function suggest(form, world) {
  const list = choices('known', []);
  form.append(list);
  const of = (kind) => form.querySelector(`[data-kind="${kind}"]`)?.value.trim() ?? '';
  form.addEventListener('focusin', async ({ target }) => {
    const { kind } = target.dataset;
    if (!kind) return;
    const way = ['Source', 'Dest'].find((side) => form.querySelector(`[name$="${side}GroupId"]`));
    const found = known(await world(), kind, { region: of('region'), group: of('group'), way });
    list.dataset.of = target.name;
    fill(list, found.slice(0, most).map(([value, label]) => el('option', { value, label: `${value}: ${label}` })));
  });
}

// known returns the ids of a kind with descriptions, of the account that calls and of a
// region if one is chosen.
function known(world, kind, { region, group, way }) {
  const mine = (one) => (one.AccountId ?? ordinary) === account();
  const here = (one) => mine(one) && (!region || !one.RegionId || one.RegionId === region);
  const all = Object.values(lists).flatMap(([list]) => world[list] ?? []);
  if (kind === 'account') return (world.Accounts ?? []).map((one) => [one.AccountId, one.Email ?? '']);
  if (kind === 'region') return counted(all.filter(mine).map((one) => one.RegionId));
  if (kind === 'zone') return counted(all.filter(here).map((one) => one.ZoneId));
  if (kind === 'rule') return rules((world.SecurityGroups ?? []).filter((one) => here(one) && one.SecurityGroupId === group), way);
  const kinds = kind === 'resource' ? Object.keys(lists) : [kind];
  return kinds.flatMap((name) => things(world, lists[name] ?? [], here, region));
}

function things(world, [list, id, ...parts], here, region) {
  const label = (one) => [...parts.map((part) => one[part]), !region && one.RegionId].filter(Boolean).join(', ');
  return (world[list] ?? []).filter(here).map((one) => [one[id], label(one)]);
}

// counted returns each text once, with how many things have it.
function counted(texts) {
  const counts = new Map();
  for (const text of texts.filter(Boolean)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => [text, `has ${count}`]);
}

function rules(groups, way) {
  const fits = (rule) => !way || inbound(rule) === (way === 'Source');
  return groups.flatMap((group) => group.Permissions ?? []).filter(fits)
    .map((rule) => [rule.SecurityGroupRuleId, sentence(rule)]);
}
