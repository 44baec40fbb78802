// The world: groups by account and region, with what the last call did to them.

import { noteSearch } from './address.js';
import { arrange, button, code, el, fill, head, input, lead } from './dom.js';
import { edit, load, loadDemo, reset } from './edit.js';
import { GroupLine, anchor } from './group.js';
import { follow, live, theWorld } from './live.js';
import { contract } from './mock.js';
import { groupKey, keyOf, ruled } from './model.js';
import { newGroup } from './openers.js';
import { later, soon } from './pause.js';
import { Question } from './question.js';
import { say, tell } from './say.js';
import { ordinary } from './settings.js';
import { changeOf } from './way.js';
import { counted } from './words.js';

const most = 1000; // groups that are shown at once
const few = 5; // groups that are unfolded because the last call changed them
const empty = 'The world is empty. Load the demo world, or make a group.';

export async function showWorld(main, place) {
  const [{ Actions }] = await Promise.all([contract(), theWorld()]);
  const view = new WorldView(Actions, place, place.pairs.find(([name]) => name === 'find')?.[1] ?? '');
  fill(main,
    head('World', view.summary),
    view.tools(),
    view.said,
    view.question.element,
    view.body);
  view.render();
  view.unfold();
  return view.follow();
}

class WorldView {
  constructor(actions, place, find) {
    Object.assign(this, { actions, visit: place.visit, limit: most, lines: new Map(), parts: new Map(), world: live.world });
    this.summary = lead();
    this.texts = new WeakMap(); // of groups and rules, for the search
    const search = later(() => this.find(), 100);
    this.search = input({ type: 'search', id: 'find', value: find, input: search });
    this.said = el('p', { class: 'refused' });
    this.question = new Question(place, (kind) => live.world.all(kind));
    this.body = el('div');
  }

  tools() {
    const take = async () => {
      const [chosen] = file.files;
      if (chosen) this.try(async () => load(chosen.name, await chosen.text()));
      file.value = '';
    };
    const file = el('input', { type: 'file', accept: '.json,application/json', class: 'unseen', change: take });
    return el('div', { class: 'tools wide' },
      el('div', { class: 'labelled' }, el('label', { for: 'find' }, 'Search groups and rules'), this.search),
      newGroup(),
      el('a', { class: 'button', href: '/_mock/state', download: 'state.json' }, 'Download the state'),
      el('label', { class: 'button' }, 'Load a state…', file),
      button('Load the demo world…', () => this.try(loadDemo)),
      button('Reset…', () => this.try(reset)));
  }

  async try(act) {
    fill(this.said);
    await act().catch((failure) => tell(this.said, failure.message));
  }

  edit(group) { this.try(() => edit(group.AccountId, group)); }

  find(limit = most) {
    noteSearch(this.visit, 'world', this.search.value);
    this.limit = limit;
    this.render();
    say(this.summary.textContent);
  }

  // follow shows what happens. It returns a function that stops it.
  follow() {
    const show = soon(() => {
      this.render();
      this.question.again();
    }, 100);
    return follow((name, data) => {
      if (name === 'world' || (name === 'call' && data.Changes?.length > 0)) show();
      if (name === 'lost' && data) tell(this.said, data);
    });
  }

  // render shows the groups that match. The line of a group is made once, and stays where
  // it is when the group gets another name.
  render() {
    this.world = live.world;
    this.words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    this.effect();
    const gone = [...this.changes].filter(([, { Was, Is }]) => Was && !Is).map(([key, { Was }]) => [key, Was]);
    const groups = new Map([...gone, ...this.world.groups]);
    for (const key of this.lines.keys()) if (!groups.has(key)) this.lines.delete(key);
    const found = [...groups].filter(([, group]) => this.matches(group))
      .map(([key, group]) => [key, group, this.lines.get(key)?.order ?? order(group)])
      .sort(([, , a], [, , b]) => (a < b ? -1 : 1));
    const lines = found.slice(0, this.limit).map(([key, group]) => this.line(key, group));
    this.summarize(found);
    const note = found.length === 0 && el('p', { class: 'muted' }, this.words.length > 0 ? 'No group or rule matches.' : empty);
    const more = found.length > lines.length && button(`Show all ${counted(found.length, 'group')}`, () => this.find(Infinity));
    arrange(this.body, [note, ...this.sections(lines), more, prefixLists(this.world.all('prefix-list'))].filter(Boolean));
  }

  line(key, group) {
    if (!this.lines.has(key)) {
      const line = new GroupLine(key, group, this);
      line.order = order(group);
      this.lines.set(key, line);
    }
    const line = this.lines.get(key);
    const rules = this.rules.get(key);
    line.show(group, changeOf(this.changes.get(key)) ?? (rules && 'changed'), rules ?? new Map());
    return line;
  }

