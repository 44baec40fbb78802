// A call is {action, pairs, key, product, version, named}: the parameters in order, the action's
// key in addresses, and its product with the version, which is sent if named is true. The settings
// say how to send it.

import { readable } from './address.js';
import { ask, health } from './mock.js';
import { settings } from './settings.js';
import { sign } from './sign.js';

// of returns the call of a query, in which # stands for a number.
export function of(query, number = '#') {
  const pairs = [...new URLSearchParams(query.replaceAll('#', number))];
  return {
    action: pairs.find(([name]) => name === 'Action')?.[1] ?? '',
    pairs: pairs.filter(([name]) => name !== 'Action'),
  };
}

// request returns what the page sends, without the signature.
export function request(call, mode) {
  const pairs = envelop(call, mode);
  const query = readable(new URLSearchParams(pairs));
  if (settings.method === 'GET') return { pairs, line: `GET ${location.origin}/?${query}`, body: '' };
  return { pairs, line: `POST ${location.origin}/`, body: query };
}

// signed reports whether the page signs calls. With -signatures=warn a signature does no harm,
// and the service of a shadow wants one.
export const signed = (mode) => mode.Signatures !== 'off' || Boolean(mode.Shadow);

function envelop(call, mode) {
  const pairs = call.pairs.slice();
  const given = new Set(pairs.map(([name]) => name));
  const add = (name, value) => value && !given.has(name) && pairs.push([name, value]);
  add('Format', settings.format);
  add('Version', (call.named || mode.Strict) && call.version);
  add('AccessKeyId', settings.key || (signed(mode) && 'testid'));
  return call.action ? [['Action', call.action], ...pairs] : pairs;
}

// send makes a call and returns the answer. One that is missing or truncated has the
// status 0.
export async function send(call) {
  const mode = await health();
  const sent = request(call, mode);
  let { pairs } = sent;
  if (signed(mode)) pairs = await sign(settings.method, pairs, settings.secret || 'testsecret', (await ask('clock')).Now);
  const query = new URLSearchParams(pairs).toString();
  const started = performance.now();
  try {
    const answer = settings.method === 'GET'
      ? await fetch(`/?${query}`, { cache: 'no-store', headers: { 'X-Requested-With': 'fetch' } }) // pages of other sites cannot send it
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

// failure returns the code and the message of an error in either format, blank for a success.
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
