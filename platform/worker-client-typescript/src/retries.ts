import { setTimeout as pause } from 'node:timers/promises';
import { ProblemError, UnreachableError } from './errors.js';

/** `freely`: the call may be made twice. `if-nothing-ran`: only after an answer that says so. */
export type Repeat = 'freely' | 'if-nothing-ran';

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
 * long as Retry-After says and a little more, or a random part of a growing time; never beyond its patience.
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
  if (failure instanceof ProblemError) {
    return (failure.status === 429 || failure.status === 503) && (repeat === 'freely' || failure.nothingRan);
  }
  return failure instanceof UnreachableError && repeat === 'freely';
}

function waitAfter({ stepMs, random }: Retries, failure: unknown, attempt: number): number {
  if (failure instanceof ProblemError && failure.retryAfterMs !== undefined) {
    return failure.retryAfterMs * (1 + SPREAD * random());
  }
  return stepMs * 2 ** (attempt - 1) * random();
}
