// What the mock has under /_mock/, and the API itself as text.

const base = '/_mock/';

// ask is the JSON of a resource. What is refused is an Error with the mock's sentence.
export async function ask(path, method = 'GET', body = undefined) {
  const answer = await fetch(base + path, { method, body });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

// text is a resource that is not JSON, unless it is refused.
export async function text(path) {
  const answer = await fetch(base + path);
  if (!answer.ok) throw new Error((await answer.json()).error);
  return answer.text();
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
