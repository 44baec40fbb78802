// The settings of calls: method, format and access key.

import { signed } from './call.js';
import { choices, el, input } from './dom.js';
import { settings } from './settings.js';

export function envelope(mode, accounts, changed) {
  const set = (name) => (event) => {
    settings[name] = event.target.value.trim();
    changed();
  };
  return el('div', { class: 'envelope', role: 'group', 'aria-label': 'How it is sent' },
    option('Method', ['GET', 'POST'], settings.method, set('method')),
    option('Format', ['JSON', 'XML'], settings.format, set('format')),
    text('Access key', { value: settings.key, input: set('key'), list: 'accounts', placeholder: 'testid' }),
    choices('accounts', accounts),
    signed(mode) && text('Secret', { value: settings.secret, input: set('secret'), placeholder: 'testsecret' }));
}

function option(label, values, chosen, change) {
  const options = values.map((value) => el('option', { value, selected: value === chosen }, value));
  return el('label', {}, label, el('select', { change }, options));
}

const text = (label, attributes) => el('label', {}, label, input(attributes));

// accountsOf returns the access keys of the accounts, which are their ids.
export function accountsOf(world) {
  const ids = [...world.accounts, ...world.groups.values()].map((one) => one.AccountId);
  return [...new Set(ids)].filter((id) => /^\d{16}$/.test(id ?? ''));
}
