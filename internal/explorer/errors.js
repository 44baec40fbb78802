// The error table of an action. Each row has a button that causes the error.

import * as calls from './call.js';
import { button, code, el, fill, input, link, table } from './dom.js';
import { sandbox } from './sandbox.js';
import { say } from './say.js';
import { breakable, counted, matcher } from './words.js';

// errors returns the table of an action, the errors of this edition first, and a search in
// it. happen causes the error of a row and reports whether the answer is that of the row.
export function errors({ Errors, Example }, mode, happen) {
  const foreign = (row) => Boolean(obstacle(row, { ...mode, Shadow: '' })) && Boolean(row.Steps);
  const rows = [...Errors].sort((a, b) => foreign(a) - foreign(b)).map((row) => line(row, Example, mode, happen));
  const search = () => {
    const matches = matcher(find.value);
    for (const row of rows) row.hidden = !matches(row.textContent);
    say(counted(rows.filter((row) => !row.hidden).length, 'error'));
  };
  const find = input({ id: 'find-error', type: 'search', input: search });
  return [
    el('div', { class: 'labelled' }, el('label', { for: 'find-error' }, 'Search errors'), find),
    table(['Status', 'Code, message, and when', 'Call'], rows),
  ];
}

function line(row, example, mode, happen) {
  const reason = obstacle(row, mode);
  const result = el('span', { class: 'about' }, reason);
  const doer = button('Make it happen', async () => {
    doer.disabled = true;
    const holds = await happen(row).finally(() => { doer.disabled = false; });
    doer.focus({ preventScroll: true });
    fill(result, holds === undefined ? '' : outcome(holds));
  }, { class: 'quiet', disabled: Boolean(reason), 'aria-label': name(row) });
  return el('tr', { 'data-code': row.Code ?? '' },
    el('td', { 'data-field': 'status', class: row.Status === 200 ? 'good' : 'bad' }, String(row.Status)),
    el('td', {},
      code(breakable(row.Code ?? 'success')), ' ',
      el('span', { 'data-field': 'message', class: 'message' }, message(row, example)),
      el('span', { class: 'about' }, el('span', { 'data-field': 'when' }, row.When), only(row))),
    el('td', { class: 'does' }, doer, result));
}

// name returns what no other row has.
function name({ Status, Code = 'success', Message = '', When, Editions = [] }) {
  return ['Make it happen:', Status, `${Code}, ${Message.replace('%s', '…')}`, When, ...Editions].join(' ');
}

// outcome says what came of a call, and where.
function outcome(holds) {
  return [
    holds ? el('span', { class: 'good' }, '✓ as in this row') : el('span', { class: 'bad' }, 'otherwise than in this row'),
    ' in account ', code(sandbox), ': ', link('#answer', 'answer'), ', ', link(`/_mock/?view=world&find=${sandbox}`, 'world'),
  ];
}
// message returns the text of a row with the name of the parameter: the only possible
// one, or that of the call that causes the error.
function message({ Message = '', Parameter, Steps }, example) {
  const [before, after] = Message.split('%s');
  const name = Parameter ?? (Steps && culprit(Steps.at(-1).Query, example));
  if (after === undefined || !name) return Message;
  return [before, Parameter ?? el('var', {}, name), after];
}

// culprit returns the parameter in which a call differs from the example: the last that
// is added or changed, else the first that is missing.
function culprit(query, example) {
  const [made, good] = [query, example].map((text) => new Map(calls.of(text).pairs));
  const other = [...made.keys()].filter((name) => made.get(name) !== good.get(name));
  return other.at(-1) ?? [...good.keys()].find((name) => !made.has(name));
}

// only says in which editions a row holds, if not in all.
function only({ Editions, Strict }) {
  const where = [Editions && `in ${Editions.join(' and ')}`, Strict && 'if strict'].filter(Boolean).join(', ');
  return where && [' ', el('span', { 'data-field': 'edition' }, `Only ${where}.`)];
}

// obstacle returns why the page cannot cause the error of a row, nothing if it can.
function obstacle({ Editions, Strict, Steps }, mode) {
  if (Editions && !Editions.includes(mode.Edition)) {
    return ['Start with ', code(`-edition=${Editions[0]}`), '.'];
  }
  if (Strict && !mode.Strict) return ['Start with ', code('-strict'), '.'];
  if (mode.Shadow) return ['Not with ', code('-shadow'), '.'];
  return Steps ? undefined : 'No call causes it; inject it as a fault.';
}

// holds reports whether an answer is that of a row.
export function holds({ Status, Code = '', Message = '' }, { status, code: given, message: text }) {
  const parts = Message.split('%s').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return status === Status && given === Code && new RegExp(`^${parts.join('[^]*')}$`).test(text);
}
