// A group as a line that unfolds to its rules: who may reach its members, and whom they
// may reach. Elements are kept while the group is there, so that what changes elsewhere
// moves nothing under a reader's hands.

import { button, el, fill, link, muted } from './dom.js';
import { groupKey } from './model.js';
import { openers, titleOf } from './openers.js';
import { inbound, sentence } from './rule.js';
import { Way, mark } from './way.js';
import { counted } from './words.js';

const most = 50; // rules of other groups that are shown

// anchor returns the id of the element of the group with a key.
export const anchor = (key) => `group-${key.replaceAll(' ', '/')}`;

export class GroupLine {
  // The view has the world, the actions, edit to edit a group, reveal to show the line of
  // another one, and fits, which returns whether a rule of a group is to be shown.
  constructor(key, group, view) {
    Object.assign(this, { key, view, ways: [] });
    this.line = el('summary');
    this.body = el('div', { class: 'body' });
    this.fold = el('details', { class: 'group', toggle: () => this.fold.open && this.unfold() }, this.line, this.body);
    this.element = el('article', { id: anchor(key), 'data-group': group.SecurityGroupId, 'aria-label': titleOf(group) }, this.fold);
    this.to = (other) => link(`#${anchor(groupKey(other))}`, [
      other.SecurityGroupName || other.SecurityGroupId,
      other.SecurityGroupName && el('code', { class: 'muted' }, ` ${other.SecurityGroupId}`),
    ], { class: 'traffic', click: () => view.reveal(groupKey(other)), 'aria-label': [other.SecurityGroupName, titleOf(other)].filter(Boolean).join(' ') });
  }

  // show shows the group as it is now, with what the last call did to it and, by id, to
  // its rules.
  show(group, change, rules) {
    Object.assign(this, { group, change, rules });
    const { world } = this.view;
    this.members = world.members(this.key);
    this.named = world.references(this.key);
    const { Permissions = [], ...more } = group;
    const looks = JSON.stringify([more, Permissions.filter(inbound).length, Permissions.length, this.members, this.named.length, change]);
    if (looks !== this.looks) {
      this.looks = looks;
      if (change) this.element.dataset.change = change;
      else delete this.element.dataset.change;
      fill(this.line, this.summary(), mark(change));
      if (this.made) this.facts();
    }
    for (const way of this.ways) way.show();
  }

  // unfold makes the rules when they are first looked at.
  unfold() {
    if (this.made) return;
    this.made = el('div');
    this.ways = [new Way(this, 'In', inbound), new Way(this, 'Out', (rule) => !inbound(rule))];
    fill(this.body, this.made, el('div', { class: 'ways' }, this.ways.map((way) => way.element)));
    this.facts();
    for (const way of this.ways) way.show();
  }

  summary() {
    const { group, members, named } = this;
    const { SecurityGroupId: id, SecurityGroupName: name, Permissions = [], Tags = [] } = group;
    const into = Permissions.filter(inbound).length;
    const facts = [
      group.VpcId ?? 'classic network', group.SecurityGroupType === 'enterprise' && 'enterprise', `${into} in, ${Permissions.length - into} out`,
      members.length > 0 && counted(members.length, 'member'), named.length > 0 && `named by ${counted(named.length, 'rule')}`,
      group.InnerAccessPolicy?.toLowerCase() === 'drop' && 'no traffic between members',
    ];
    return [
      el('h3', { class: !name && 'code' }, name || id), name && el('code', { class: 'muted' }, id), muted(facts.filter(Boolean).join(' · ')),
      Tags.map(({ TagKey, TagValue }) => el('span', { class: 'tag' }, TagValue ? `${TagKey}=${TagValue}` : TagKey)),
    ];
  }

  // facts shows what the line has no room for.
  facts() {
    const { group, members, named, view } = this;
    const edit = button('Edit as JSON…', () => view.edit(group), { class: 'quiet', 'aria-label': `Edit as JSON… ${titleOf(group)}` });
    fill(this.made,
      this.change !== 'removed' && openers(group, edit),
      el('p', { class: 'facts' }, el('bdi', {}, group.Description ?? ''), members.length > 0 && muted(' Members: ', members.join(', '))),
      el('ul', { class: 'named' },
        named.slice(0, most).map(({ group: other, rule }) => el('li', {}, 'Named by ', this.to(other), `: ${sentence(rule)}`)),
        named.length > most && el('li', {}, `and by ${counted(named.length - most, 'more rule')}`)));
  }
}
