// Faults: calls that fail, wait, lose their connection, or answer something else.

import { codes } from './catalogue.js';
import { button, choices, code, el, fill, folded, head, input, lead, muted } from './dom.js';
import { labelled } from './field.js';
import { follow } from './live.js';
import { ask, contract, health } from './mock.js';
import { tell } from './say.js';

// parts are the fields of a fault: name, description, and type if not text.
const parts = [
  ['Action', 'The action that it matches, or * for every action.'],
  ['Code', 'The error code: one of the documentation, or any with Status and Message.'],
  ['Times', 'On how many calls it acts; blank means all.', 'number'],
  ['After', 'How many matching calls it skips first.', 'number'],
  ['DelayMs', 'Delays the call, in milliseconds.', 'number'],
  ['JitterMs', 'Delays it by up to so much more.', 'number'],
  ['Status', 'The status, instead of the status of the code.', 'number'],
  ['Message', 'The message, instead of the message of the code.'],
  ['AccountId', 'Matches only calls of this account.'],
  ['Params', 'Matches only calls with these, such as SecurityGroupId=sg-1&Policy=drop.', 'params'],
  ['When', 'before or after the effect of the call. After it, only the answer changes.'],
  ['Drop', 'Closes the connection without an answer.', 'flag'],
  ['TruncateAt', 'Closes the connection after so many bytes of the answer’s body.', 'number'],
  ['Every', 'With 3, acts only on each third call.', 'number'],
  ['Chance', 'How likely it acts on a call: 0.1 is one in ten.', 'number'],
  ['Answer', 'Fields of a successful answer, in JSON, in place of those of the call.', 'json'],
  ['Replace', 'Answer is the whole answer.', 'flag'],
  ['Unchecked', 'Answer may have fields that the action does not have.', 'flag'],
  ['HideMs', 'Hides what the call adds, in milliseconds.', 'number'],
];

const seen = 4; // parts that are not folded

export async function showFaults(main, { pairs }) {
  const [data, { Faults }, { Shadow }] = await Promise.all([contract(), ask('faults'), health()]);
  if (Shadow) {
    fill(main, head('Faults', lead(`${Shadow} answers each call, so no fault can act. Add faults to a mock without `, code('-shadow'), '.')));
    return undefined;
  }
  const view = new FaultView(data);
  fill(main,
    head('Faults', lead('Make calls fail, wait, lose their connection, or answer something else, to see how a client reacts.')),
    view.form({ Action: '*', ...Object.fromEntries(pairs) }), view.said, view.list);
  view.show(Faults);
  return follow((name, data) => name === 'faults' && view.show(data.Faults));
}

class FaultView {
  constructor(data) {
    this.values = {
      Action: ['*', ...data.Actions.map(({ Key }) => Key)],
      Code: codes(data),
      When: ['before', 'after'],
    };
    this.said = el('p', { class: 'refused' });
    this.list = el('section', { 'aria-labelledby': 'injected-title' });
  }

  form(given) {
    const rows = parts.map(([name, about, kind]) => row(name, about, kind, this.values[name], given[name]));
    const submit = (event) => {
      event.preventDefault();
      this.change(() => ask('faults', 'POST', JSON.stringify(read(event.target))));
    };
    return el('form', { id: 'fault', novalidate: true, autocomplete: 'off', 'aria-label': 'Add a fault', submit },
      el('div', { class: 'fields' },
        rows.slice(0, seen), folded(`${rows.length - seen} more fields`, rows.slice(seen))),
      el('div', { class: 'tools' }, el('button', { class: 'main' }, 'Add the fault')));
  }

  async change(make) {
    try {
      await make();
      fill(this.said);
      this.show((await ask('faults')).Faults);
    } catch (failure) {
      tell(this.said, failure.message);
    }
  }

  show(faults) {
    fill(this.list,
      el('h2', { id: 'injected-title' }, 'In force'),
      faults.length === 0 && el('p', { class: 'muted' }, 'No faults: every call is answered as by the service.'),
      el('ul', { class: 'injected' }, faults.map((fault) => this.line(fault))),
      faults.length > 1 && button('Remove all faults', () => this.change(() => ask('faults', 'DELETE'))));
  }

  line({ Id, Action, ...rest }) {
    const remover = button('Remove', () => this.change(() => ask(`faults?id=${Id}`, 'DELETE')), {
      class: 'quiet',
      'aria-label': `Remove fault ${Id}`,
    });
    const data = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
    const part = ([name, value]) => [' ', muted(`${name} `), code(data(value))];
    return el('li', { 'data-fault': Id }, el('div', {}, code(Action), Object.entries(rest).map(part)), remover);
  }
}

function row(name, about, kind, values, value) {
  const id = `fault-${name}`;
  return labelled({ id, label: name, about },
    input({
      id,
      name,
      value,
      type: kind === 'flag' && 'checkbox',
      'data-kind': kind,
      inputmode: kind === 'number' && 'numeric',
      list: values && `${id}-values`,
      'aria-describedby': `${id}-about`,
    }),
    values && choices(`${id}-values`, values));
}

// parsed returns the value of a JSON text, or the text, which the mock refuses.
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

// read returns the fault in the form. The mock refuses what is not a number.
function read(form) {
  const fault = {};
  for (const { name, type, value, checked, dataset: { kind } } of form.querySelectorAll('input')) {
    const text = value.trim();
    if (type === 'checkbox' ? !checked : text === '') continue;
    if (kind === 'flag') fault[name] = true;
    else if (kind === 'params') fault[name] = Object.fromEntries(new URLSearchParams(text));
    else if (kind === 'json') fault[name] = parsed(text);
    else fault[name] = kind === 'number' && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  }
  return fault;
}
