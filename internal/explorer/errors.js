// The error table of an action. Each row has a button that makes it happen.

import * as calls from './call.js';
import { button, code, el, table } from './dom.js';
import { breakable } from './words.js';

// errors is the table of an action; happen is called with a row, and makes it happen.
export function errors({ Errors, Example }, manner, happen) {
  const rows = Errors.map((row) => line(row, Example, manner, happen));
  return table(['Status', 'Code, message, and when', 'Call'], rows);
}

function line(row, example, manner, happen) {
  const reason = obstacle(row, manner);
  const doer = button('Make it happen', async () => {
    doer.disabled = true;
    await happen(row).finally(() => { doer.disabled = false; });
    doer.focus({ preventScroll: true });
  }, { class: 'quiet', disabled: Boolean(reason) });
  return el('tr', { 'data-code': row.Code ?? '' },
    el('td', { 'data-field': 'status', class: row.Status === 200 ? 'good' : 'bad' }, String(row.Status)),
    el('td', {},
      code(breakable(row.Code ?? 'success')), ' ',
      el('span', { 'data-field': 'message', class: 'message' }, message(row, example)),
      el('span', { class: 'about' }, el('span', { 'data-field': 'when' }, row.When), only(row))),
    el('td', { class: 'does' }, doer, reason && el('span', { class: 'about' }, reason)));
}

// message is the text of a row, with the name of the parameter: the only one that can be
// meant, or the one of the call that makes the row happen.
function message({ Message = '', Parameter, Steps }, example) {
  const [before, after] = Message.split('%s');
  const name = Parameter ?? (Steps && culprit(Steps.at(-1).Query, example));
  if (after === undefined || !name) return Message;
  return [before, Parameter ?? el('var', {}, name), after];
}

// culprit is the parameter that tells a call from the example: the last that it has more
// or otherwise, or else the first that it lacks.
function culprit(query, example) {
  const [made, good] = [query, example].map((text) => new Map(calls.of(text).pairs));
  const other = [...made.keys()].filter((name) => made.get(name) !== good.get(name));
  return other.at(-1) ?? [...good.keys()].find((name) => !made.has(name));
}

// only is where a row holds, if not everywhere.
function only({ Editions, Strict }) {
  const where = [Editions && `in ${Editions.join(' and ')}`, Strict && 'if strict'].filter(Boolean).join(', ');
  return where && [' ', el('span', { 'data-field': 'edition' }, `Only ${where}.`)];
}

// obstacle is why a row cannot happen here, nothing if it can.
function obstacle({ Editions, Strict, Steps }, manner) {
  if (Editions && !Editions.includes(manner.Edition)) {
    return ['Start with ', code(`-edition=${Editions[0]}`), '.'];
  }
  if (Strict && !manner.Strict) return ['Start with ', code('-strict'), '.'];
  return Steps ? undefined : 'No call makes it: inject it as a fault.';
}

// holds tells whether an answer is what a row promises.
export function holds({ Status, Code = '', Message = '' }, { status, code: given, message: text }) {
  const parts = Message.split('%s').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return status === Status && given === Code && new RegExp(`^${parts.join('[^]*')}$`).test(text);
}
