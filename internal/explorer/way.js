// The rules of a group in one direction.

import { button, el, fill, muted } from './dom.js';
import { revoker, titleOf } from './openers.js';
import { inbound, localEnd, peer, policy, priority, sentence, traffic } from './rule.js';
import { ordinary } from './settings.js';
import { counted } from './words.js';

const step = 200; // rules that are shown at once

// changeOf returns what a change did: added, removed or changed.
export const changeOf = (change) => change && (change.Was ? change.Is ? 'changed' : 'removed' : 'added');

export const mark = (change) => change && el('span', { class: 'mark' }, change);

export class Way {
  // line is the line of the group, takes reports whether a rule has the direction.
  constructor(line, title, takes) {
    Object.assign(this, { line, title, takes, limit: step, items: new Map() });
    this.list = el('ul', { class: 'rules' });
    this.note = el('p', { class: 'muted' });
    this.more = button('', () => {
      this.limit += step;
      this.show();
    });
    this.element = el('div', {}, el('h4', {}, title), this.note, this.list, this.more);
  }

  // show makes the items of new and changed rules, and removes those of rules that are
  // gone, unless the last call removed them. The others stay as they are.
  show() {
    const { group, rules, view } = this.line;
    const all = (group.Permissions ?? []).filter(this.takes);
    const fit = all.filter(view.fits(group));
    const shown = new Map(fit.slice(0, this.limit).map((rule) => [rule.SecurityGroupRuleId, rule]));
    for (const [id, { Was, Is }] of rules) if (!Is && this.takes(Was)) shown.set(id, Was);
    for (const [id, { item }] of this.items) {
      if (shown.has(id)) continue;
      item.remove();
      this.items.delete(id);
    }
    for (const [id, rule] of shown) this.item(id, rule, changeOf(rules.get(id)));
    const rest = fit.length - this.limit;
    fill(this.note, all.length + shown.size === 0 ? 'No rules.' : fit.length < all.length && `${fit.length} of ${counted(all.length, 'rule')} match.`);
    this.more.hidden = rest <= 0;
    fill(this.more, `Show ${Math.min(rest, step)} more of ${counted(fit.length, 'rule')} ${this.title.toLowerCase()}`);
    this.more.setAttribute('aria-label', `${this.more.textContent}: ${titleOf(group)}`);
  }

  item(id, rule, change) {
    const old = this.items.get(id);
    if (old && old.rule === rule && old.change === change) return;
    const item = line(this.line, rule, change);
    if (old) old.item.replaceWith(item);
    else this.list.append(item);
    this.items.set(id, { item, rule, change });
  }
}

function line({ group, view, to }, rule, change) {
  return el('li', { 'data-rule': rule.SecurityGroupRuleId, 'data-change': change, 'aria-label': change && `${sentence(rule)}, ${change}` },
    el('div', { class: 'rule' },
      path(group, rule, view.world, to),
      muted(' · ', el('span', { class: policy(rule) === 'drop' ? 'bad' : 'good' }, policy(rule)),
        ` · priority ${priority(rule)}`, rule.NicType && ` · ${rule.NicType}`),
      rule.Description && el('span', { class: 'description' }, rule.Description)),
    mark(change),
    change !== 'removed' && revoker(group, rule, view.actions));
}

const strong = (text) => el('span', { class: 'traffic' }, text);

// path returns the traffic of a rule, with its ends; to makes a link to a group.
function path(group, rule, world, to) {
  const [there, here] = inbound(rule) ? [' from ', ' to '] : [' to ', ' from '];
  const end = localEnd(rule);
  const { text, owner, anyone } = peer(rule);
  const named = world.groups.get(world.peerKey(group, rule));
  const foreign = owner && world.account(owner) !== (group.AccountId ?? ordinary);
  const other = anyone ? ['anyone ', el('span', { class: 'traffic muted' }, text)] : named ? to(named) : strong(text);
  return [strong(traffic(rule)), there, other, foreign && ` of ${owner}`, end && [here, strong(end)]];
}
