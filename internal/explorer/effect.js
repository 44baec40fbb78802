// The effect of a call: the difference between the world before and after it.

const membersOf = { Instances: 'InstanceId', NetworkInterfaces: 'NetworkInterfaceId' };

// identity identifies a group among all accounts and regions.
export const identity = (group) => [group.AccountId ?? '', group.RegionId, group.SecurityGroupId].join(' ');

// between maps the identities of groups that differ to {change, group, rules, notes}:
// added, removed or changed; the group; the rules that differ, by id; and sentences
// about other changes.
export function between(before, after) {
  const old = index(before.SecurityGroups, identity);
  const now = index(after.SecurityGroups, identity);
  const effect = new Map();
  for (const [id, group] of now) {
    const was = old.get(id);
    if (!was) effect.set(id, { change: 'added', group, rules: rules([], group.Permissions), notes: [] });
    else if (JSON.stringify(was) !== JSON.stringify(group)) effect.set(id, differing(was, group));
  }
  for (const [id, group] of old) {
    if (!now.has(id)) effect.set(id, { change: 'removed', group, rules: new Map(), notes: [] });
  }
  for (const [id, note] of moves(before, after)) {
    const group = now.get(id);
    if (group && !effect.has(id)) effect.set(id, { change: 'changed', group, rules: new Map(), notes: [] });
    effect.get(id)?.notes.push(note);
  }
  return effect;
}

function index(list = [], id) {
  return new Map(list.map((one) => [id(one), one]));
}

function differing(was, group) {
  const names = new Set([...Object.keys(was), ...Object.keys(group)]);
  names.delete('Permissions');
  const notes = [...names].filter((name) => JSON.stringify(was[name]) !== JSON.stringify(group[name]))
    .map((name) => `${name}: ${plain(was[name])} → ${plain(group[name])}`);
  return { change: 'changed', group, rules: rules(was.Permissions, group.Permissions), notes };
}

// plain returns a value in words. Lists are lists of tags.
function plain(value) {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return value.map((one) => Object.values(one).join('=')).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function rules(before, after) {
  const old = index(before, (rule) => rule.SecurityGroupRuleId);
  const now = index(after, (rule) => rule.SecurityGroupRuleId);
  const differ = new Map();
  for (const [id, rule] of now) {
    const was = old.get(id);
    if (!was) differ.set(id, { change: 'added', rule });
    else if (JSON.stringify(was) !== JSON.stringify(rule)) differ.set(id, { change: 'changed', rule, was });
  }
  for (const [id, rule] of old) {
    if (!now.has(id)) differ.set(id, { change: 'removed', rule });
  }
  return differ;
}

// moves returns which members joined and left which groups.
function moves(before, after) {
  return Object.entries(membersOf).flatMap(([list, name]) => {
    const old = index(before[list], (one) => one[name]);
    return (after[list] ?? []).flatMap((one) => {
      const was = old.get(one[name])?.SecurityGroupIds ?? [];
      const is = one.SecurityGroupIds ?? [];
      const of = (id) => identity({ ...one, SecurityGroupId: id });
      return [
        ...is.filter((id) => !was.includes(id)).map((id) => [of(id), `${one[name]} joined`]),
        ...was.filter((id) => !is.includes(id)).map((id) => [of(id), `${one[name]} left`]),
      ];
    });
  });
}

// members returns the members of a group.
export function members(world, group) {
  return Object.entries(membersOf).flatMap(([list, name]) => (world[list] ?? [])
    .filter((one) => (one.AccountId ?? '') === (group.AccountId ?? '') && one.RegionId === group.RegionId
      && one.SecurityGroupIds?.includes(group.SecurityGroupId))
    .map((one) => one[name]));
}
