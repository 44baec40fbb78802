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
  const each = (things, part) => [...new Set(things.map((one) => one[part]).filter(Boolean))].map((text) => [text]);
  const all = (test) => kinds.flatMap((of) => world.all(of)).filter(test);
  if (kind === 'account') return world.accounts.map((one) => [one.AccountId ?? ordinary, one.Email]);
  if (kind === 'region') return each(all(mine), 'RegionId');
  if (kind === 'zone') return each(all(here), 'ZoneId');
  if (kind === 'rule') return rules(world.all('group').filter((one) => here(one) && one.SecurityGroupId === group), way);
  return (kind === 'resource' ? kinds : [kind]).flatMap((of) => world.all(of).filter(here).map((one) => {
    const [id, parts] = told(of, one);
    return [id, [...parts, !region && one.RegionId].filter(Boolean).join(', ')];
  }));
}

function rules(groups, way) {
  const fits = (rule) => !way || inbound(rule) === (way === 'Source');
  return groups.flatMap((group) => group.Permissions ?? []).filter(fits)
    .map((rule) => [rule.SecurityGroupRuleId, sentence(rule)]);
}
