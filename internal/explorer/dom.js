// Elements are made here and nowhere else, and texts become text nodes: what a group
// is named is shown, never read as HTML.

// el makes an element. An attribute that is a function listens to the event of its
// name, one that is false or missing is left out, true sets it without a value.
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...present(children));
  return element;
}

// fill puts children in place of what an element has.
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
}

function present(children) {
  return children.flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false && child !== '');
}

export const code = (text) => el('code', {}, text);

// longCode is text whose lines stay whole, and which scrolls where it has no room.
export function longCode(label, attributes = {}) {
  return el('pre', { tabindex: '0', role: 'group', 'aria-label': label, ...attributes });
}

export const muted = (...children) => el('span', { class: 'muted' }, ...children);

export const link = (href, text, attributes = {}) => el('a', { href, ...attributes }, text);

export function button(text, click, attributes = {}) {
  return el('button', { type: 'button', click, ...attributes }, text);
}

// input is for technical values, which no browser should correct or complete.
export function input(attributes) {
  return el('input', { autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', ...attributes });
}

// choices are what a browser offers for an input whose list has this id.
export function choices(id, values) {
  return el('datalist', { id }, values.map((value) => el('option', { value })));
}

// head is the title of a view with what leads into it.
export function head(title, ...lead) {
  return el('div', { class: 'head' }, el('h1', { tabindex: '-1' }, title), ...lead);
}

export const lead = (...children) => el('p', { class: 'lead' }, ...children);

export function table(titles, rows) {
  return el('table', {},
    el('thead', {}, el('tr', {}, titles.map((title) => el('th', { scope: 'col' }, title)))),
    el('tbody', {}, rows));
}

// folded are children that show when people ask for them.
export function folded(summary, ...children) {
  return el('details', { class: 'more' }, el('summary', {}, summary), ...children);
}
