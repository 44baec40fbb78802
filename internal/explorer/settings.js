// The settings of all calls from this page: method, format, access key and secret.

export const settings = {
  method: 'GET',
  format: 'JSON',
  key: '',
  secret: '',
};

export const ordinary = '1234567890123456'; // the account of those who name none

// account returns the account of the access key, as far as the page knows it.
export const account = () => (/^\d{16}$/.test(settings.key) ? settings.key : ordinary);

// unseen are parameters that the page sets itself and no form shows.
const unseen = new Set(['Action', 'Signature', 'SignatureMethod', 'SignatureVersion', 'SignatureNonce',
  'SignatureType', 'Timestamp', 'SecurityToken']);

// common reports whether a parameter belongs to every action.
export const common = (name) => unseen.has(name) || name === 'AccessKeyId' || name === 'Format' || name === 'Version';

// adopt takes the settings from the parameters of a call and returns the others. A
// value that is not valid for a setting stays a parameter.
export function adopt(pairs) {
  return pairs.filter(([name, value]) => {
    if (name === 'AccessKeyId') settings.key = value;
    else if (name === 'method') settings.method = value === 'POST' ? 'POST' : 'GET';
    else if (name === 'Format' && /^(json|xml)$/i.test(value)) settings.format = value.toUpperCase();
    else return !unseen.has(name);
    return false;
  });
}

// settingPairs returns the settings as parameters of a link to a call.
export function settingPairs() {
  const pairs = [];
  if (settings.method !== 'GET') pairs.push(['method', settings.method]);
  if (settings.format !== 'JSON') pairs.push(['Format', settings.format]);
  if (settings.key) pairs.push(['AccessKeyId', settings.key]);
  return pairs;
}
