// The view of an action: its form, its answer, its code, and its error table.

import { note } from './address.js';
import { Answer } from './answer.js';
import * as calls from './call.js';
import { find } from './catalogue.js';
import { button, code, el, fill, head, lead, link } from './dom.js';
import { accountsOf, envelope } from './envelope.js';
import { errors, holds } from './errors.js';
import { Form } from './form.js';
import { History } from './history.js';
import { live, theWorld } from './live.js';
import { addDemo, clients, contract, demo, health } from './mock.js';
import { later } from './pause.js';
import { answers, unmade } from './reference.js';
import { Samples } from './samples.js';
import { leave, prepare, sandbox } from './sandbox.js';
import { say } from './say.js';
import { perform } from './session.js';
import { account, adopt, settingPairs, settings } from './settings.js';
import { breakable, counted } from './words.js';

export async function showAction(main, { api, pairs, visit }) {
  const asked = [contract(), health(), theWorld(), demo(), clients()];
  const [data, mode, world, demoWorld, clientList] = await Promise.all(asked);
  const action = find(data, api);
  const given = adopt(pairs); // before the view shows the settings
  new ActionView(action, { mode, world, demo: demoWorld, clients: clientList }, visit).show(main, given);
}

// whole returns the parameters of a query, each on one line if there is room.
const whole = (query) => query.split(/(?=&)/).map((part) => el('span', {}, part));

// idsOf returns the ids of the groups and VPCs of a state.
function idsOf({ SecurityGroups = [], Vpcs = [] }) {
  return [...SecurityGroups.map((group) => group.SecurityGroupId), ...Vpcs.map((vpc) => vpc.VpcId)];
}

const notice = (text, ...tools) => el('div', { class: 'notice' }, el('p', {}, text), tools);

class ActionView {
  // The mock is {mode, world, demo, clients}: its mode, its world, the world of the
  // examples, and the clients that it has sample code for.
  constructor(action, mock, visit) {
    Object.assign(this, { action, ...mock });
    this.answer = new Answer();
    this.samples = new Samples(mock.clients);
    this.history = new History();
    this.preview = el('pre', { id: 'request', tabindex: '0', role: 'group', 'aria-label': 'Request' });
    this.keep = () => note(visit, action.Key, [...settingPairs(), ...this.form.call().pairs]);
    this.keepSoon = later(this.keep, 200); // browsers limit how often an address changes
    this.form = new Form(action, { sent: (call) => this.send(call), changed: () => this.changed(), world: () => live.world });
    this.results = el('div', { class: 'results' }, this.answer.element, this.history.element, this.samples.element);
    this.account = el('div');
    this.bar = el('div', { class: 'bar' });
    this.form.element.append(this.preview, this.bar);
    this.offer();
  }

  // offer shows the current settings, and whose account they are for.
  offer() {
    const back = () => {
      leave();
      this.offer();
      this.changed();
    };
    fill(this.account, settings.key === sandbox && notice([
      'Calls go to account ', code(sandbox), ', where errors are made to happen in a demo world. Yours is as it was. ',
      link(`/_mock/?view=world&find=${sandbox}`, 'Show that world')], button('Use my access key', back)));
    const { Shadow } = this.mode;
    fill(this.bar, this.form.caller, Shadow && el('p', { class: 'about' }, 'The call goes to ', code(Shadow), ' and takes effect there.'), envelope(this.mode, accountsOf(this.world), () => this.changed()));
  }

  show(main, pairs) {
    const { action } = this;
    fill(main,
      head(el('span', { translate: 'no' }, breakable(action.Name || 'No action')), lead(action.Summary)),
      el('div', { class: 'work' },
        el('div', { class: 'ask' }, this.account, this.lacking(), this.form.element),
        this.results),
      this.errors(), answers(action), unmade(action));
    this.form.fill(pairs);
  }

  errors() {
    const rows = this.action.Errors;
    return el('section', { id: 'errors', 'aria-labelledby': 'errors-title' },
      el('h2', { id: 'errors-title' }, 'Errors'),
      rows.length > 0 && errors(this.action, this.mode, (row) => this.happen(row)),
      el('p', { class: 'about' },
        rows.length > 0 && !this.mode.Shadow && `${counted(rows.length, 'row')}, each with a call that causes it in an account with the demo world. `,
        'Also see ', link('/_mock/', 'the errors of every action'), '.'));
  }

  // lacking offers the demo world if the example needs what the world lacks.
  lacking() {
    if (this.mode.Shadow) return null; // the service does not have it
    const values = new Set(calls.of(this.action.Example).pairs.map(([, value]) => value));
    const here = new Set(idsOf({ SecurityGroups: this.world.all('group'), Vpcs: this.world.all('vpc') }));
    const lacks = idsOf(this.demo).filter((id) => values.has(id) && !here.has(id));
    if (lacks.length === 0) return null;
    const add = button('Add the demo world', () => addDemo(account()).then(() => { element.hidden = true; }, (failure) => this.answer.fail(failure)));
    const element = notice(['The example needs the demo world: there is no ', code(lacks.join(', ')), ' here.'], add);
    return element;
  }

  changed() {
    const call = this.form.call();
    const { line, body } = calls.request(call, this.mode);
    fill(this.preview, whole(line), body && ['\n\n', whole(body)]);
    this.samples.show(call);
    this.keepSoon();
  }

  // send makes the call of the form and shows the answer.
  async send(call, reveals = true) {
    this.answer.wait();
    this.keep();
    const turn = this.turn = {}; // an answer that comes late does not replace a newer one
    try {
      const entry = await perform(call);
      if (turn !== this.turn) return entry.answer;
      this.answer.show(entry);
      this.history.show();
      if (reveals) {
        this.reveal();
        this.announce();
      }
      return entry.answer;
    } catch (failure) {
      if (turn !== this.turn) return undefined;
      this.answer.fail(failure);
      this.announce();
      return undefined;
    }
  }

  // announce says how the call ended, why, and what it changed.
  announce() {
    const { status, hint, verdict, effect } = this.answer;
    say([status, hint, verdict, effect].map((part) => !part.hidden && part.textContent));
  }

  // reveal scrolls to the answer.
  reveal() {
    this.results.scrollTop = 0;
    this.answer.status.scrollIntoView({ block: 'nearest' });
  }

  // happen makes the calls that cause an error row, the last one in the form, and reports
  // whether the answer is that of the row.
  async happen(row) {
    this.answer.wait();
    try {
      const last = await prepare(row, this.form.call());
      this.form.fill(adopt(last.pairs));
      this.offer();
    } catch (failure) {
      this.answer.fail(failure);
      return undefined;
    }
    const answer = await this.send(this.form.call(), false); // the row that was pressed stays in sight
    if (!answer) return undefined;
    const of = this.mode.Strict ? 'the demo world, without -strict' : 'the demo world';
    const as = holds(row, answer);
    this.answer.judge(as, as ? 'The answer is as in the error table.' : `The answer differs from the error table, which is for ${of}.`);
    this.announce();
    return as;
  }
}
