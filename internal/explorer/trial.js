// The call of an action's example, made in place in an account with the demo world: it
// succeeds the first time, and then it is refused.

import * as calls from './call.js';
import { button, code, el, fill, link, muted } from './dom.js';
import { prepare, sandbox, within } from './sandbox.js';
import { say } from './say.js';

export function trial(call, example) {
  let made; // the call, once the demo world is there for it
  const press = async () => {
    const { status, code: refusal, hint } = await within(async () => {
      made ??= await prepare({ Steps: [{ Query: example }] }, call);
      return calls.send({ ...call, ...made });
    });
    fill(result,
      el('p', {}, el('strong', { class: status === 200 ? 'good' : 'bad' }, String(status)), ' ', code(refusal || 'OK'), ' ',
        muted('in account ', link(`/_mock/?view=world&find=${sandbox}`, sandbox))),
      el('p', {}, hint || 'The rule was revoked. Revoke it again to see why that is refused.'));
    say(result.textContent);
  };
  const again = () => {
    made = undefined;
    return press();
  };
  const safely = (act) => () => act().catch((failure) => fill(result, failure.message));
  const result = el('div', { class: 'result' }, muted('Not called yet.'));
  return el('section', { id: 'trial', 'aria-labelledby': 'trial-title' },
    el('h2', { id: 'trial-title' }, 'Revoke the rule of the sample'),
    el('div', { class: 'tools' }, button('Revoke it', safely(press), { class: 'main' }), button('Start again', safely(again), { class: 'quiet' })),
    result);
}
