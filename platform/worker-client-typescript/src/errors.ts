/** What is wrong with one field of a request; never its value. */
export interface Violation {
  readonly field: string;
  readonly message: string;
}

/** Failures of the worker's own token: nothing of the call itself was sent. */
const BEFORE_THE_CALL = new WeakSet<ConnectionsError>();

export function beforeTheCall(failure: unknown): unknown {
  if (failure instanceof ConnectionsError) {
    BEFORE_THE_CALL.add(failure);
  }
  return failure;
}

export function isBeforeTheCall(failure: unknown): boolean {
  return failure instanceof ConnectionsError && BEFORE_THE_CALL.has(failure);
}

/** Why there is no answer to use. */
export abstract class ConnectionsError extends Error {
  /**
   * Whether it is certain that nothing was done: then the same call may be made again without doing anything twice. So it is where
   * there was no token of the worker's own to make the call with, whatever the identity provider did.
   */
  get nothingRan(): boolean {
    return isBeforeTheCall(this) || this.saysThatNothingRan;
  }

  /** What this failure tells by itself of the request that it is about. */
  protected abstract readonly saysThatNothingRan: boolean;

  override get name(): string {
    return this.constructor.name;
  }
}

/** Of 503: what the gateway and the broker say before they have done anything. */
const BEFORE_ANYTHING: ReadonlySet<string> = new Set([
  'service-unavailable',
  'mcp-server-resting',
  'usage-buffer-full',
  'registry-unavailable',
  'vault-unavailable',
  'refresh-unavailable',
  'provider-unavailable',
]);

/** Said in the middle of a call, though it is a 409. */
const IN_THE_MIDDLE = 'mcp-input-required';

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly violations?: readonly Violation[];
  readonly retryAfterMs?: number | undefined;
  readonly traceId?: string;
}

/** A service said no, and why: an RFC 9457 problem. Branch on `code`, show `detail`. */
export class ProblemError extends ConnectionsError {
  /** HTTP status. */
  readonly status: number;
  /** Stable, for example `connection-not-active`. */
  readonly code: string;
  /** For people: what is wrong and what to do. */
  readonly detail: string;
  /** Of fields, with `validation-failed` and `tool-arguments-invalid`; empty otherwise. */
  readonly violations: readonly Violation[];
  /** When to come back, if the service said so. It is longer than this client was willing to wait. */
  readonly retryAfterMs: number | undefined;
  /** What the services' logs call this request; empty if nobody said. */
  readonly traceId: string;

  constructor({ status, code, detail, violations = [], retryAfterMs, traceId = '' }: Problem) {
    super(`${status} ${code}: ${detail}${traceId === '' ? '' : ` (trace ${traceId})`}`);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.violations = violations;
    this.retryAfterMs = retryAfterMs;
    this.traceId = traceId;
  }

  protected override get saysThatNothingRan(): boolean {
    return this.status === 503 ? BEFORE_ANYTHING.has(this.code) : this.status < 500 && this.code !== IN_THE_MIDDLE;
  }
}

/** No answer came: no connection, a connection that broke, or a time limit. */
export class UnreachableError extends ConnectionsError {
  protected override readonly saysThatNothingRan: boolean;

  private constructor(message: string, sent: boolean) {
    super(message);
    this.saysThatNothingRan = !sent;
  }

  /** The cause's own message is left out; the address is without its query. */
  static of(target: URL, cause: unknown): UnreachableError {
    const code = codeOf(cause);
    const sent = code !== 'ECONNREFUSED' && code !== 'ENOTFOUND' && code !== 'UND_ERR_CONNECT_TIMEOUT';
    return new UnreachableError(`No answer from ${target.origin}${target.pathname} (${code}).`, sent);
  }
}

/** An answer that none of the suite's services gives: a wrong address, something in between, or a newer service. */
export class UnexpectedAnswerError extends ConnectionsError {
  protected override readonly saysThatNothingRan = false;
}

/** The connection is not of the kind that was asked for. */
export class WrongCredentialError extends ConnectionsError {
  protected override readonly saysThatNothingRan = true;
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) {
    return 'unknown';
  }
  const inner = cause.cause;
  if (inner instanceof Error && 'code' in inner) {
    return String(inner.code);
  }
  return cause.name;
}
