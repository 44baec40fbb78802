// A call in the journal. What it is made of is loaded when it is unfolded.

import { go, of } from './address.js';
import { button, code, el, fill, link, longCode } from './dom.js';
import { effects } from './effect.js';
import { highlight } from './highlight.js';
import { ask, text } from './mock.js';
import { tell } from './say.js';
import { common, ordinary } from './settings.js';
import { breakable } from './words.js';

export class Entry {
  constructor(call, key, journal) {
    Object.assign(this, { call, key, journal });
    const { Number: number, Status, Code, Hint, Time, AccountId } = call;
    this.body = el('div', { class: 'whole' });
    this.fold = el('details', { toggle: () => this.fold.open && this.load() }, el('summary', {}, gist(call)), this.body);
    const chip = (name, value) => button('', () => journal.choose(name, value), { class: 'quiet', 'aria-label': `Only ${name} ${value}: call ${number}` });
    const action = chip('action', key);
    fill(action, el('code', { class: 'what' }, key ? breakable(key) : 'no action'));
    const account = AccountId !== ordinary && chip('account', AccountId);
    if (account) fill(account, code(AccountId));
    this.element = el('li', { 'data-call': number },
      el('div', { class: 'call' },
        el('span', { class: 'muted number' }, `#${number}`),
        el('time', { class: 'muted', datetime: Time, title: Time }, Time.slice(11, 19)),
        el('strong', { class: Status === 200 ? 'good' : 'bad' }, Status || '—'),
        action, Code && el('code', { class: 'bad' }, breakable(Code)), account, this.button('Open in the form', () => go(form(call, key)))),
      Hint && el('p', { class: 'why' }, el('strong', {}, 'Why'), ' ', Hint),
      this.fold);
  }

  button(title, act) { return button(title, act, { class: 'quiet', 'aria-label': `${title}: call ${this.call.Number}` }); }

  unfold() { this.fold.open = true; }

  // differs reports whether the mock answers otherwise than the service of its shadow.
  differs() { return this.journal.shadow && this.call.Hint.startsWith('the mock differs'); }

  async load() {
    if (this.whole) return;
    const { Calls } = await ask(`journal?call=${this.call.Number}`).catch(({ message }) => ({ Calls: [{ ...this.call, lost: message }] }));
    this.whole = Calls[0] ?? { ...this.call, lost: 'The journal does not have this call any more.' };
    this.show(this.whole);
  }

  show(call) {
    const { Params, Request, Answer, Changes, lost, Method, Host, AccountId, Time, RequestId, Message, Detail } = call;
    this.said = el('p', { class: 'refused' }, lost);
    this.code = longCode('Code', { class: 'sample' });
    fill(this.body,
      el('div', { class: 'tools' },
        Request && !this.journal.shadow && this.button('Send again', () => this.again()),
        this.button('Compare', () => this.journal.compare(call)),
        !this.journal.shadow && this.button('Fail calls like this', () => go(faults(call, this.key))),
        this.button('Show alone', () => this.journal.choose('call', String(call.Number)))),
      this.said,
      this.differs() && part('Differences', pre('Differences of this call', Detail), link('/_mock/?view=differences', 'All differences')),
      Changes && part('Changes', effects(Changes)),
      part('Parameters', list(Object.entries(Params).sort(byNumber))),
      part('Request', list(Object.entries({ Method, Target: Request?.Target ?? `of ${Host}`, AccountId, Time, Detail: !this.differs() && Detail }).concat(Request?.Headers ?? [])), Request?.Body && pre('Body of the request', Request.Body)),
      part('Answer', list(Object.entries({ RequestId, Message }).concat(Answer?.Headers ?? [])),
        Answer ? Answer.Dropped ? el('p', { class: 'muted' }, 'A fault closed the connection without an answer.') : pre('Body of the answer', Answer.Body)
          : el('p', { class: 'muted' }, 'The request and the answer are kept of the newest calls only.'),
        Answer?.Cut && el('p', { class: 'muted' }, 'The rest of the body is not kept, or was not sent.')),
      el('details', { toggle: () => this.sample() }, el('summary', { 'aria-label': `Code: call ${this.call.Number}` }, 'Code'), this.code));
  }

  // sample shows the call as a command.
  async sample() {
    if (this.code.textContent) return;
    const pairs = new URLSearchParams([['Action', this.call.Action], ...given(this.call).filter(([name]) => name !== 'Action')]);
    fill(this.code, await text(`samples/curl?${pairs}`).catch(({ message }) => message));
  }

  // again sends the same bytes. The new call appears in the journal.
  async again() {
    try {
      const { Calls: [{ Number: number, Status, Code }] } = await ask(`replay?call=${this.call.Number}`, 'POST');
      this.said.classList.remove('refused');
      tell(this.said, `Sent again as call ${number}: ${Status || 'no answer'} ${Code}`);
    } catch (failure) {
      tell(this.said, failure.message);
    }
  }
}

const byNumber = ([a], [b]) => a.localeCompare(b, 'en', { numeric: true });
const pre = (label, body) => {
  const element = longCode(label);
  fill(element, highlight(body));
  return element;
};
const part = (title, ...content) => el('section', {}, el('h2', {}, title), ...content);
const list = (pairs) => el('dl', {}, pairs.filter(([, value]) => value).map(([name, value]) => [el('dt', {}, name), el('dd', {}, code(value))]));

// given returns the parameters of a call that were not secret.
const given = ({ Params }) => Object.entries(Params).filter(([, value]) => value !== '***').sort(byNumber);

// gist returns the most important of a call's parameters.
function gist({ Params, Microseconds }) {
  const params = given({ Params }).filter(([name]) => !common(name)).map(([name, value]) => `${name}=${value}`);
  return [`${(Microseconds / 1000).toFixed(2)} ms`, params.join(' ') || 'no parameters'].join(' · ');
}

// form returns the URL of the form with a call. A call that is signed in headers has no
// key among its parameters, and one whose host names the region has no region.
function form({ AccountId, RegionId, Method, Params }, key) {
  const has = (name) => name in Params;
  const data = [['method', Method === 'POST' ? 'POST' : 'GET']];
  if (!has('Format')) data.push(['Format', 'XML']);
  if (!has('AccessKeyId')) data.push(['AccessKeyId', AccountId === ordinary ? '' : AccountId]);
  if (!has('RegionId') && RegionId) data.push(['RegionId', RegionId]);
  return of(key, [...data, ...given({ Params })]);
}

// faults returns the URL of the form of a fault that matches calls like this one.
function faults(call, key) {
  const Params = new URLSearchParams(given(call).filter(([name]) => !common(name) && name !== 'ClientToken')).toString();
  const account = call.AccountId === ordinary ? [] : [['AccountId', call.AccountId]];
  return `/_mock/?${new URLSearchParams([['view', 'faults'], ['Action', key], ...(Params ? [['Params', Params]] : []), ...account])}`;
}
