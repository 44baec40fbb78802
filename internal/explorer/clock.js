// The mock's clock: show, set, freeze and advance it.

import { button, el, fill, head, input, lead } from './dom.js';
import { follow } from './live.js';
import { ask } from './mock.js';
import { say, tell } from './say.js';

const steps = [['1 minute', '1m'], ['1 hour', '1h'], ['1 day', '24h'], ['30 days', '720h']];

export async function showClock(main) {
  const view = new Clock(await ask('clock'));
  fill(main,
    head('Clock', lead('The time of the mock, for creation times, timestamps of signatures, ',
      'and the 24 hours that a client token is remembered.')),
    view.face, view.state, view.forms(), view.said);
  view.tick();
  const timer = setInterval(() => view.tick(), 250);
  const stop = follow((name, data) => name === 'clock' && view.take(data));
  return () => {
    stop();
    clearInterval(timer);
  };
}

class Clock {
  constructor(data) {
    this.face = el('p', { class: 'time', id: 'now' });
    this.state = el('p', { class: 'muted' });
    this.said = el('p', { class: 'refused' });
    this.stopper = button('', () => this.change({ Frozen: !this.frozen }));
    this.setter = input({ id: 'set', placeholder: '2030-01-02T03:04:05Z' });
    this.mover = input({ id: 'advance', placeholder: '1h30m' });
    this.take(data);
  }

  forms() {
    const mover = ([name, Advance]) => button(name, () => this.change({ Advance }), { 'aria-label': `Advance by ${name}` });
    return el('div', { class: 'clock-forms' },
      el('div', { class: 'tools' }, this.stopper),
      form('Set it to', this.setter, 'Set', () => this.change({ Now: this.setter.value.trim() })),
      form('Move it by', this.mover, 'Advance', () => this.change({ Advance: this.mover.value.trim() })),
      el('div', { class: 'tools' }, el('span', { class: 'muted' }, 'or by'), steps.map(mover)));
  }

  // take stores the time of the mock's clock, and when it was read.
  take({ Now, Frozen }) {
    this.now = Date.parse(Now);
    this.asked = performance.now();
    this.frozen = Frozen;
    fill(this.state, Frozen ? 'The clock is frozen.' : 'The clock is running.');
    fill(this.stopper, Frozen ? 'Let it go on' : 'Freeze');
  }

  tick() {
    const now = this.now + (this.frozen ? 0 : performance.now() - this.asked);
    const text = new Date(now).toISOString().replace(/\.\d+/, '');
    if (this.face.textContent !== text) fill(this.face, el('time', { datetime: text }, text));
  }

  async change(wanted) {
    try {
      this.take(await ask('clock', 'PUT', JSON.stringify(wanted)));
      fill(this.said);
      this.tick();
      say(this.state.textContent, this.face.textContent);
    } catch (failure) {
      tell(this.said, failure.message);
    }
  }
}

function form(label, field, verb, submit) {
  return el('form', {
    class: 'tools',
    novalidate: true,
    submit: (event) => {
      event.preventDefault();
      submit();
    },
  }, el('label', { for: field.id }, label), field, el('button', {}, verb));
}
