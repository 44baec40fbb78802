// The page: shows the view of the URL.

import { showAction } from './action.js';
import { start } from './address.js';
import { showClock } from './clock.js';
import { showDifferences } from './differences.js';
import { button, el, fill, head } from './dom.js';
import { showFaults } from './faults.js';
import { showJournal } from './journal.js';
import { describe, listResources } from './header.js';
import { listActions, mark } from './directory.js';
import { listen } from './keys.js';
import { listen as hear } from './live.js';
import { say } from './say.js';
import { showStart } from './start.js';
import { showWorld } from './world.js';

const views = {
  actions: ['Actions', (main, place) => (place.api === undefined ? showStart(main) : showAction(main, place))],
  world: ['World', showWorld],
  journal: ['Journal', showJournal],
  differences: ['Differences', showDifferences],
  faults: ['Faults', showFaults],
  clock: ['Clock', showClock],
};

const main = document.getElementById('main');

let leave; // what the view that is shown wants done when it goes
let turn = 0; // of the views that were asked for

// show renders a view and then replaces the one that is shown.
async function show(place) {
  const view = views[place.view] ? place.view : 'actions';
  const [title, render] = views[view];
  document.title = `${place.api || title} · ecsmock`;
  for (const link of document.querySelectorAll('#views a')) {
    if (link.dataset.view === view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.documentElement.dataset.view = view;
  mark(place.api);
  const mine = ++turn;
  const content = el('div', { class: view });
  const left = await render(content, place).catch((failure) => {
    fill(content, head(title, broken(failure, place)));
  });
  if (mine !== turn) {
    left?.(); // people were faster, and are elsewhere
    return;
  }
  leave?.();
  leave = left;
  fill(main, content);
  main.removeAttribute('aria-busy');
  if (mine > 1) arrive();
}

// broken shows an error and offers to try again.
function broken(failure, place) {
  const retry = button('Try again', () => {
    introduce();
    show(place);
  });
  say(failure.message);
  return el('div', { class: 'broken' }, el('p', { class: 'refused' }, failure.message), retry);
}

// arrive scrolls to the target of the link.
function arrive() {
  scrollTo(0, 0);
  main.querySelector('h1')?.focus({ preventScroll: true });
}

// introduce fills the header, the list of actions and the footer. The view shows errors.
function introduce() {
  return Promise.allSettled([listActions(), describe(), listResources()]);
}

introduce();
listen();
hear();
start(show);
