// The world as the page keeps it: what is in the state form, by kind and key, and changed
// by the changes of calls.

import { peer } from './rule.js';
import { ordinary } from './settings.js';

// lists has, by kind, the list of the state form, the field with the id, and the fields
// that tell things apart.
const lists = {
  group: ['SecurityGroups', 'SecurityGroupId', 'SecurityGroupName', 'VpcId'],
  instance: ['Instances', 'InstanceId', 'InstanceName', 'VpcId'],
  interface: ['NetworkInterfaces', 'NetworkInterfaceId', 'NetworkInterfaceName', 'InstanceId'],
  'prefix-list': ['PrefixLists', 'PrefixListId', 'PrefixListName'],
  'port-range-list': ['PortRangeLists', 'PortRangeListId', 'PortRangeListName'],
  vpc: ['Vpcs', 'VpcId', 'VpcName', 'CidrBlock'],
  vswitch: ['VSwitches', 'VSwitchId', 'VSwitchName', 'VpcId'],
  'resource-group': ['ResourceGroups', 'ResourceGroupId', 'Name'],
};

// nouns are what names of actions have of the kinds, such as SecurityGroup.
const nouns = Object.values(lists).map(([, id]) => id.replace(/Id$/, ''));

// nounIn returns the noun in the name of an action, nothing if there is none.
export const nounIn = (name) => nouns.filter((noun) => name.includes(noun)).sort((a, b) => b.length - a.length)[0];

export const kinds = Object.keys(lists);

// keyOf returns the key of a thing: two accounts, and two regions, may have one id.
export const keyOf = ({ AccountId, RegionId = '' }, id) => [AccountId ?? ordinary, RegionId, id].join(' ');

export const groupKey = (group) => keyOf(group, group.SecurityGroupId);

// told returns the id of a thing, and what tells it apart.
export function told(kind, thing) {
  const [, id, ...parts] = lists[kind];
  return [thing[id], parts.map((part) => thing[part]).filter(Boolean)];
}

export class World {
  constructor(state, revision) {
    this.revision = revision; // of the state, without later changes
    this.accounts = state.Accounts ?? [];
    this.newest = new Map(); // revisions of what was changed since, by kind and key
    this.things = new Map(kinds.map((kind) => {
      const [list, id] = lists[kind];
      return [kind, new Map((state[list] ?? []).map((thing) => [keyOf(thing, thing[id]), thing]))];
    }));
  }

  all(kind) { return [...this.things.get(kind)?.values() ?? []]; }

  get groups() { return this.things.get('group'); }

  // apply changes the world as a call did, unless it has that or a later change already.
  apply(change, revision) {
    const { Kind, Id } = change;
    const key = Kind === 'rule' ? `${ruled(change)} ${Id}` : keyOf(change, Id);
    const mark = `${Kind} ${key}`;
    if (revision <= (this.newest.get(mark) ?? this.revision)) return;
    this.newest.set(mark, revision);
    this.named = this.inside = undefined;
    if (Kind === 'rule') this.rule(change);
    else if (this.things.has(Kind)) this.thing(this.things.get(Kind), key, change);
  }

  thing(of, key, { AccountId, RegionId, Is }) {
    if (!Is) {
      of.delete(key);
      return;
    }
    const account = AccountId !== ordinary && { AccountId };
    of.set(key, { ...(RegionId && { RegionId }), ...account, ...Is, Permissions: Is.Permissions ?? of.get(key)?.Permissions });
  }

  // rule changes a copy of the group, so that whoever has the old one has it unchanged.
  rule(change) {
    const key = ruled(change);
    const group = this.groups.get(key);
    if (!group) return;
    const Permissions = (group.Permissions ?? []).slice();
    const i = Permissions.findIndex((rule) => rule.SecurityGroupRuleId === change.Id);
    if (change.Is) Permissions[i < 0 ? Permissions.length : i] = change.Is;
    else if (i >= 0) Permissions.splice(i, 1);
    this.groups.set(key, { ...group, Permissions });
  }

  // members returns the ids of the members of the group with a key.
  members(key) {
    this.inside ??= index(['instance', 'interface'].flatMap((kind) => this.all(kind).flatMap((one) =>
      (one.SecurityGroupIds ?? []).map((id) => [keyOf(one, id), told(kind, one)[0]]))));
    return this.inside.get(key) ?? [];
  }

  // references returns the rules that name the group with a key: {group, rule}.
  references(key) {
    this.named ??= index([...this.groups.values()].flatMap((group) => (group.Permissions ?? [])
      .map((rule) => [this.peerKey(group, rule), { group, rule }]).filter(([peer]) => peer)));
    return this.named.get(key) ?? [];
  }

  // peerKey returns the key of the group that a rule names, nothing if it names none.
  peerKey(group, rule) {
    const { group: id, owner } = peer(rule);
    return id && keyOf({ ...group, ...(owner && { AccountId: this.account(owner) }) }, id);
  }

  // account returns the id of the account that an id or an e-mail address names.
  account(owner) {
    const known = this.accounts.find(({ Email }) => Email === owner);
    return known ? known.AccountId ?? ordinary : owner === 'test@aliyun.com' ? ordinary : owner;
  }
}

// ruled returns the key of the group of a change of a rule.
export const ruled = (change) => keyOf(change, change.SecurityGroupId);

function index(pairs) {
  const of = new Map();
  for (const [key, value] of pairs) {
    if (!of.has(key)) of.set(key, []);
    of.get(key).push(value);
  }
  return of;
}