  // sections returns the sections of the accounts and regions that lines belong to.
  sections(lines) {
    const of = new Map();
    for (const line of lines) {
      const { AccountId, RegionId } = line.group;
      const title = AccountId ? `${RegionId}, account ${AccountId}` : RegionId;
      if (!this.parts.has(title)) this.parts.set(title, section(title, () => this.try(() => edit(AccountId)), AccountId ?? ordinary));
      if (!of.has(title)) of.set(title, []);
      of.get(title).push(line.element);
    }
    return [...of].map(([title, elements]) => {
      const part = this.parts.get(title);
      arrange(part.lastChild, elements);
      return part;
    });
  }

  // fits returns a function that reports whether a rule of a group has, with what the group
  // has itself, all the words of the search.
  fits(group) {
    const { Permissions, ...rest } = group;
    const text = this.text(group, () => `${groupKey(group)} ${JSON.stringify(rest)}`);
    const words = this.words.filter((word) => !text.includes(word));
    if (words.length === 0) return () => true;
    return (rule) => {
      const more = this.text(rule, () => Object.values(rule).join(' '));
      return words.every((word) => more.includes(word));
    };
  }

  matches(group) {
    const fits = this.fits(group);
    return fits({}) || (group.Permissions ?? []).some(fits);
  }

  // text returns what is searched of a group or a rule, which is made once.
  text(thing, make) {
    if (!this.texts.has(thing)) this.texts.set(thing, make().toLowerCase());
    return this.texts.get(thing);
  }

  // effect sorts what the last call did by the groups that it is about.
  effect() {
    this.changes = new Map();
    this.rules = new Map();
    for (const change of live.last) {
      if (change.Kind === 'group') this.changes.set(keyOf(change, change.Id), change);
      if (change.Kind === 'rule') {
        const key = ruled(change);
        if (!this.rules.has(key)) this.rules.set(key, new Map());
        this.rules.get(key).set(change.Id, change);
      }
      for (const id of moved(change)) {
        const key = keyOf(change, id);
        if (!this.changes.has(key)) this.changes.set(key, { Was: {}, Is: {} });
      }
    }
  }

  // unfold unfolds the groups that the last call changed.
  unfold() {
    const changed = [...this.lines.values()].filter((line) => line.change && line.change !== 'removed');
    for (const line of changed.slice(0, few)) this.open(line);
  }

  open(line) {
    line.fold.open = true;
    line.unfold();
  }

  // reveal shows the line of a group that a link leads to, whatever is searched.
  reveal(key) {
    if (!document.getElementById(anchor(key))) {
      this.search.value = '';
      this.find(Infinity);
    }
    const line = this.lines.get(key);
    if (line) this.open(line);
  }

  summarize(all) {
    const rules = all.reduce((sum, [, group]) => sum + (group.Permissions?.length ?? 0), 0);
    fill(this.summary, `${counted(all.length, 'group')}, ${counted(rules, 'rule')}.`,
      live.last.length > 0 && ' What the last call did is marked.');
  }
}

// order returns what a group is sorted by; the default account is the first.
function order({ AccountId = '', RegionId, SecurityGroupName, SecurityGroupId }) {
  return [AccountId, RegionId, SecurityGroupName || SecurityGroupId, SecurityGroupId].join('\n');
}

function section(title, change, account) {
  return el('section', { 'aria-label': title },
    el('div', { class: 'title' }, el('h2', {}, title),
      button('Edit as JSON…', change, { class: 'quiet', 'aria-label': `Edit as JSON… account ${account}, from ${title}` })),
    el('div'));
}

// moved returns the ids of the groups that a member joined and left.
function moved({ Was, Is, Kind }) {
  if (Kind !== 'instance' && Kind !== 'interface') return [];
  const [before, after] = [Was, Is].map((one) => one?.SecurityGroupIds ?? []);
  return [...before.filter((id) => !after.includes(id)), ...after.filter((id) => !before.includes(id))];
}

// prefixLists returns the prefix lists, which rules name instead of addresses.
function prefixLists(lists) {
  const entry = ({ Cidr, Description = '' }, i) => [i > 0 && ', ', code(Cidr), ' ', el('bdi', {}, Description)];
  return lists.length > 0 && el('section', { 'aria-labelledby': 'lists-title' }, el('h2', { id: 'lists-title' }, 'Prefix lists'),
    lists.map(({ PrefixListId, PrefixListName = '', RegionId, Entries = [] }) => el('p', {},
      code(PrefixListId), ' ', el('bdi', {}, PrefixListName), ` in ${RegionId}: `, Entries.map(entry))));
}
