// The answer of a call, its hint, and its effect on the world.

import { code as mono, el, fill, link, longCode, muted } from './dom.js';
import { highlight } from './highlight.js';
import { sentence } from './rule.js';
import { counted } from './words.js';

const signs = { added: '+', removed: '−', changed: '~' };

export class Answer {
  constructor() {
    this.status = el('p', { class: 'status' }, muted('Not called yet.'));
    this.hint = el('div', { id: 'hint', hidden: true });
    this.verdict = el('p', { class: 'verdict', hidden: true });
    this.effect = el('div', { class: 'effect' });
    this.body = longCode('Body of the answer', { hidden: true });
    this.headers = el('dl');
    this.more = el('details', { hidden: true }, el('summary', {}, 'Headers'), this.headers);
    this.element = el('section', { id: 'answer', 'aria-labelledby': 'answer-title' },
      el('h2', { id: 'answer-title' }, 'Answer'), this.status, this.hint, this.verdict, this.effect, this.body, this.more);
  }

  // wait shows that a call has been sent.
  wait() {
    delete this.element.dataset.status;
    delete this.element.dataset.code;
    fill(this.status, 'Waiting…');
  }

  show({ answer, effect }) {
    const { status, code, hint, ms } = answer;
    fill(this.status,
      el('strong', { class: status === 200 ? 'good' : 'bad' }, status ? String(status) : 'No answer'), ' ',
      el('span', { class: 'code' }, status ? code || 'OK' : 'the connection was closed without an answer'), ' ',
      muted(`${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`));
    this.hint.hidden = !hint;
    fill(this.hint, el('h3', {}, 'Why'), el('p', {}, hint));
    this.verdict.hidden = true;
    fill(this.effect, effects(effect, status));
    this.body.hidden = answer.body === '';
    fill(this.body, highlight(answer.body));
    this.more.hidden = answer.headers.length === 0;
    fill(this.headers, answer.headers.map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
    this.element.dataset.code = code;
    this.element.dataset.status = status;
  }

  // judge says whether the answer is as in the error table.
  judge(holds, ...words) {
    this.verdict.hidden = false;
    this.verdict.dataset.holds = holds;
    fill(this.verdict, words);
  }

  // fail shows why a call could not be sent.
  fail(failure) {
    fill(this.status, el('strong', { class: 'bad' }, 'Not sent'), ` ${failure.message}`);
  }
}

// effects returns a line for each change that a call made to the world.
function effects(effect, status) {
  if (effect.size === 0) return status ? el('p', { class: 'muted' }, 'Nothing in the world changed.') : null;
  const lines = [...effect.values()].flatMap((difference) => of(difference));
  const shown = lines.slice(0, 12);
  return [
    el('h3', {}, 'In the world'),
    el('ul', { class: 'changes' }, shown,
      lines.length > shown.length && el('li', {}, `and ${counted(lines.length - shown.length, 'more change')}`)),
    link('/_mock/?view=world', 'Show it in the world'),
  ];
}

function of({ change, group, rules, notes }) {
  const name = group.SecurityGroupId;
  const lines = [...rules.values()].map(({ change: did, rule }) => line(did, `${name}: ${sentence(rule)}`));
  if (change !== 'changed') lines.unshift(line(change, `group ${name}`));
  return [...lines, ...notes.map((note) => line('changed', `${name}: ${note}`))];
}

function line(change, text) {
  return el('li', { 'data-change': change },
    el('span', { class: 'sign', role: 'img', 'aria-label': change }, signs[change]), mono(text));
}
