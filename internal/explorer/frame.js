// Runs before anything is shown, which modules do not: the frame has its place for the
// list of actions from the beginning, or none, and nothing jumps.
document.documentElement.dataset.view = new URLSearchParams(location.search).get('view') ?? 'actions';
