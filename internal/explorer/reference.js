// The answer of an action, and errors that no call to the mock causes.

import { code, el, folded, link, table } from './dom.js';
import { breakable, counted } from './words.js';

export function answers({ Answer }) {
  return folded('Answer', table(['Field', 'Type'], [row('RequestId', 'String'), fields(Answer, '')].flat()));
}

// fields returns rows with names as in JSON, where a list is in an object of one key.
function fields(docs = [], prefix) {
  return docs.flatMap((doc) => {
    const list = doc.Type === 'Array';
    const name = `${prefix}${doc.Name}${list ? `${doc.Plain ? '' : `.${doc.Item}`}[]` : ''}`;
    return [row(name, list ? 'List' : doc.Type), ...fields(doc.Fields, `${name}.`)];
  });
}

function row(name, type) {
  return el('tr', {}, el('td', {}, code(breakable(name))), el('td', {}, type));
}

export function unmade({ Key, Unmade }) {
  return Unmade && folded(`${counted(Unmade.length, 'error')} that no call to the mock causes`,
    el('p', { class: 'about' }, 'The documentation has them. They can be injected as faults.'),
    table(['Status', 'Code and message', 'Fault'], Unmade.map(({ Status, Code, Message, When }) => el('tr', {},
      el('td', { class: 'bad' }, String(Status)),
      el('td', {}, code(breakable(Code)), ' ', el('span', { class: 'message' }, Message),
        el('span', { class: 'about' }, When)),
      el('td', { class: 'does' }, link(fault(Key, Code), 'Inject…', { 'aria-label': `Inject… ${Code}` }))))));
}

const fault = (Action, Code) => `/_mock/?${new URLSearchParams({ view: 'faults', Action, Code })}`;
