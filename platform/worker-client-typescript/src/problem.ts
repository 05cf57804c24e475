import { ProblemError, UnexpectedAnswerError, type ConnectionsError, type Violation } from './errors.js';

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

export type Json = Record<string, unknown>;

/** The `data` of a success; anything else is thrown. A body is in no message: it may hold a secret, or be a stranger's page. */
export function data(call: string, answer: Answer, now: number): Json {
  const body = json(answer.body);
  if (answer.status === 200 && isObject(body['data'])) {
    return body['data'];
  }
  throw typeof body['code'] === 'string' ? problem(answer, body['code'], body, now) : unexpected(call, answer, now);
}

/** Seconds or a date (RFC 9110, 10.2.3), in milliseconds from now. */
export function retryAfterMs(value: string | null, now: number): number | undefined {
  if (value === null) {
    return undefined;
  }
  if (/^\s*\d{1,9}\s*$/.test(value)) {
    return Number(value) * 1000;
  }
  const then = Date.parse(value);
  return Number.isNaN(then) ? undefined : Math.max(0, then - now);
}

/** Empty if it is no object. */
export function json(body: string): Json {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise;
}

/** Something in between, such as an API gateway: 429 and 503 are told from the rest, since they may be tried again. */
function unexpected(call: string, answer: Answer, now: number): ConnectionsError {
  const detail = `The answer to ${call} is not one of the suite's. Is the address right, and does it reach it?`;
  return answer.status === 429 || answer.status === 503
    ? new ProblemError({
        status: answer.status,
        code: 'unexpected-answer',
        detail,
        retryAfterMs: retryAfterMs(answer.retryAfter, now),
      })
    : new UnexpectedAnswerError(`${answer.status}: ${detail}`);
}

function problem(answer: Answer, code: string, body: Json, now: number): ProblemError {
  return new ProblemError({
    status: answer.status,
    code,
    detail: text(body['detail'], text(body['title'])),
    violations: violations(body['violations']),
    retryAfterMs: retryAfterMs(answer.retryAfter, now),
    traceId: text(body['trace_id']),
  });
}

function violations(value: unknown): Violation[] {
  return Array.isArray(value)
    ? value.filter(isObject).map(({ field, message }) => ({ field: text(field), message: text(message) }))
    : [];
}
