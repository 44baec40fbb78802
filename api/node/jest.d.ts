import type { Ecsmock } from './index';
import type { Settings } from './types';

type Run = (name: string, body: (context: { ecsmock: Ecsmock }) => unknown, timeout?: number) => void;

/** test of Jest, whose tests get { ecsmock }, a mock with an account of their own. A test that fails prints its calls. */
export interface EcsmockTest extends Run {
  only: Run;
  skip: Run;
}

export const test: EcsmockTest;

/** The same with settings. seed is what each account has when its test begins. */
export function testWith(settings?: Settings): EcsmockTest;
