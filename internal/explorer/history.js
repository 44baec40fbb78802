// The calls of this page, newest first. Each opens in the form again.

import { of } from './address.js';
import { el, fill, link } from './dom.js';
import { session } from './session.js';

export class History {
  constructor() {
    this.list = el('ol', { reversed: true });
    this.element = el('section', { id: 'history', 'aria-labelledby': 'history-title' },
      el('h2', { id: 'history-title' }, 'Calls from this page'), this.list);
    this.show();
  }

  show() {
    this.element.hidden = session.history.length === 0;
    fill(this.list, session.history.map((entry) => el('li', {}, line(entry))));
  }
}

function line({ call, answer, sent, time }) {
  const data = [['method', sent.method], ['Format', sent.format], ['AccessKeyId', sent.key]];
  return link(of(call.key, [...data, ...call.pairs]), [
    el('span', { class: answer.status === 200 ? 'good' : 'bad' }, answer.status || '—'), ' ',
    el('span', { class: 'code' }, call.key, answer.code && ` ${answer.code}`), ' ',
    el('time', { datetime: time.toISOString() }, time.toISOString().slice(11, 19)),
  ]);
}
