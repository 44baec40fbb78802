import type { Call, Differences, Fault, Health, Permission, Reach, Settings, State } from './types';

export * from './types';

/** What is wrong with a request to the mock, or why it does not start, in a sentence that says what to do. */
export class EcsmockError extends Error {}

/**
 * Runs a mock on a free port of 127.0.0.1 until it is closed, or this process ends.
 *
 * Settings are the flags of the program: start({ edition: '2025', strict: true }). seed is a file, 'demo', or a
 * state. log is 'off' unless it is given. Without settings, the mock that runs at the address in the environment
 * variable ECSMOCK_URL is used, if that is set.
 */
export function start(settings?: Settings): Promise<Server>;

/** The mock that runs at an address, such as that of a container. close leaves it running. */
export function connect(url: string): Server;

/** A rule that a group was asked for, or why the group lacks it. */
export interface Found {
  Has: boolean;
  /** The rule as the group has it, null if the group lacks it. */
  Rule: Permission | null;
  /** Which rule comes nearest, and which call revoked the rule. */
  Why: string;
}

/** A mock, or one account of it. A mistake in a test, such as an unknown region in a state, is an EcsmockError. */
export class Ecsmock {
  /** Such as http://127.0.0.1:54321. The same port serves https. */
  readonly url: string;
  /** Such as 127.0.0.1:54321, for SDKs. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly accountId: string;

  /** Warns of faults that never acted, removes what the account has, and sets the clock right if this account moved it. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;

  /** The current state, in a stable order. */
  state(): Promise<State>;
  /** Replaces the state. One that is not valid changes nothing, and the error has the path of the mistake. */
  load(state: State): Promise<void>;
  /** Adds to the state. An AccountId that is left out is that of the account. reset does not restore it. */
  add(state: State): Promise<void>;
  /** Adds a state, a state file, or 'demo', the demo world, which reset restores. */
  seed(seed: State | string): Promise<void>;
  /** The demo world, which the examples of the documentation use. */
  demo(): Promise<State>;
  /** Restores the seed, or the empty state, and clears calls and faults; of a whole mock the clock and client tokens, too. */
  reset(): Promise<void>;

  /** Makes the next calls of an action, or of all for '*', fail with an error code of the API. 0 times is no limit. */
  fail(action: string, code: string, times?: number): Promise<number>;
  /** Delays the answers of an action, or of all for '*'. */
  delay(action: string, milliseconds: number): Promise<number>;
  /** Lays fields over the next answer of an action. */
  answer(action: string, fields: Record<string, unknown>): Promise<number>;
  /** Adds a fault and returns its number. One that never acted is warned of at the end of the test. */
  fault(fault: Fault): Promise<number>;
  /** The faults, the oldest first, with how often each acted. */
  faults(): Promise<Fault[]>;
  removeFault(id: number): Promise<void>;
  clearFaults(): Promise<void>;

  /**
   * The finished calls of an action, or of all for '*', the oldest first. A call is recorded before its answer is
   * sent. code selects those with an error code, since those from a time of the mock's clock on, or with higher numbers.
   */
  calls(action?: string, filter?: { code?: string; since?: Date | number }): Promise<Call[]>;
  /** Removes all calls. It does not restart their numbers. */
  clearCalls(): Promise<void>;
  /** The last calls with their hints, for people. A test that fails prints them. */
  lastCalls(): Promise<string>;

  /** The mock's time. */
  now(): Promise<Date>;
  /** Sets the mock's clock, which runs on from there. It ends a freeze. */
  setTime(time: Date): Promise<void>;
  /** Stops the mock's clock, at a time or where it is, until advance moves it or setTime starts it again. */
  freeze(time?: Date): Promise<void>;
  /** Moves the mock's clock by milliseconds or by a text such as '25h', backwards if it is negative. */
  advance(duration: number | string): Promise<void>;
  /** How the mock answers. */
  health(): Promise<Health>;

  /**
   * Whether a group has a rule. Rules are compared as the API compares them when it revokes one: absent fields have
   * the API's defaults, and 10.0.0.1 equals 10.0.0.1/32. If several accounts or regions have the group, it is
   * written as region/id or account/region/id.
   */
  hasRule(group: string, rule: Permission): Promise<Found>;
  /** Fails unless a group has a rule, and says which comes nearest. */
  assertHasRule(group: string, rule: Permission): Promise<void>;
  assertLacksRule(group: string, rule: Permission): Promise<void>;
  /**
   * Fails unless all traffic from one end reaches the other: assertReaches('anyone', 'sg-web', 'tcp/22'). Each end is
   * 'anyone', an address, a CIDR block, a group, a member or a prefix list; one at least is a group or a member. Between
   * groups and members both the inbound and the outbound rules are asked.
   */
  assertReaches(from: string, to: string, traffic: string): Promise<void>;
  /** Fails if any traffic from one end reaches the other, or a part of it. */
  assertCannotReach(from: string, to: string, traffic: string): Promise<void>;
  /**
   * Whether traffic gets through, why, and the rules that decide. With the direction ingress the rules of to alone are
   * asked, with egress those of from.
   */
  reach(from: string, to: string, traffic: string, options?: { direction?: 'ingress' | 'egress'; region?: string }): Promise<Reach>;
  /** Fails unless an action was called with some parameters, as they were sent. The call need not have succeeded. */
  assertWasCalled(action: string, params?: Record<string, string | number>): Promise<void>;
  assertWasNotCalled(action: string, params?: Record<string, string | number>): Promise<void>;

  /** Where the mock differs from the service of the setting shadow. */
  differences(): Promise<Differences>;
  clearDifferences(): Promise<void>;
  /** Fails unless the service of the setting shadow and the mock answered each call in the same way. */
  assertAgreesWithService(): Promise<void>;

  /** The certificate, in PEM, that a client has to trust for https. It is new in each run. */
  caPem(): Promise<string>;
  /** Makes any other request under /_mock/. */
  request(method: string, path: string, body?: unknown): Promise<any>;
}

/** A mock with all its accounts. */
export class Server extends Ecsmock {
  /**
   * The mock as a new account sees it. Its access key is that of the account, and state, calls, faults and assertions
   * are about that account alone. Accounts never see each other's groups, so that parallel tests can share a mock. The
   * clock is that of all. close removes what the account has.
   */
  newAccount(): Ecsmock;
  /** Warns of faults that never acted, and stops the mock, unless it was running before. */
  close(): Promise<void>;
}
