// Questions, and other things that come before the page.

import { button, el } from './dom.js';
import { tell } from './say.js';

// choose shows a content, whose title has the id question, with buttons: the value, the
// text and the attributes of each. It returns the value of the one that was pressed, "" if
// the dialog was closed otherwise. Before that it calls act with the value; an error is
// shown, and the dialog stays.
export function choose(content, answers, act = () => {}) {
  return new Promise((resolve) => {
    const close = () => {
      dialog.remove();
      resolve(dialog.returnValue);
    };
    const said = el('p', { class: 'refused' });
    const end = (value) => async () => {
      try {
        if (value) await act(value);
        dialog.close(value);
      } catch (failure) {
        tell(said, failure.message);
      }
    };
    const answer = ([value, text, attributes]) => button(text, end(value), attributes);
    const dialog = el('dialog', { 'aria-labelledby': 'question', close },
      content, said, el('div', { class: 'tools' }, answers.map(answer)));
    document.body.append(dialog);
    dialog.showModal();
  });
}

// confirmed asks a question and reports whether the answer was yes.
export async function confirmed(question, yes) {
  const answers = [['yes', yes, { class: 'main' }], ['', 'Cancel', { autofocus: true }]];
  return await choose(el('p', { id: 'question' }, question), answers) === 'yes';
}
