'use strict';

// What a page can try. Each attempt is run in the page, and is given the address to reach.

// element has the browser get an address for an element of the page.
const element = {
  'an image': (url) => { document.body.append(Object.assign(new Image(), { src: url })); },
  'an image of a style': (url) => { document.body.style.backgroundImage = `url("${url}")`; },
  'a script': (url) => { document.head.append(Object.assign(document.createElement('script'), { src: url })); },
  'a module': (url) => { document.head.append(Object.assign(document.createElement('script'), { src: url, type: 'module' })); },
  'a style sheet': (url) => { document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url })); },
  'a prefetch': (url) => { document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: url })); },
  'a video': (url) => { document.body.append(Object.assign(document.createElement('video'), { src: url, preload: 'auto' })); },
  'an object': (url) => { document.body.append(Object.assign(document.createElement('object'), { data: url })); },
  'a frame': (url) => { document.body.append(Object.assign(document.createElement('iframe'), { src: url })); },
};

// visit leaves the page, or opens another.
const visit = {
  'a window': (url) => { open(url); },
  'a link': (url) => { document.body.appendChild(Object.assign(document.createElement('a'), { href: url })).click(); },
  'a location': (url) => { location.href = url; },
  'a refresh': (url) => { document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0; url=${url}` })); },
};

// form is an attempt that sends a form, whose fields are those of the address, by a method and in an
// encoding, to a place: the page itself or a frame in it. What the API cannot read in a
// body stays in the address.
function form(method, enctype, place) {
  return new Function('url', `(${submit})(url, ${JSON.stringify(method)}, ${JSON.stringify(enctype)}, ${JSON.stringify(place)})`);
}

function submit(url, method, enctype, place) {
  const { origin, pathname, searchParams } = new URL(url);
  if (place === 'inside') document.body.append(Object.assign(document.createElement('iframe'), { name: place }));
  const bare = `${origin}${pathname}?Attempt=${searchParams.get('Attempt')}`;
  const action = enctype === 'application/x-www-form-urlencoded' ? bare : url;
  const sent = Object.assign(document.createElement('form'), { method, enctype, action, target: place });
  for (const [name, value] of searchParams) {
    sent.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  }
  document.body.append(sent);
  sent.submit();
}

const urlencoded = 'application/x-www-form-urlencoded';

const forms = {
  'a form by GET': form('get', urlencoded, '_self'),
  'a form by GET in a frame': form('get', urlencoded, 'inside'),
  'a form by POST': form('post', urlencoded, '_self'),
  'a form by POST in a frame': form('post', urlencoded, 'inside'),
  'a form of text by POST in a frame': form('post', 'text/plain', 'inside'),
  'a form in parts by POST in a frame': form('post', 'multipart/form-data', 'inside'),
};

// send is a fetch that a browser sends without asking; what comes back the page cannot read.
function send(method, body, type) {
  return new Function('url', `return fetch(url, ${JSON.stringify({
    mode: 'no-cors', method, body, headers: type && { 'Content-Type': type },
  })}).then((answer) => answer.text(), String)`);
}

// ask is a fetch that wants to read the answer.
function ask(method, body, headers) {
  return new Function('url', `return fetch(url, ${JSON.stringify({ method, body, headers })}).then((answer) => answer.text(), String)`);
}

// post is a fetch that sends what a form by POST does.
const post = (url) => {
  const { origin, pathname, searchParams } = new URL(url);
  const address = `${origin}${pathname}?Attempt=${searchParams.get('Attempt')}`;
  return fetch(address, { mode: 'no-cors', method: 'POST', body: searchParams }).then((answer) => answer.text(), String);
};

const beacon = (url) => { navigator.sendBeacon(url, 'Format=JSON'); };

const events = (url) => new Promise((resolve) => {
  const source = new EventSource(url);
  const end = (event) => { source.close(); resolve(event.data); };
  Object.assign(source, { onopen: end, onmessage: end, onerror: end });
});

const socket = (url) => new Promise((resolve) => {
  const opened = new WebSocket(url.replace('http', 'ws'));
  Object.assign(opened, { onopen: () => opened.close(), onmessage: (event) => resolve(event.data), onclose: () => resolve('') });
});

const scripts = {
  'a fetch': ask('GET'),
  'a fetch that does not read': send('GET'),
  'a fetch that posts a form': post,
  'a fetch that posts text': send('POST', 'Format=JSON', 'text/plain'),
  'a beacon': beacon,
  'a stream of events': events,
  'a WebSocket': socket,
};

// asking is what a browser first asks leave for.
const asking = {
  'a fetch by PUT': ask('PUT', '{}'),
  'a fetch by DELETE': ask('DELETE'),
  'a fetch with a header of its own': ask('GET', undefined, { 'X-Requested-With': 'fetch' }),
};

const world = JSON.stringify({ Version: 1, SecurityGroups: [{ RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-foreign', VpcId: 'vpc-1' }] });
const fault = JSON.stringify({ Action: '*', Code: 'Throttling.User' });

// beside is what a page can try under /_mock/.
const beside = [
  ['the state by a fetch', 'state', ask('GET')],
  ['the state by a fetch that does not read', 'state', send('GET')],
  ['the state by a script', 'state', element['a script']],
  ['the state by a frame', 'state', element['a frame']],
  ['the journal by a fetch', 'journal', ask('GET')],
  ['the journal by a stream of events', 'journal?follow', events],
  ['the journal by a WebSocket', 'journal?follow', socket],
  ['the clock by a fetch', 'clock', ask('GET')],
  ['a state by PUT', 'state', ask('PUT', world)],
  ['a state by POST', 'seed', ask('POST', world)],
  ['a state by POST of text', 'seed', send('POST', world, 'text/plain')],
  ['a reset by a fetch', 'reset', send('POST')],
  ['a reset by a form', 'reset', forms['a form by POST']],
  ['a reset by a form in a frame', 'reset', forms['a form of text by POST in a frame']],
  ['a reset by a beacon', 'reset', beacon],
  ['a fault by a fetch', 'faults', ask('POST', fault)],
  ['a fault by POST of text', 'faults', send('POST', fault, 'text/plain')],
  ['a fault by JSON', 'faults', ask('POST', fault, { 'Content-Type': 'application/json' })],
  ['no faults by DELETE', 'faults', ask('DELETE')],
  ['no journal by DELETE', 'journal', ask('DELETE')],
  ['the clock by PUT', 'clock', ask('PUT', '{"Now": "2030-01-02T03:04:05Z"}')],
];

module.exports = { api: { ...element, ...visit, ...forms, ...scripts }, asking, beside };
