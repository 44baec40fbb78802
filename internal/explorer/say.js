// One live region of the page says what happened, so that no two are read at once.

import { fill } from './dom.js';

const region = document.getElementById('said');
let timer;

// say has a text read aloud when nothing more has come for a moment.
export function say(...parts) {
  clearTimeout(timer);
  region.textContent = '';
  timer = setTimeout(() => { region.textContent = parts.flat().filter(Boolean).join(' '); }, 250);
}

// tell shows a text in an element, and says it.
export function tell(element, ...text) {
  fill(element, text);
  say(element.textContent);
}
