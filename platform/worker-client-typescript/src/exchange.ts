import { UnreachableError } from './errors.js';
import type { Answer } from './problem.js';

/** Sends a request once. Redirects are not followed: a token does not leave the address it is for. */
export async function exchange(target: URL, init: RequestInit, timeoutMs: number): Promise<Answer> {
  try {
    const response = await fetch(target, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.text() };
  } catch (failure) {
    throw UnreachableError.of(target, failure);
  }
}
