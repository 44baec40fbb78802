// Requests to /_mock/, and to the API.

import { catalogue } from './catalogue.js';

const base = '/_mock/';

// ask returns the JSON of a resource. An Error has the sentence of the mock.
export async function ask(path, method = 'GET', body = undefined, more = {}) {
  return (await request(path, { method, body, ...more })).json();
}

// text returns a resource that is not JSON.
export async function text(path) {
  return (await request(path)).text();
}

// request returns a successful answer. Every Error says what to do.
async function request(path, options) {
  const answer = await fetch(base + path, options).catch(() => {
    throw new Error(`Nothing answers at ${location.host}. Start ecsmock there and try again.`);
  });
  if (answer.ok) return answer;
  const { error } = await answer.json().catch(() => ({}));
  throw new Error(error ?? `${base + path} was answered with ${answer.status}. See the log of ecsmock.`);
}

// stateAnswer returns the world with its revision.
export async function stateAnswer() {
  const answer = await request('state');
  return { state: await answer.json(), revision: Number(answer.headers.get('X-Ecsmock-Revision')) };
}

export const state = () => ask('state');
export const health = once(() => ask('health'));
export const contract = once(async () => catalogue(await ask('actions')));
export const demo = once(() => ask('demo'));
export const clients = once(async () => (await ask('samples')).Clients);

// addDemo adds the demo world to what an account has.
export function addDemo(account) {
  return demo().then((world) => ask(`seed?account=${account}`, 'POST', JSON.stringify(world)));
}

// once calls a function once, again if it failed.
function once(get) {
  let asked;
  return () => {
    asked ??= get().catch((failure) => {
      asked = undefined;
      throw failure;
    });
    return asked;
  };
}
