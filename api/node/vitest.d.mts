import type { TestAPI } from 'vitest';
import type { Ecsmock } from './index';
import type { Settings } from './types';

/** test of Vitest with the fixture ecsmock, a mock with an account of the test's own. A test that fails prints its calls. */
export const test: TestAPI<{ ecsmock: Ecsmock }>;

/** The same with settings. seed is what each account has when its test begins. */
export function testWith(settings?: Settings): TestAPI<{ ecsmock: Ecsmock }>;
