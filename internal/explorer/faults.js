// Faults: calls that fail, wait or break off on demand.

import { codes } from './catalogue.js';
import { button, choices, code, el, fill, folded, head, input, lead, muted } from './dom.js';
import { labelled } from './field.js';
import { ask, contract } from './mock.js';

// parts are the form of a fault: name, what it is, and of which kind if not text.
const parts = [
  ['Action', 'The action whose calls it befalls, * for every one.'],
  ['Code', 'What is answered: a code that the vendor documents, or one of your own with Status and Message.'],
  ['Times', 'How often it acts; always if left out.', 'number'],
  ['After', 'So many calls are spared first.', 'number'],
  ['DelayMs', 'The call takes so much longer, in milliseconds.', 'number'],
  ['JitterMs', 'And up to so much more, by chance.', 'number'],
  ['Status', 'In place of the status of the code.', 'number'],
  ['Message', 'In place of the message of the code.'],
  ['AccountId', 'Only calls of this account.'],
  ['Params', 'Only calls with these parameters, as in SecurityGroupId=sg-1&Policy=drop.', 'params'],
  ['When', 'before the effect of the call, or after it: then only the answer suffers.'],
  ['Drop', 'Close the connection without an answer.', 'flag'],
  ['TruncateAt', 'Close it after so many bytes: of the Code’s answer, or of the call’s own with When after.', 'number'],
  ['HideMs', 'What the call adds shows so much later, in milliseconds of the mock’s clock.', 'number'],
];

const seen = 4; // parts that are not folded

export async function showFaults(main, { pairs }) {
  const [told, { Faults }] = await Promise.all([contract(), ask('faults')]);
  const view = new FaultView(told);
  fill(main,
    head('Faults', lead('Calls that fail, wait or break off on demand, to see how a client takes it.')),
    view.form({ Action: '*', ...Object.fromEntries(pairs) }), view.said, view.list);
  view.show(Faults);
}

class FaultView {
  constructor(told) {
    this.values = {
      Action: ['*', ...told.Actions.map(({ Name }) => Name)],
      Code: codes(told),
      When: ['before', 'after'],
    };
    this.said = el('p', { class: 'refused', role: 'alert' });
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
      fill(this.said, failure.message);
    }
  }

  show(faults) {
    fill(this.list,
      el('h2', { id: 'injected-title' }, 'In force'),
      faults.length === 0 && el('p', { class: 'muted' }, 'No faults: every call is answered as the service would.'),
      el('ul', { class: 'injected' }, faults.map((fault) => this.line(fault))),
      faults.length > 1 && button('Remove all faults', () => this.change(() => ask('faults', 'DELETE')), { class: 'destroying' }));
  }

  line({ Id, Action, ...rest }) {
    const remover = button('Remove', () => this.change(() => ask(`faults?id=${Id}`, 'DELETE')), {
      class: 'quiet',
      'aria-label': `Remove fault ${Id}`,
    });
    const told = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
    const part = ([name, value]) => [' ', muted(`${name} `), code(told(value))];
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

// read is the fault that a form has. What is no number is left for the mock to refuse.
function read(form) {
  const fault = {};
  for (const { name, type, value, checked, dataset: { kind } } of form.querySelectorAll('input')) {
    const text = value.trim();
    if (type === 'checkbox' ? !checked : text === '') continue;
    if (kind === 'flag') fault[name] = true;
    else if (kind === 'params') fault[name] = Object.fromEntries(new URLSearchParams(text));
    else fault[name] = kind === 'number' && /^-?\d+$/.test(text) ? Number(text) : text;
  }
  return fault;
}
