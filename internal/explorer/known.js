// Suggestions: what the world has of the kind that a parameter names.

import { choices, el, fill } from './dom.js';
import { kinds, told } from './model.js';
import { inbound, sentence } from './rule.js';
import { account, ordinary } from './settings.js';

const most = 500; // suggestions at once

// suggest gives the field of a form that gets the focus its suggestions; world returns the
// world.
export function suggest(form, world) {
  const list = choices('known', []);
  form.append(list);
  const of = (kind) => form.querySelector(`[data-kind="${kind}"]`)?.value.trim() ?? '';
  form.addEventListener('focusin', ({ target }) => {
    const { kind } = target.dataset;
    if (!kind) return;
    const way = ['Source', 'Dest'].find((side) => form.querySelector(`[name$="${side}GroupId"]`));
    const found = known(world(), kind, { region: of('region'), group: of('group'), way });
    list.dataset.of = target.name;
    fill(list, found.slice(0, most).map(([value, label]) => el('option', { value, label: [value, label].filter(Boolean).join(': ') })));
  });
}

// known returns the ids of a kind with descriptions, of the account that calls and of a
// region if one is chosen.
function known(world, kind, { region, group, way }) {
  const mine = (one) => (one.AccountId ?? ordinary) === account();
  const here = (one) => mine(one) && (!region || !one.RegionId || one.RegionId === region);
  const all = (test) => kinds.flatMap((of) => world.all(of)).filter(test);
  if (kind === 'account') return world.accounts.map((one) => [one.AccountId ?? ordinary, one.Email]);
  if (kind === 'region') return counts(all(mine).map((one) => one.RegionId));
  if (kind === 'zone') return counts(all(here).map((one) => one.ZoneId));
  if (kind === 'rule') return rules(world.all('group').filter((one) => here(one) && one.SecurityGroupId === group), way);
  return (kind === 'resource' ? kinds : [kind]).flatMap((of) => world.all(of).filter(here).map((one) => {
    const [id, parts] = told(of, one);
    return [id, [...parts, !region && one.RegionId].filter(Boolean).join(', ')];
  }));
}

// counts returns each text once, with how many things have it.
function counts(texts) {
  const of = new Map();
  for (const text of texts.filter(Boolean)) of.set(text, (of.get(text) ?? 0) + 1);
  return [...of].map(([text, count]) => [text, `has ${count}`]);
}

function rules(groups, way) {
  const fits = (rule) => !way || inbound(rule) === (way === 'Source');
  return groups.flatMap((group) => group.Permissions ?? []).filter(fits)
    .map((rule) => [rule.SecurityGroupRuleId, sentence(rule)]);
}
