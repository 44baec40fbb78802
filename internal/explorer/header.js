// The header: what is unusual about this mock, as it happens; and the footer: what it has
// beside the API.

import { code, el, fill, link } from './dom.js';
import { follow, live } from './live.js';
import { ask, health } from './mock.js';
import { soon } from './pause.js';
import { counted } from './words.js';

let leave = () => {};

const mode = document.getElementById('mode');

// describe fills the header, now and whenever something happens.
export async function describe() {
  const known = await health();
  const of = (view) => document.querySelector(`#views [data-view="${view}"]`);
  of('differences').hidden = !known.Shadow;
  of('faults').hidden = Boolean(known.Shadow);
  const show = () => fill(mode, parts(known).filter(Boolean).flatMap((part) => [' · ', part]).slice(1));
  const later = soon(show, 50);
  leave();
  leave = follow((name) => {
    live.lost = name === 'lost';
    later();
  });
  show();
}

function parts({ Edition, Strict, Signatures, Shadow, Version }) {
  const faults = live.faults?.length;
  return [
    live.lost && el('span', { class: 'bad' }, 'the mock does not answer'),
    live.groups !== undefined && link('/_mock/?view=world', counted(live.groups, 'group')),
    faults > 0 && link('/_mock/?view=faults', `${counted(faults, 'fault')} in force`),
    live.clock?.Frozen && link('/_mock/?view=clock', 'clock frozen'),
    Shadow && link('/_mock/?view=differences', `answered by ${Shadow}`),
    `${Edition} edition`, Strict && 'strict', Signatures !== 'off' && `signatures: ${Signatures}`,
    Version,
  ];
}

// listResources fills the footer.
export async function listResources() {
  const { Resources } = await ask('', 'GET', undefined, { headers: { Accept: 'application/json' }, cache: 'no-store' });
  const about = ({ Path, Methods, About }) => {
    const methods = Methods.filter((method) => method !== 'HEAD').join(', ');
    const name = Methods.includes('GET') && !/[{*]/.test(Path) ? link(Path, Path) : Path;
    return [el('dt', {}, code([methods, ' ', name])), el('dd', {}, About)];
  };
  fill(document.querySelector('#endpoints dl'), Resources.map(about));
}
