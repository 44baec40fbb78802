// Runs before the first paint, unlike modules, so that the list of actions does not move
// the content later.
document.documentElement.dataset.view = new URLSearchParams(location.search).get('view') ?? 'actions';
