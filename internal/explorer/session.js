// The calls of this page since it was opened.

import * as calls from './call.js';
import { ask } from './mock.js';
import { settings } from './settings.js';

const most = 50; // calls that are remembered

export const session = { history: [] };

// perform makes a call and stores it: {call, answer, changes, sent, time}. What it changed is
// what the journal says of its RequestId, whatever others do meanwhile.
export async function perform(call) {
  const answer = await calls.send(call);
  const entry = { call, answer, sent: { ...settings }, time: new Date() };
  const id = answer.headers.find(([name]) => name.toLowerCase() === 'x-acs-request-id')?.[1];
  if (id) {
    const { Calls } = await ask(`journal?limit=1&search=${id}`).catch(() => ({ Calls: [] })); // it may have been cleared
    entry.changes = Calls[0]?.Changes;
    entry.time = new Date(Calls[0]?.Time ?? entry.time);
  }
  session.history.unshift(entry);
  session.history.length = Math.min(session.history.length, most);
  return entry;
}
