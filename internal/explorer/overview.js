// The actions by what they are about, and the errors that every action has.

import { of } from './address.js';
import * as calls from './call.js';
import { code, el, folded, link, table } from './dom.js';
import { nounIn } from './model.js';
import { breakable, counted } from './words.js';

export function overview({ Products, Actions, Gateway, Signature }) {
  return [
    Products.map((product) => actions(product, Actions)),
    folded('Errors of every action', rows(Gateway)),
    folded('Errors of signatures, with -signatures=require', rows(Signature.map(unsent))),
    Products.map(({ Title, NotMocked }) => folded(`${counted(NotMocked.length, 'action')} of ${Title} that the mock does not have`,
      el('p', { class: 'names', translate: 'no' }, NotMocked.join(', ')))),
  ];
}

// actions returns the actions of a product, grouped by the nouns in their names.
function actions({ Name, Title }, all) {
  const mine = all.filter(({ Product }) => Product === Name);
  const id = `overview-${Name}`;
  const groups = new Map();
  for (const action of mine) {
    const noun = mine.length > 20 ? nounIn(action.Name) ?? '' : '';
    groups.set(noun, [...groups.get(noun) ?? [], action]);
  }
  const group = ([noun, list]) => [
    groups.size > 1 && el('h3', {}, noun ? noun.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : 'Others'),
    el('table', { class: 'overview' }, el('tbody', {}, list.map(line))),
  ];
  return el('section', { 'aria-labelledby': id }, el('h2', { id }, `${counted(mine.length, 'action')} of ${Title}`), [...groups].sort(([a], [b]) => !a - !b).map(group));
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
