// The world: groups by account and region, with the effect of the last call.

import { confirmed } from './dialog.js';
import { button, el, fill, head, input, lead } from './dom.js';
import { between, identity } from './effect.js';
import { article } from './group.js';
import { ask, contract, loadDemo, state } from './mock.js';
import { later, soon } from './pause.js';
import { prefixLists } from './prefix-lists.js';
import { references } from './reach.js';
import { tell } from './say.js';
import { session } from './session.js';
import { counted } from './words.js';

const most = 1000; // groups and rules that are shown at once
const empty = 'The world is empty. Load the demo world, or call CreateSecurityGroup.';

export async function showWorld(main) {
  const [world, { Actions }] = await Promise.all([state(), contract()]);
  const view = new World(world, Actions);
  fill(main,
    head('World', view.summary), view.tools(), view.said, view.body);
  view.render();
  return view.follow();
}

class World {
  constructor(world, actions) {
    Object.assign(this, { world, actions, limit: most });
    this.summary = lead();
    this.search = input({ type: 'search', id: 'find', input: later(() => this.render(), 100) });
    this.said = el('p', { class: 'refused' });
    this.body = el('div');
  }

  tools() {
    const take = () => this.load(file);
    const file = el('input', { type: 'file', accept: '.json,application/json', class: 'unseen', change: take });
    return el('div', { class: 'tools wide' },
      el('div', { class: 'labelled' }, el('label', { for: 'find' }, 'Search groups and rules'), this.search),
      el('a', { class: 'button', href: '/_mock/state', download: 'state.json' }, 'Download the state'),
      el('label', { class: 'button' }, 'Load a state…', file),
      button('Load the demo world', () => this.change(loadDemo)),
      button('Reset…', () => this.reset()));
  }

  async load(file) {
    const [chosen] = file.files;
    file.value = '';
    if (chosen) await this.change(async () => ask('state', 'PUT', await chosen.text()));
  }

  async reset() {
    const question = 'Restore the seed, or the empty world if there is none? ';
    const price = 'The journal, the faults and the clock are reset, too.';
    if (await confirmed(question + price, 'Reset everything')) await this.change(() => ask('reset', 'POST'));
  }

  // change replaces the world and clears the shown effect.
  async change(replace) {
    try {
      await replace();
      session.effect = new Map();
      this.world = await state();
      fill(this.said);
      this.render();
    } catch (failure) {
      tell(this.said, failure.message);
    }
  }

  // follow shows changes by other clients. It returns a function that stops it.
  follow() {
    const stream = new EventSource('/_mock/journal?follow');
    stream.addEventListener('message', soon(() => this.refresh(), 150));
    return () => stream.close();
  }

  async refresh() {
    const world = await state();
    const effect = between(this.world, world);
    if (effect.size === 0) return;
    this.world = world;
    session.effect = effect;
    this.render();
  }

  render() {
    const groups = this.groups();
    const shown = first(groups, this.limit);
    this.summarize(groups);
    fill(this.body,
      groups.length === 0 && el('p', { class: 'muted' }, this.search.value ? 'No group or rule matches.' : empty),
      this.sections(shown),
      groups.length > shown.length && button(`Show all ${counted(groups.length, 'group')}`, () => {
        this.limit = Infinity;
        this.render();
      }),
      prefixLists(this.world));
  }

  summarize(groups) {
    const rules = groups.reduce((sum, group) => sum + (group.Permissions?.length ?? 0), 0);
    fill(this.summary, `${counted(groups.length, 'group')}, ${counted(rules, 'rule')}.`,
      session.effect.size > 0 && ' What the last call did is marked.');
  }

  sections(groups) {
    const { world, actions } = this;
    const all = world.SecurityGroups ?? [];
    const known = { world, actions, reach: references(all), names: new Map(all.map(named)) };
    const made = (group) => article(group, { ...known, effect: session.effect.get(identity(group)) });
    const section = ([title, list]) => el('section', { 'aria-label': title }, el('h2', {}, title), list.map(made));
    return [...byRegion(groups)].map(section);
  }

  // groups returns the groups that match the search, changed and removed ones first.
  groups() {
    const { effect } = session;
    const gone = [...effect.values()].filter(({ change }) => change === 'removed').map(({ group }) => group);
    const differs = (group) => Number(effect.has(identity(group)));
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const all = [...gone, ...this.world.SecurityGroups ?? []].sort((a, b) => differs(b) - differs(a));
    if (words.length === 0) return all;
    return all.filter((group) => {
      const text = JSON.stringify(group).toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }
}

const named = (group) => [group.SecurityGroupId, group.SecurityGroupName];

// first returns the first groups until they have so many lines, but at least one group.
function first(groups, limit) {
  let lines = 0;
  return groups.filter((group, i) => {
    lines += 1 + (group.Permissions?.length ?? 0);
    return i === 0 || lines <= limit;
  });
}

// byRegion returns groups by account and region.
function byRegion(groups) {
  const of = new Map();
  for (const group of groups) {
    const title = group.AccountId ? `${group.RegionId}, account ${group.AccountId}` : group.RegionId;
    if (!of.has(title)) of.set(title, []);
    of.get(title).push(group);
  }
  return of;
}
