// What holds for every call from this page until it is closed: how it is sent, and
// who sends it.

export const settings = {
  method: 'GET',
  format: 'JSON',
  key: '',
  secret: '',
};

// unseen are parameters that the page sets itself: no form shows them.
const unseen = new Set(['Action', 'Signature', 'SignatureMethod', 'SignatureVersion', 'SignatureNonce',
  'SignatureType', 'Timestamp', 'SecurityToken']);

// common tells whether a parameter is of every action, and says nothing of this call.
export const common = (name) => unseen.has(name) || name === 'AccessKeyId' || name === 'Format' || name === 'Version';

// adopt takes from the parameters of a call what the settings hold, and leaves those
// that the form is filled with. What no setting can be stays a parameter.
export function adopt(pairs) {
  return pairs.filter(([name, value]) => {
    if (name === 'AccessKeyId') settings.key = value;
    else if (name === 'method') settings.method = value === 'POST' ? 'POST' : 'GET';
    else if (name === 'Format' && /^(json|xml)$/i.test(value)) settings.format = value.toUpperCase();
    else return !unseen.has(name);
    return false;
  });
}

// told are the settings that a link to a call has to tell.
export function told() {
  const pairs = [];
  if (settings.method !== 'GET') pairs.push(['method', settings.method]);
  if (settings.format !== 'JSON') pairs.push(['Format', settings.format]);
  if (settings.key) pairs.push(['AccessKeyId', settings.key]);
  return pairs;
}
