// Who can reach this? A question about the rules, which the mock answers.

import { keep, readable } from './address.js';
import { choices, code, el, fill, input, link, muted } from './dom.js';
import { anchor } from './group.js';
import { ask } from './mock.js';
import { groupKey, told } from './model.js';
import { sentence } from './rule.js';
import { tell } from './say.js';

const names = ['from', 'to', 'protocol', 'port', 'direction'];
const protocols = ['tcp', 'udp', 'icmp', 'icmpv6', 'gre'];
const directions = [['', 'in and out'], ['ingress', 'inbound rules of to'], ['egress', 'outbound rules of from']];
const most = 500; // suggestions at once
const kinds = ['group', 'instance', 'interface', 'prefix-list']; // what may stand at an end

export class Question {
  // all returns what the world has of a kind.
  constructor({ visit, pairs }, all) {
    Object.assign(this, { visit, all, turn: 0, asked: false });
    const given = Object.fromEntries(pairs);
    this.scope = pairs.filter(([name]) => name === 'account' || name === 'region');
    this.suggested = choices('reach-ends', []);
    this.said = el('p', { id: 'reach-said' });
    this.rules = el('ol', { class: 'rulings' });
    const submit = (event) => this.submit(event);
    this.form = el('form', { id: 'reach', class: 'tools wide', autocomplete: 'off', 'aria-labelledby': 'reach-title', submit, change: () => this.change() },
      labelled('from', text('from', given, { list: 'reach-ends', placeholder: 'anyone' })),
      labelled('to', text('to', given, { list: 'reach-ends', placeholder: 'a group or a member' })),
      labelled('protocol', select('protocol', given, protocols.map((one) => [one, one]))),
      labelled('port', this.port = text('port', given, { inputmode: 'numeric', placeholder: '22' })),
      labelled('direction', select('direction', given, directions)),
      el('button', {}, 'Ask'), this.suggested);
    this.element = el('section', { class: 'question', 'aria-labelledby': 'reach-title' },
      el('h2', { id: 'reach-title' }, 'Who can reach this?'), this.form, this.said, this.rules);
    this.fit();
    this.suggest();
    if (given.from || given.to) this.answer();
  }

  // again answers the question again after the world has changed.
  again() {
    this.suggest();
    if (this.asked) this.answer();
  }

  submit(event) {
    event.preventDefault();
    this.answer();
  }

  change() {
    this.fit();
    const { from, to, port } = this.form.elements;
    if (from.value && to.value && (port.disabled || port.value)) this.answer();
  }

  // fit takes the port from protocols without ports.
  fit() { this.port.disabled = !['tcp', 'udp'].includes(this.form.elements.protocol.value); }

  // answer asks the mock. An answer that comes late does not replace a newer one.
  async answer() {
    const mine = ++this.turn;
    this.asked = true;
    const asked = [...new FormData(this.form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
    const others = [...new URLSearchParams(location.search)].filter(([name]) => !names.includes(name));
    keep(this.visit, `?${readable(new URLSearchParams([...others, ...asked]))}`);
    const answer = await ask(`reach?${new URLSearchParams([...asked, ...this.scope])}`).catch(({ message }) => ({ message }));
    if (mine === this.turn) this.show(answer);
  }

  // show shows an answer. What is the same stays, with the focus that it may have.
  show(answer) {
    const text = JSON.stringify(answer);
    if (text === this.shown) return;
    this.shown = text;
    const { message, Reaches, Partly, Why, Rules = [], More } = answer;
    const kind = Reaches ? 'good' : 'bad';
    this.said.className = message ? 'refused' : 'verdict';
    tell(this.said, message ?? [el('strong', { class: Partly ? 'part' : kind }, Why.split(/(?<=:)/, 1)), Why.replace(/^.*?:/, '')]);
    fill(this.rules, Rules.map(ruling), More && el('li', { class: 'muted' }, `and ${More} more`));
  }

  suggest() {
    const found = kinds.flatMap((kind) => things(kind, this.all(kind)));
    fill(this.suggested, el('option', { value: 'anyone' }),
      found.slice(0, most).map(([value, label]) => el('option', { value, label: `${value}: ${label}` })));
  }
}

// things returns how each is written, with what tells it from others. An id that is used
// more than once, or by another account, has its account and region before it.
function things(kind, all) {
  const times = new Map();
  for (const one of all) times.set(told(kind, one)[0], (times.get(told(kind, one)[0]) ?? 0) + 1);
  const joined = (texts, by) => texts.filter(Boolean).join(by);
  return all.map((one) => {
    const [id, parts] = told(kind, one);
    const path = one.AccountId || times.get(id) > 1 ? [one.AccountId, one.RegionId] : [];
    return [joined([...path, id], '/'), joined([...parts, one.RegionId], ', ')];
  });
}

function ruling(given) {
  const { SecurityGroupId, Rule, Decides, Why } = given;
  return el('li', { 'data-ruling': Rule.SecurityGroupRuleId, class: Decides && 'decides' },
    link(`#${anchor(groupKey(given))}`, SecurityGroupId, { class: 'traffic' }), ' ', code(Rule.SecurityGroupRuleId), ' ', sentence(Rule), ' ', muted(Why));
}

const labelled = (name, control) => el('div', { class: 'labelled' },
  el('label', { for: `reach-${name}` }, name[0].toUpperCase() + name.slice(1)), control);

const text = (name, given, more) => input({ id: `reach-${name}`, name, value: given[name], ...more });

const select = (name, given, options) => el('select', { id: `reach-${name}`, name },
  options.map(([value, label]) => el('option', { value, selected: given[name] === value }, label)));
