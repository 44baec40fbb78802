// The code of a call, for a client of choice.

import { button, code, el, fill } from './dom.js';
import { clients, text } from './mock.js';
import { later } from './pause.js';
import { settings } from './settings.js';

let chosen = ''; // the client, for as long as the page is open

export class Samples {
  constructor() {
    this.choice = el('select', { id: 'client', change: () => this.choose() });
    this.code = el('pre', { id: 'sample', tabindex: '0', 'aria-label': 'Code of the call' });
    this.said = el('span', { role: 'status', class: 'muted' });
    this.how = el('p', { class: 'about' });
    this.copier = button('Copy', () => this.copy());
    this.element = el('section', { id: 'samples', 'aria-labelledby': 'samples-title' },
      el('h2', { id: 'samples-title' }, 'Code'),
      el('div', { class: 'tools' }, el('label', { for: 'client' }, 'Client'), this.choice, this.copier, this.said),
      this.code, this.how);
    this.loadSoon = later(() => this.load(), 150);
  }

  // show shows the code of a call, once people stop changing it.
  show(call) {
    this.call = call;
    this.loadSoon();
  }

  async offer() {
    this.clients = await clients();
    fill(this.choice, this.clients.map(({ Name, Title }) => el('option', { value: Name }, Title)));
    if (chosen) this.choice.value = chosen;
  }

  choose() {
    chosen = this.choice.value;
    this.load();
  }

  // load gets the code of the call, or why there is none. An older call's that comes
  // late is not shown.
  async load() {
    const { call } = this;
    const asked = this.asked = {};
    let shown;
    try {
      if (!this.clients) await this.offer();
      const key = settings.key ? [['AccessKeyId', settings.key]] : [];
      const query = new URLSearchParams([['Action', call.action], ...key, ...call.pairs]);
      shown = { code: await text(`samples/${this.choice.value}?${query}`) };
    } catch (failure) {
      shown = { code: failure.message, failed: true };
    }
    if (asked !== this.asked) return;
    fill(this.code, shown.code);
    this.code.classList.toggle('refused', Boolean(shown.failed));
    this.copier.disabled = Boolean(shown.failed);
    this.explain();
  }

  explain() {
    const client = this.clients?.find(({ Name }) => Name === this.choice.value) ?? {};
    const part = (word, told) => told && [word, code(told.replaceAll('<Action>', this.call.action)), '. '];
    fill(this.said);
    fill(this.how, part('In ', client.File), part('Once: ', client.Install), part('Run: ', client.Run));
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.code.textContent);
      fill(this.said, 'Copied.');
    } catch {
      getSelection().selectAllChildren(this.code);
      fill(this.said, 'Selected: press Ctrl and C.');
    }
  }
}
