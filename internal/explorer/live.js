// The one stream of what happens at the mock: calls, loads of the world, faults, the clock.
// The world is downloaded when it is first needed, and again when it was replaced; calls
// change it by the changes that they list.

import { stateAnswer } from './mock.js';
import { World } from './model.js';
import { later } from './pause.js';

export const live = {
  last: [], // the changes of the last call that changed something
  groups: undefined, // so many groups there are
};

const listeners = new Set();
let world; // a promise of the world, once it is needed
let loads = 0;
let missed; // the calls that came while the world is on its way
let wanted = 0; // the revision that the world must have
let stale = false; // whether another mock may answer than before

// follow calls a function for each event, with its name and its data, until what it
// returns is called. A world event comes after the world was replaced.
export function follow(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(name, data) {
  for (const listener of listeners) listener(name, data);
}

// theWorld returns the world, which changes as things happen.
export function theWorld() {
  world ??= load().catch((failure) => {
    world = undefined;
    throw failure;
  });
  return world;
}

// load downloads the world, again if calls came before the stream was open. The answer of an
// older download never replaces that of a newer one.
async function load() {
  const mine = ++loads;
  missed = [];
  const { state, revision } = await stateAnswer();
  if (mine !== loads) return world;
  live.world = new World(state, revision);
  live.groups = live.world.groups.size;
  missed.forEach(take);
  missed = undefined;
  if (revision < wanted) again();
  return live.world;
}

async function reload() {
  live.last = [];
  if (!world) return;
  const loading = world = load();
  try {
    await loading;
    if (world === loading) tell('world');
  } catch (failure) {
    tell('lost', failure.message);
  }
}

const again = later(reload, 50); // loads often come in rows

// take changes the world as a call did.
function take(call) {
  for (const change of call.Changes) live.world?.apply(change, call.Revision);
}

const heard = {
  call(call) {
    if (!call.Revision) return;
    if (!call.Changes) again(); // they are no longer kept
    else if (call.Changes.length > 0) {
      live.last = call.Changes;
      const of = (part) => call.Changes.filter((change) => change.Kind === 'group' && !change[part]).length;
      live.groups += of('Was') - of('Is');
      missed?.push(call);
      take(call);
    }
  },
  state({ Revision, Groups }) {
    live.groups = Groups;
    wanted = Revision;
    if (stale || live.world?.revision < Revision) again();
    stale = false;
  },
  skipped() { again(); },
  faults({ Faults }) { live.faults = Faults; },
  clock(clock) { live.clock = clock; },
};

// listen opens the stream, again and again if the mock is not there.
export function listen() {
  const stream = new EventSource('/_mock/events');
  for (const [name, act] of Object.entries(heard)) {
    stream.addEventListener(name, ({ data }) => {
      const event = JSON.parse(data);
      act(event);
      tell(name, event);
    });
  }
  stream.addEventListener('error', () => {
    stale = true;
    tell('lost');
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  });
}
