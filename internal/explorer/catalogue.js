// The contract, as the page uses it: one list of the actions of all products.

// catalogue returns the contract with Actions. A call that names no version is for the
// first product, so the calls of the others get Version when they are sent.
export function catalogue(contract) {
  const Actions = contract.Products.flatMap((product, i) => product.Actions.map((action) => of(product, i, action)));
  return { ...contract, Actions };
}

// of returns an action with its product, and its queries without the version.
function of(product, i, action) {
  const without = (query) => (i === 0 ? query : query.replace(`&Version=${product.Version}`, ''));
  const step = (made) => ({ ...made, Query: without(made.Query) });
  return {
    ...action,
    ...identity(product, i, action.Name),
    Example: without(action.Example),
    Errors: action.Errors.map((row) => ({ ...row, Steps: row.Steps?.map(step) })),
  };
}

// identity returns what names an action: Key in addresses, faults and lists.
function identity({ Name: Product, Title, Version }, i, Name) {
  return { Name, Product, Title, Version, Key: i === 0 ? Name : `${Product}.${Name}`, Named: i > 0 };
}

// find returns the action with a key. For one that the mock does not have it returns a
// stand-in, which the form can call.
export function find({ Products, Actions }, key) {
  const known = Actions.find(({ Key }) => Key === key);
  if (known) return known;
  const [prefix, rest] = key.includes('.') ? key.split('.') : ['', key];
  const i = Math.max(0, Products.findIndex(({ Name }) => Name === prefix));
  const made = identity(Products[i], i, i > 0 ? rest : key);
  const has = Products[i].NotMocked.includes(made.Name);
  const why = has ? `${made.Title} has this action, but the mock does not.` : `${made.Title} has no such action.`;
  const Summary = key ? why : 'A call without an action.';
  return { ...made, Summary, Example: key && `Action=${made.Name}`, Parameters: [], Answer: [], Errors: [] };
}

// keyOf returns the key of an action of the product with a name.
export function keyOf({ Products }, product, action) {
  return product && product !== Products[0].Name ? `${product}.${action}` : action;
}

// codes returns the codes of the contract, each once.
export function codes({ Actions, Gateway, Signature }) {
  const rows = [...Gateway, ...Signature, ...Actions.flatMap(({ Errors, Unmade = [] }) => [...Errors, ...Unmade])];
  return [...new Set(rows.map(({ Code }) => Code).filter(Boolean))].sort();
}
