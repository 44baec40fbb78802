// The error table of an action. Each row has a button that makes it happen.

import { button, code, el, table } from './dom.js';

// errors is the table; happen is called with a row, and makes it happen.
export function errors(rows, manner, happen) {
  return table(['Status', 'Code, message, and when', 'Edition', 'Call'], rows.map((row) => line(row, manner, happen)));
}

function line(row, manner, happen) {
  const reason = obstacle(row, manner);
  const doer = button('Make it happen', async () => {
    doer.disabled = true;
    await happen(row).finally(() => { doer.disabled = false; });
    doer.focus({ preventScroll: true });
  }, { class: 'quiet', disabled: Boolean(reason) });
  return el('tr', { 'data-code': row.Code ?? '' },
    el('td', { 'data-field': 'status', class: row.Status === 200 ? 'good' : 'bad' }, String(row.Status)),
    el('td', {},
      code(row.Code ?? 'success'), ' ',
      el('span', { 'data-field': 'message', class: 'message' }, message(row)),
      el('span', { 'data-field': 'when', class: 'about' }, row.When)),
    el('td', { 'data-field': 'edition' }, editions(row)),
    el('td', { class: 'does' }, doer, reason && el('span', { class: 'about' }, reason)));
}

// message is the text of a row, with the name of the parameter if only one can be meant.
function message({ Message = '', Parameter }) {
  return Parameter ? Message.replace('%s', Parameter) : Message;
}

const editions = (row) => [row.Editions?.join(', ') ?? 'all', row.Strict && 'strict'].filter(Boolean).join(', ');

// obstacle is why a row cannot happen here, nothing if it can.
function obstacle({ Editions, Strict, Steps }, manner) {
  if (Editions && !Editions.includes(manner.Edition)) {
    return `This is the ${manner.Edition} edition: start with -edition=${Editions[0]}.`;
  }
  if (Strict && !manner.Strict) return 'Start with -strict.';
  return Steps ? undefined : 'No call makes it: inject it as a fault.';
}

// holds tells whether an answer is what a row promises.
export function holds({ Status, Code = '', Message = '' }, { status, code: given, message: text }) {
  const parts = Message.split('%s').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return status === Status && given === Code && new RegExp(`^${parts.join('[^]*')}$`).test(text);
}
