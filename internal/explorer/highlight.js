// Bodies of answers, indented and coloured. Their text is not parsed and stays as it is.

import { el } from './dom.js';

const largest = 200_000; // characters; larger ones are shown as they are

export function highlight(body) {
  if (body.length > largest) return [body];
  if (body.startsWith('<')) return xml(body);
  if (body.startsWith('{') || body.startsWith('[')) return json(body);
  return [body];
}

const span = (kind, text) => el('span', { class: kind }, text);
const line = (depth) => `\n${'  '.repeat(depth)}`;

function json(body) {
  const tokens = body.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g);
  const out = [];
  let depth = 0;
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    if (token === '{' || token === '[') {
      out.push(token);
      if (next !== '}' && next !== ']') out.push(line(++depth));
      else depth++;
    } else if (token === '}' || token === ']') {
      depth--;
      if (!/[{[]/.test(tokens[i - 1])) out.push(line(depth));
      out.push(token);
    } else if (token === ',') out.push(token, line(depth));
    else if (token === ':') out.push(': ');
    else out.push(span(token[0] !== '"' ? 'number' : next === ':' ? 'key' : 'string', token));
  });
  return out;
}

function xml(body) {
  const tokens = body.match(/<!\[CDATA\[[^]*?\]\]>|<[^>]*>|[^<]+/g);
  const tag = (token) => /^<[^!]/.test(token);
  const out = [];
  let depth = 0;
  tokens.forEach((token, i) => {
    const closes = token.startsWith('</');
    if (closes) depth--;
    if (i > 0 && tag(token) && (!closes || tokens[i - 1].startsWith('</'))) out.push(line(depth));
    out.push(span(tag(token) ? 'key' : 'string', token));
    if (/^<[^/?!]/.test(token) && !token.endsWith('/>')) depth++;
  });
  return out;
}
