// Version 1.0 of the signature: HMAC-SHA1 over the method and all parameters.

const encoder = new TextEncoder();

// sign returns the parameters of a call with its signature.
export async function sign(method, pairs, secret, now) {
  if (!crypto.subtle) {
    throw new Error('Browsers can sign only on https, localhost and 127.0.0.1; open this page there.');
  }
  const all = [
    ...pairs,
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureVersion', '1.0'],
    ['SignatureNonce', nonce()],
    ['Timestamp', now.replace(/\.\d+/, '')],
  ];
  return [...all, ['Signature', await hmac(`${secret}&`, stringToSign(method, all))]];
}

// stringToSign has the parameters sorted by the bytes of their encoded names.
function stringToSign(method, pairs) {
  const query = new Map(pairs.map(([name, value]) => [encode(name), encode(value)]));
  const sorted = [...query.keys()].sort().map((name) => `${name}=${query.get(name)}`).join('&');
  return `${method}&${encode('/')}&${encode(sorted)}`;
}

async function hmac(secret, text) {
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(mac)));
}

function nonce() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

// encode encodes as RFC 3986, which encodes five characters more than JavaScript.
function encode(value) {
  return encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
