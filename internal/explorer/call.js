// A call is {action, pairs}: what is sent, in order. How it is sent is in the settings.

import { readable } from './address.js';
import { ask, health } from './mock.js';
import { settings } from './settings.js';
import { sign } from './sign.js';

// of is the call that a query makes, in which # stands for a number.
export function of(query, number = '#') {
  const pairs = [...new URLSearchParams(query.replaceAll('#', number))];
  return {
    action: pairs.find(([name]) => name === 'Action')?.[1] ?? '',
    pairs: pairs.filter(([name]) => name !== 'Action'),
  };
}

// request is what the page sends, as far as it is known before it is signed.
export function request(call, manner) {
  const pairs = envelop(call, manner);
  const query = readable(new URLSearchParams(pairs));
  if (settings.method === 'GET') return { pairs, line: `GET ${location.origin}/?${query}`, body: '' };
  return { pairs, line: `POST ${location.origin}/`, body: query };
}

// signed tells whether calls are signed: it does no harm where only a warning is at stake.
export const signed = (manner) => manner.Signatures !== 'off';

function envelop(call, manner) {
  const pairs = call.pairs.slice();
  const given = new Set(pairs.map(([name]) => name));
  const add = (name, value) => value && !given.has(name) && pairs.push([name, value]);
  add('Format', settings.format);
  add('Version', manner.Strict && '2014-05-26');
  add('AccessKeyId', settings.key || (signed(manner) && 'testid'));
  return call.action ? [['Action', call.action], ...pairs] : pairs;
}

// send makes a call and tells all that came back. An answer that did not come, or
// not whole, has the status 0.
export async function send(call) {
  const manner = await health();
  const sent = request(call, manner);
  let { pairs } = sent;
  if (signed(manner)) pairs = await sign(settings.method, pairs, settings.secret || 'testsecret', (await ask('clock')).Now);
  const query = new URLSearchParams(pairs).toString();
  const started = performance.now();
  try {
    const answer = settings.method === 'GET'
      ? await fetch(`/?${query}`, { cache: 'no-store', headers: { 'X-Requested-With': 'fetch' } }) // no other site's page can say so
      : await fetch('/', { method: 'POST', body: new URLSearchParams(query) });
    return received(answer, await answer.text(), performance.now() - started);
  } catch {
    return { status: 0, code: '', hint: '', headers: [], body: '', ms: performance.now() - started };
  }
}

function received(answer, body, ms) {
  return {
    status: answer.status,
    ...failure(body),
    hint: answer.headers.get('X-Ecsmock-Hint') ?? '',
    headers: [...answer.headers],
    body,
    ms,
  };
}

// failure is the code and the message of an error in either format, blank in a success.
function failure(body) {
  if (body.startsWith('<')) {
    const root = new DOMParser().parseFromString(body, 'application/xml').documentElement;
    const part = (name) => (root.tagName === 'Error' && root.getElementsByTagName(name)[0]?.textContent) || '';
    return { code: part('Code'), message: part('Message') };
  }
  try {
    const { Code = '', Message = '' } = JSON.parse(body);
    return { code: Code, message: Message };
  } catch {
    return { code: '', message: '' };
  }
}
