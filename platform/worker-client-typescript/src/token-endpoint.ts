import { checkedAddress } from './address.js';
import type { ClientCredentialsOptions } from './client-credentials.js';
import { ProblemError } from './errors.js';
import { exchange } from './exchange.js';
import { json, retryAfterMs, text, type Answer } from './problem.js';
import { retried, type Retries } from './retries.js';

export interface WorkerToken {
  readonly value: string;
  readonly since: number;
  /** From when on another is asked for: a minute before its end, or a fifth of its life. */
  readonly renewal: number;
  readonly end: number;
}

interface Metadata {
  readonly token: URL;
  readonly basic: boolean;
}

const TIMEOUT_MS = 10_000;
const EARLY_MS = 60_000;
/** Of a token whose answer does not say: short, so that little is lost when it lives longer. */
const UNSAID_LIFETIME_S = 60;

/** The issuer's token endpoint, found by its metadata (OpenID Connect Discovery 1.0). */
export class TokenEndpoint {
  readonly #issuer: string;
  readonly #client: ClientCredentialsOptions;
  readonly #retries: Retries;
  readonly #now: () => number;
  #metadata: Metadata | undefined;

  constructor(issuer: string, client: ClientCredentialsOptions, retries: Retries, now: () => number) {
    this.#issuer = issuer;
    this.#client = client;
    this.#retries = retries;
    this.#now = now;
  }

  /** Asks for a token. Asking twice does no harm, so it is asked again where that may help. */
  async request(): Promise<WorkerToken> {
    const since = this.#now();
    const metadata = this.#metadata ?? (await retried(this.#retries, 'even-after-a-fault', () => this.#discovered()));
    // Read anew after a failure: the endpoint may have moved.
    this.#metadata = undefined;
    const token = await retried(this.#retries, 'even-after-a-fault', () => this.#token(metadata, since));
    this.#metadata = metadata;
    return token;
  }

  async #discovered(): Promise<Metadata> {
    const address = `${this.#issuer}/.well-known/openid-configuration`;
    const answer = await exchange(new URL(address), {}, TIMEOUT_MS);
    const found = json(answer.body);
    if (answer.status !== 200 || text(found['issuer']).replace(/\/$/, '') !== this.#issuer) {
      throw this.#failure(answer, `no metadata with this very issuer is at ${address}. Check the issuer.`);
    }
    const plain = this.#issuer.startsWith('http:');
    const methods = found['token_endpoint_auth_methods_supported'];
    return {
      token: new URL(checkedAddress("The issuer's token endpoint", text(found['token_endpoint']), plain)),
      basic: !Array.isArray(methods) || methods.includes('client_secret_basic'),
    };
  }

  async #token({ token, basic }: Metadata, since: number): Promise<WorkerToken> {
    const { clientId, parameters } = this.#client;
    const secret = await this.#client.clientSecret();
    const form = new URLSearchParams({ ...parameters, grant_type: 'client_credentials' });
    const headers: Record<string, string> = { accept: 'application/json' };
    if (basic) {
      // RFC 6749, 2.3.1: both are form-encoded first.
      const pair = `${encoded(clientId)}:${encoded(secret)}`;
      headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
    } else {
      form.set('client_id', clientId);
      form.set('client_secret', secret);
    }
    const answer = await exchange(token, { method: 'POST', headers, body: form }, TIMEOUT_MS);
    const body = json(answer.body);
    if (answer.status !== 200 || typeof body['access_token'] !== 'string') {
      throw this.#failure(answer, `it answered ${answer.status} ${errorCode(body['error'])}. ${advice(answer)}`);
    }
    return workerToken(body['access_token'], since, Number(body['expires_in'] ?? UNSAID_LIFETIME_S) * 1000);
  }

  /** What passes is told from a refusal: the worker's settings have no part in it. */
  #failure(answer: Answer, refusal: string): ProblemError {
    const { status } = answer;
    const provider = `The identity provider at ${this.#issuer}`;
    const name = `"${this.#client.clientId}"`;
    if (status >= 500) {
      const detail = `${provider} failed: it answered ${status}. Client ${name} got no token; try again.`;
      return this.#problem(answer, 'worker-token-unavailable', detail);
    }
    if (status === 429) {
      const detail = `${provider} gave no token to client ${name}: it answered 429. Wait, and try again.`;
      return this.#problem(answer, 'worker-token-unavailable', detail);
    }
    return this.#problem(answer, 'worker-token-refused', `${provider} gave no token to client ${name}: ${refusal}`);
  }

  #problem(answer: Answer, code: string, detail: string): ProblemError {
    const wait = retryAfterMs(answer.retryAfter, this.#now());
    return new ProblemError({ status: answer.status, code, detail, retryAfterMs: wait });
  }
}

/** Only these say that the request itself was wrong (RFC 6749, 5.2). */
function advice({ status }: Answer): string {
  return status === 400 || status === 401 ? 'Check issuer, client id and secret.' : 'Its log may say why.';
}

function workerToken(value: string, since: number, lifetimeMs: number): WorkerToken {
  const end = since + lifetimeMs;
  return { value, since, renewal: end - Math.min(EARLY_MS, lifetimeMs / 5), end };
}

/** RFC 6749, 5.2: a code of plain characters. Its description is left out, as anything else that it says. */
function errorCode(error: unknown): string {
  return typeof error === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(error) ? error : 'without an error code';
}

function encoded(value: string): string {
  return new URLSearchParams({ v: value }).toString().slice(2);
}
