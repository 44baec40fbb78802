// The codes that answers can have, for filters and faults to offer.

// codes are all that the contract knows, each once.
export function codes({ Actions, Gateway, Signature }) {
  const rows = [...Gateway, ...Signature, ...Actions.flatMap(({ Errors, Unmade = [] }) => [...Errors, ...Unmade])];
  return [...new Set(rows.map(({ Code }) => Code).filter(Boolean))].sort();
}
