// What a call changed, in words.

import { code as mono, el, link } from './dom.js';
import { sentence } from './rule.js';
import { changeOf } from './way.js';
import { counted } from './words.js';

const signs = { added: '+', removed: '−', changed: '~' };
const most = 12; // changes that are shown

// effects returns a line for each change of a call. Without a list it is not known.
export function effects(changes) {
  if (!changes) return null;
  if (changes.length === 0) return el('p', { class: 'muted' }, 'Nothing in the world changed.');
  return [
    el('h3', {}, 'In the world'),
    el('ul', { class: 'changes' }, changes.slice(0, most).map(line),
      changes.length > most && el('li', {}, `and ${counted(changes.length - most, 'more change')}`)),
    link('/_mock/?view=world', 'Show it in the world'),
  ];
}

function line(change) {
  const did = changeOf(change);
  return el('li', { 'data-change': did }, el('span', { class: 'sign', role: 'img', 'aria-label': did }, signs[did]), mono(text(change)));
}

function text({ Kind, Id, SecurityGroupId, Was, Is }) {
  const name = Kind === 'rule' ? `${SecurityGroupId}: ${sentence(Is ?? Was)}` : `${Kind.replaceAll('-', ' ')} ${Id}`;
  if (!Was || !Is) return name;
  const fields = [...new Set([...Object.keys(Was), ...Object.keys(Is)])].filter((field) => plain(Was[field]) !== plain(Is[field]));
  return `${name}: ${fields.map((field) => `${field}: ${plain(Was[field])} → ${plain(Is[field])}`).join(', ')}`;
}

// plain returns a value in words. Lists are lists of ids or of tags and the like.
function plain(value = 'none') {
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'object' ? Object.values(one).join('=') : one)).join(', ') || 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
