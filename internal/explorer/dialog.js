// Questions before something is deleted.

import { button, el } from './dom.js';

// confirmed asks a question and reports whether the answer was yes.
export function confirmed(question, yes) {
  return new Promise((resolve) => {
    const close = (answer) => () => dialog.close(answer);
    const dialog = el('dialog', {
      'aria-labelledby': 'question',
      close: () => {
        dialog.remove();
        resolve(dialog.returnValue === 'yes');
      },
    }, el('p', { id: 'question' }, question),
    el('div', { class: 'tools' }, button(yes, close('yes'), { class: 'destroys' }), button('Cancel', close('no'), { autofocus: true })));
    document.body.append(dialog);
    dialog.showModal();
  });
}
