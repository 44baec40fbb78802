// The account in which the page causes errors, so that the world of its reader stays as it
// is. It has the demo world, loaded again for each error.

import * as calls from './call.js';
import { ask, demo } from './mock.js';
import { ordinary, settings } from './settings.js';

const digits = () => String(crypto.getRandomValues(new BigUint64Array(1))[0]).padStart(15, '0').slice(-15);

export const sandbox = sessionStorage.sandbox ??= `9${digits()}`;

let before; // the key and the secret of the reader

// theirs returns a text about the default account as one about this account, in which the
// examples name their groups by the default account's e-mail address.
const theirs = (text) => text.replaceAll('test@aliyun.com', sandbox).replaceAll(ordinary, sandbox);

// prepare makes the calls that come before the one that causes the error of a row, and
// returns that one.
export async function prepare({ Steps }, call) {
  if (settings.key !== sandbox) before = [settings.key, settings.secret];
  [settings.key, settings.secret] = [sandbox, ''];
  await ask(`state?account=${sandbox}`, 'PUT', theirs(JSON.stringify(await demo())));
  const times = ({ Query, Times = 1 }) => Array.from({ length: Times }, (_, i) => calls.of(theirs(Query), String(i + 1)));
  const steps = Steps.flatMap(times);
  const last = steps.pop();
  for (const step of steps) await calls.send({ ...call, ...step });
  return last;
}

// within runs a function whose calls go to the account.
export async function within(run) {
  const { key, secret } = settings;
  Object.assign(settings, { key: sandbox, secret: '' });
  try {
    return await run();
  } finally {
    Object.assign(settings, { key, secret });
  }
}

// leave uses the key and the secret again that were used before.
export function leave() {
  [settings.key, settings.secret] = before ?? ['', ''];
}
