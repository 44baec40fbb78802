// All elements are made here, and texts become text nodes: the name of a group is
// shown, never parsed as HTML.

const untranslated = new Set(['code', 'pre', 'var', 'kbd']); // what translators of pages leave alone

// el makes an element. An attribute that is a function listens to the event of its
// name; false or undefined leaves it out; true sets it without a value.
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  if (untranslated.has(tag)) element.translate = false;
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...present(children));
  return element;
}

// fill replaces the children of an element.
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
}

// arrange makes elements the children of a parent, and moves none that are in order.
export function arrange(parent, elements) {
  const wanted = new Set(elements);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let at = parent.firstElementChild;
  for (const element of elements) {
    if (element === at) at = at.nextElementSibling;
    else parent.insertBefore(element, at);
  }
}

function present(children) {
  return children.flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false && child !== '');
}

export const code = (text) => el('code', {}, text);

// longCode returns code that scrolls instead of breaking its lines.
export function longCode(label, attributes = {}) {
  return el('pre', { tabindex: '0', role: 'group', 'aria-label': label, ...attributes });
}

export const muted = (...children) => el('span', { class: 'muted' }, ...children);

export const link = (href, text, attributes = {}) => el('a', { href, ...attributes }, text);

export function button(text, click, attributes = {}) {
  return el('button', { type: 'button', click, ...attributes }, text);
}

// input returns an input for technical values, without spelling correction or completion.
export function input(attributes) {
  return el('input', { autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', ...attributes });
}

// choices returns the suggestions for an input whose list has this id.
export function choices(id, values) {
  return el('datalist', { id }, values.map((value) => el('option', { value })));
}

// head returns the title of a view with an introduction.
export function head(title, ...lead) {
  return el('div', { class: 'head' }, el('h1', { tabindex: '-1' }, title), ...lead);
}

export const lead = (...children) => el('p', { class: 'lead' }, ...children);

export function table(titles, rows) {
  return el('table', {},
    el('thead', {}, el('tr', {}, titles.map((title) => el('th', { scope: 'col' }, title)))),
    el('tbody', {}, rows));
}

// folded returns children in a closed details element.
export function folded(summary, ...children) {
  return el('details', { class: 'more' }, el('summary', {}, summary), ...children);
}

// counting returns children in a closed details element. While it is closed, the summary
// says how many of them are filled.
export function counting(title, filled, ...children) {
  const element = folded(title, ...children);
  const tell = () => fill(element.firstChild, title, !element.open && filled() > 0 && `, ${filled()} filled`);
  element.addEventListener('toggle', tell);
  return element;
}
