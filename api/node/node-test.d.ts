import type { TestContext, TestOptions } from 'node:test';
import type { Ecsmock } from './index';
import type { Settings } from './types';

type Body = (context: TestContext & { ecsmock: Ecsmock }) => unknown;

interface Run {
  (name: string, body: Body): Promise<void>;
  (name: string, options: TestOptions, body: Body): Promise<void>;
}

/** test of node:test, whose tests have context.ecsmock, a mock with an account of their own. A test that fails prints its calls. */
export interface EcsmockTest extends Run {
  only: Run;
  skip: Run;
}

export const test: EcsmockTest;

/** The same with settings. seed is what each account has when its test begins. */
export function testWith(settings?: Settings): EcsmockTest;
