// The answer of a call, its hint, and its effect on the world.

import { el, fill, longCode, muted } from './dom.js';
import { effects } from './effect.js';
import { highlight } from './highlight.js';

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

  // wait shows that a call has been sent, and nothing of the one before.
  wait() {
    for (const part of [this.hint, this.verdict, this.body, this.more]) part.hidden = true;
    fill(this.effect);
    delete this.element.dataset.status;
    delete this.element.dataset.code;
    fill(this.status, 'Waiting…');
  }

  show({ answer, changes }) {
    const { status, code, hint, ms } = answer;
    fill(this.status,
      el('strong', { class: status === 200 ? 'good' : 'bad' }, status ? String(status) : 'No answer'), ' ',
      el('span', { class: 'code' }, status ? code || 'OK' : 'the connection was closed without an answer'), ' ',
      muted(`${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`));
    this.hint.hidden = !hint;
    fill(this.hint, el('h3', {}, 'Why'), el('p', {}, hint));
    fill(this.effect, effects(changes));
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
