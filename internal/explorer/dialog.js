// Questions, and other things that come before the page.

import { button, el } from './dom.js';

// choose shows a content, whose title has the id question, with buttons: the value, the
// text and the attributes of each. It returns the value of the one that was pressed, "" if
// the dialog was closed otherwise.
export function choose(content, answers) {
  return new Promise((resolve) => {
    const close = () => {
      dialog.remove();
      resolve(dialog.returnValue);
    };
    const answer = ([value, text, attributes]) => button(text, () => dialog.close(value), attributes);
    const dialog = el('dialog', { 'aria-labelledby': 'question', close },
      content, el('div', { class: 'tools' }, answers.map(answer)));
    document.body.append(dialog);
    dialog.showModal();
  });
}

// confirmed asks a question and reports whether the answer was yes.
export async function confirmed(question, yes) {
  const answers = [['yes', yes, { class: 'main' }], ['', 'Cancel', { autofocus: true }]];
  return await choose(el('p', { id: 'question' }, question), answers) === 'yes';
}
