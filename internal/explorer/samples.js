// The code of a call, for a chosen client.

import { button, code, el, fill, longCode } from './dom.js';
import { text } from './mock.js';
import { later } from './pause.js';
import { tell } from './say.js';
import { common, settingPairs, settings } from './settings.js';

let chosen = ''; // the client, for as long as the page is open

export class Samples {
  constructor(clients, title = 'Code') {
    this.clients = clients;
    this.choice = el('select', { id: 'client', change: () => this.choose() },
      clients.map(({ Name, Title }) => el('option', { value: Name, selected: Name === chosen }, Title)));
    this.code = longCode('Code of the call', { id: 'sample' });
    this.said = el('span', { class: 'muted' });
    this.stand = el('p', { class: 'about', hidden: true }, 'The form is empty; this is the example.');
    this.how = el('p', { class: 'about' });
    this.copier = button('Copy', () => this.copy(), { disabled: true });
    this.element = el('section', { id: 'samples', 'aria-labelledby': 'samples-title' },
      el('h2', { id: 'samples-title' }, title),
      el('div', { class: 'tools' }, el('label', { for: 'client' }, 'Client'), this.choice, this.copier, this.said),
      this.stand, this.code, this.how);
    this.loadSoon = later(() => this.load(), 150);
  }

  // show shows the code of a call when it stops changing.
  show(call) {
    this.call = call;
    this.loadSoon();
  }

  choose() {
    chosen = this.choice.value;
    this.load();
  }

  // load gets the code of the call, or why there is none. The code of an older call is
  // not shown.
  async load() {
    const { call } = this;
    const client = this.clients.find(({ Name }) => Name === this.choice.value);
    const asked = this.asked = {};
    let shown;
    try {
      const version = call.named ? [['Version', call.version]] : [];
      const query = new URLSearchParams([['Action', call.action], ...version, ...settingPairs(), ...call.pairs]);
      shown = { code: await text(`samples/${client.Name}?${query}`), failed: false };
    } catch (failure) {
      shown = { code: failure.message, failed: true };
    }
    if (asked !== this.asked) return;
    if (this.code.textContent !== shown.code) fill(this.said); // what was copied is no longer shown
    fill(this.code, shown.code);
    this.code.classList.toggle('refused', shown.failed);
    this.copier.disabled = shown.failed;
    this.stand.hidden = shown.failed || call.pairs.some(([name]) => !common(name));
    this.explain(client, call);
  }

  // explain says how to run the code, if there is any.
  explain({ File, Install, Run, Packages, Chosen }, { action, product }) {
    const { Package } = Packages?.find(({ Product }) => Product === product) ?? {};
    const part = (word, data) => data && [word, code(data.replaceAll('<Action>', action).replace('<package>', Package)), '. '];
    const ordinary = settings.method === 'GET' && settings.format === 'JSON';
    const fixed = !Chosen && !ordinary && 'This client chooses the method and the format itself. ';
    fill(this.how, !this.copier.disabled && [fixed, part('In ', File), part('Once: ', Install), part('Run: ', Run)]);
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.code.textContent);
      tell(this.said, 'Copied.');
    } catch {
      getSelection().selectAllChildren(this.code);
      tell(this.said, 'Selected; press Ctrl+C to copy.');
    }
  }
}
