import { setTimeout as pause } from 'node:timers/promises';
import { isBeforeTheCall, ProblemError, UnreachableError } from './errors.js';

/**
 * `freely`: the call may be made twice. `even-after-a-fault`: the same, and any answer of 500 and above may pass; for the identity
 * provider, whose failures have no codes to go by. `if-nothing-ran`: only after an answer that says so.
 */
export type Repeat = 'freely' | 'even-after-a-fault' | 'if-nothing-ran';

export interface Retries {
  /** Calls in all, at least 1. */
  readonly attempts: number;
  /** How long all waiting together may last. */
  readonly patienceMs: number;
  /** The longest wait before the second call; it doubles with each. */
  readonly stepMs: number;
  readonly random: () => number;
}

const SPREAD = 0.2;

/**
 * Makes a call again where that is safe: after 429 and 503, and, if the call may be made twice, when no answer came. It waits as
 * long as Retry-After says and a little more, or a random part of a growing time; never beyond its patience. The worker's own token
 * has retries of its own: where they did not help, the call that wanted it is not made again.
 */
export async function retried<T>(retries: Retries, repeat: Repeat, call: () => Promise<T>): Promise<T> {
  let waited = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (failure) {
      if (attempt >= retries.attempts || !mayRepeat(repeat, failure)) {
        throw failure;
      }
      const wait = waitAfter(retries, failure, attempt);
      waited += wait;
      if (waited > retries.patienceMs) {
        throw failure;
      }
      await pause(wait);
    }
  }
}

function mayRepeat(repeat: Repeat, failure: unknown): boolean {
  if (isBeforeTheCall(failure)) {
    return false;
  }
  return failure instanceof ProblemError
    ? mayPass(repeat, failure)
    : failure instanceof UnreachableError && repeat !== 'if-nothing-ran';
}

function mayPass(repeat: Repeat, { status, nothingRan }: ProblemError): boolean {
  const busy = status === 429 || status === 503;
  switch (repeat) {
    case 'freely':
      return busy;
    case 'even-after-a-fault':
      return busy || status >= 500;
    case 'if-nothing-ran':
      return busy && nothingRan;
  }
}

function waitAfter({ stepMs, random }: Retries, failure: unknown, attempt: number): number {
  if (failure instanceof ProblemError && failure.retryAfterMs !== undefined) {
    return failure.retryAfterMs * (1 + SPREAD * random());
  }
  return stepMs * 2 ** (attempt - 1) * random();
}
