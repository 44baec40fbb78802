// Two calls beside each other: only what differs.

import { code, el, table } from './dom.js';

const fields = ['Product', 'Action', 'AccountId', 'RegionId', 'Method', 'Host', 'Status', 'Code', 'Message', 'Hint'];

export function compared(a, b) {
  const names = [...new Set([...Object.keys(a.Params), ...Object.keys(b.Params)])].sort((x, y) => x.localeCompare(y, 'en', { numeric: true }));
  const pairs = [...fields.map((name) => [name, a[name], b[name]]), ...names.map((name) => [name, a.Params[name], b.Params[name]])];
  const differ = pairs.filter(([name, one, other]) => one !== other && !/^(Signature|SignatureNonce|Timestamp)$/.test(name));
  if (differ.length === 0) return el('p', {}, `Calls ${a.Number} and ${b.Number} are the same, but for signature and time.`);
  const cell = (value) => el('td', {}, value === undefined ? 'absent' : code(String(value)));
  return table(['Differs', `Call ${a.Number}`, `Call ${b.Number}`],
    differ.map(([name, one, other]) => el('tr', {}, el('th', { scope: 'row' }, name), cell(one), cell(other))));
}
