// The error codes, for filters and faults.

// codes returns the codes of the contract, each once.
export function codes({ Actions, Gateway, Signature }) {
  const rows = [...Gateway, ...Signature, ...Actions.flatMap(({ Errors, Unmade = [] }) => [...Errors, ...Unmade])];
  return [...new Set(rows.map(({ Code }) => Code).filter(Boolean))].sort();
}
