// What the mock has under /_mock/, and the API itself as text.

const base = '/_mock/';

// ask is the JSON of a resource. What is refused is an Error with the mock's sentence.
export async function ask(path, method = 'GET', body = undefined) {
  return (await request(path, { method, body })).json();
}

// text is a resource that is not JSON.
export async function text(path) {
  return (await request(path)).text();
}

// request is an answer that is not a refusal. Every Error says what to do.
async function request(path, options) {
  const answer = await fetch(base + path, options).catch(() => {
    throw new Error(`Nothing answers at ${location.host}. Start ecsmock there, and try again.`);
  });
  if (answer.ok) return answer;
  const { error } = await answer.json().catch(() => ({}));
  throw new Error(error ?? `${base + path} was answered with ${answer.status}. What ecsmock logs says more.`);
}

export const state = () => ask('state');
export const health = once(() => ask('health'));
export const contract = once(() => ask('actions'));
export const demo = once(() => ask('demo'));
export const clients = once(async () => (await ask('samples')).Clients);

export function loadDemo() {
  return demo().then((world) => ask('state', 'PUT', JSON.stringify(world)));
}

// once asks only the first time, unless that failed.
function once(get) {
  let asked;
  return () => {
    asked ??= get().catch((failure) => {
      asked = undefined;
      throw failure;
    });
    return asked;
  };
}
