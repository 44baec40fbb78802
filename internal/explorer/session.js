// The calls of this page since it was opened, and the effect of the last one.

import * as calls from './call.js';
import { between } from './effect.js';
import { state } from './mock.js';
import { settings } from './settings.js';

const most = 50; // calls that are remembered

export const session = { history: [], effect: new Map() };

// perform makes a call and stores it: {call, answer, effect, sent}.
export async function perform(call) {
  const before = await state();
  const answer = await calls.send(call);
  const effect = between(before, await state());
  const entry = { call, answer, effect, sent: { ...settings }, time: new Date() };
  session.history.unshift(entry);
  session.history.length = Math.min(session.history.length, most);
  session.effect = effect;
  return entry;
}
