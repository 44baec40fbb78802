import { afterAll, test as plain } from 'vitest';
import { fixture, printCalls } from './fixture.js';

export function testWith(settings) {
  const newAccount = fixture(settings, afterAll);
  return plain.extend({
    ecsmock: async ({ task }, use) => {
      const mock = await newAccount();
      await use(mock);
      if (task.result?.errors?.length) await printCalls(mock, task.name);
      await mock.close();
    },
  });
}

export const test = testWith();
