// The first view: the actions, and how to point a client here.

import { of } from './address.js';
import * as calls from './call.js';
import { code, el, fill, folded, head, lead, link, table } from './dom.js';
import { contract } from './mock.js';
import { breakable, counted } from './words.js';

export async function showStart(main) {
  const { Products, Actions, Gateway, Signature } = await contract();
  fill(main,
    head('A mock of ECS security groups', lead(
      'Point an unchanged SDK at ', code(location.host), ' with any access key, say ', code('testid'), ' and ',
      code('testsecret'), '. What it calls shows in the ', link('/_mock/?view=journal', 'journal'),
      ', what it did in the ', link('/_mock/?view=world', 'world'), '.')),
    Products.map((product) => overview(product, Actions)),
    folded('Errors of every action', rows(Gateway)),
    folded('Errors of signatures, with -signatures=require', rows(Signature.map(unsent))),
    Products.map(({ Title, NotMocked }) => folded(`${counted(NotMocked.length, 'action')} of ${Title} that the mock does not have`,
      el('p', { class: 'names' }, NotMocked.join(', ')))));
}

// overview returns the list of the actions of a product.
function overview({ Name, Title }, actions) {
  const mine = actions.filter(({ Product }) => Product === Name);
  const id = `overview-${Name}`;
  return el('section', { 'aria-labelledby': id },
    el('h2', { id }, `${counted(mine.length, 'action')} of ${Title}`),
    el('table', { class: 'overview' }, el('tbody', {}, mine.map(line))));
}

function line({ Key, Name, Title, Named, Summary, Errors }) {
  return el('tr', {},
    el('th', { scope: 'row' }, link(of(Key), Name, { translate: 'no', 'aria-label': Named && `${Name} of ${Title}` })),
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
function call({ Code, When, Steps, Strict }) {
  if (!Steps) return null;
  const { Query, Options } = Steps[0];
  if (Options || /%(?![\dA-F]{2})/i.test(Query)) {
    return el('span', { class: 'about' }, 'Not possible from a page. ', Options && code(`curl ${Options.trim()}`));
  }
  const { action, pairs } = calls.of(Query);
  return [link(of(action, pairs), 'Open…', { 'aria-label': `Open… ${Code}, ${When}` }), Strict && el('span', { class: 'about' }, ' with -strict')];
}
