// The first view: the actions, and how to point a client here.

import { of } from './address.js';
import * as calls from './call.js';
import { code, el, fill, folded, head, lead, link, table } from './dom.js';
import { contract } from './mock.js';
import { breakable, counted } from './words.js';

export async function showStart(main) {
  const { Actions, Gateway, Signature, NotMocked } = await contract();
  fill(main,
    head('A mock of ECS security groups', lead(
      'Point an unchanged SDK at ', code(location.host), ' with any access key, say ', code('testid'), ' and ',
      code('testsecret'), '. What it calls shows in the ', link('/_mock/?view=journal', 'journal'),
      ', what it did in the ', link('/_mock/?view=world', 'world'), '.')),
    el('section', { 'aria-labelledby': 'overview-title' },
      el('h2', { id: 'overview-title' }, counted(Actions.length, 'action')),
      el('table', { class: 'overview' }, el('tbody', {}, Actions.map(line)))),
    folded('Errors of every action', rows(Gateway)),
    folded('Errors of signatures, with -signatures=require', rows(Signature.map(unsent))),
    folded(`${counted(NotMocked.length, 'action')} of ECS that the mock does not have`,
      el('p', { class: 'names' }, NotMocked.join(', '))));
}

function line({ Name, Summary, Errors }) {
  return el('tr', {},
    el('th', { scope: 'row' }, link(of(Name), Name)),
    el('td', {}, Summary),
    el('td', { class: 'muted count' }, Errors.length > 0 && counted(Errors.length, 'error')));
}

function rows(errors) {
  return table(['Status', 'Code and message', 'When', 'Call'], errors.map((row) => el('tr', {},
    el('td', { class: 'bad' }, String(row.Status)),
    el('td', {}, code(breakable(row.Code)), ' ', el('span', { class: 'message' }, row.Message)),
    el('td', {}, row.When),
    el('td', { class: 'does' }, call(row)))));
}

// unsent returns a row without its calls: a form sends no signature of one's own.
const unsent = (row) => ({ ...row, Steps: null });

// call returns a link to the call that causes an error, if a form can send it.
function call({ Steps, Strict }) {
  if (!Steps) return null;
  const { Query, Options } = Steps[0];
  if (Options || /%(?![\dA-F]{2})/i.test(Query)) {
    return el('span', { class: 'about' }, 'Not possible from a page. ', Options && code(`curl ${Options.trim()}`));
  }
  const { action, pairs } = calls.of(Query);
  return [link(of(action, pairs), 'Open…'), Strict && el('span', { class: 'about' }, ' with -strict')];
}
