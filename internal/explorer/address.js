// The page's URL names its view: ?view=world, or ?api=RevokeSecurityGroup with
// parameters that fill the form.

const page = '/_mock/';
const longest = 6000; // characters: servers and people refuse longer ones

let show = () => {};
let search; // the part of the address that is shown
let visits = 0; // so many addresses have been shown

// start shows the view of the URL, now and whenever the URL changes.
export function start(shower) {
  show = shower;
  addEventListener('popstate', () => location.search === search || arrive());
  document.addEventListener('click', follow);
  arrive();
}

function arrive() {
  visits++;
  search = location.search;
  show(where());
}

export function where() {
  const pairs = [...new URLSearchParams(location.search)];
  const of = (name) => pairs.find(([n]) => n === name)?.[1];
  return {
    visit: visits,
    view: of('view') ?? 'actions',
    api: of('api'),
    pairs: pairs.filter(([name]) => name !== 'api' && name !== 'view'),
  };
}

// of returns the URL of an action's filled form.
export function of(api, pairs = []) {
  const query = new URLSearchParams([['api', api], ...pairs]);
  return `${page}?${readable(query)}`;
}

export function go(address) {
  if (address !== location.pathname + location.search) history.pushState(null, '', address);
  arrive();
}

// note puts the content of the form into the URL, so that it can be bookmarked and
// shared, unless the page shows another view by now.
export function note(visit, api, pairs) {
  const address = of(api, pairs);
  keep(visit, address.length > longest ? of(api) : address);
}

// keep replaces the address of a view, unless the page shows another one by now.
export function keep(visit, address) {
  if (visit !== visits) return;
  history.replaceState(null, '', address);
  search = location.search;
}

// noteSearch puts what is searched in a view into the URL.
export function noteSearch(visit, view, find) {
  const others = [...new URLSearchParams(location.search)].filter(([name]) => name !== 'find' && name !== 'view');
  keep(visit, `${page}?${readable(new URLSearchParams([['view', view], ...(find ? [['find', find]] : []), ...others]))}`);
}

// readable does not encode what a query may contain: 10.0.0.0/8 stays.
export function readable(query) {
  return query.toString().replace(/%2F/g, '/').replace(/%3A/g, ':').replace(/%40/g, '@').replace(/%2C/g, ',');
}

// follow makes links of the page change the view instead of loading the page again.
function follow(event) {
  const link = event.target.closest('a');
  const held = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || held || event.button !== 0 || event.defaultPrevented) return;
  if (link.origin !== location.origin || link.pathname !== page || link.hash) return;
  event.preventDefault();
  go(link.pathname + link.search);
}
