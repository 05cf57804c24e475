import { checkedAddress } from './address.js';
import { ConnectionsError } from './errors.js';
import type { Retries } from './retries.js';
import { TokenEndpoint, type WorkerToken } from './token-endpoint.js';
import type { TokenSupplier } from './token-supplier.js';

export interface ClientCredentialsOptions {
  /** Issuer of the tokens, as the suite's CONNECTIONS_ISSUER; https but on loopback. */
  readonly issuer: string;
  readonly clientId: string;
  /** Asked for at each request, so that a rotated secret is picked up. */
  readonly clientSecret: () => string | Promise<string>;
  /** Of the token request, such as `audience` or `resource`, where the issuer wants any. */
  readonly parameters?: Record<string, string>;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** The longest wait before the second try; 200. */
  readonly stepMs?: number;
}

const AFTER_A_FAILURE_MS = 5_000;

/**
 * The worker's own token by client credentials (RFC 6749, 4.4). The token endpoint is found in the issuer's metadata. A token is
 * renewed before it ends; while that fails, the one that still lives is used. One request at a time, whoever waits; and none for a
 * few seconds after one that failed, so that those who come then do not wait for all its tries again.
 */
export function clientCredentials(options: ClientCredentialsOptions): TokenSupplier {
  const { now = Date.now, stepMs = 200 } = options;
  const retries: Retries = { attempts: 3, patienceMs: 10_000, stepMs, random: Math.random };
  const endpoint = new TokenEndpoint(checkedAddress('The issuer', options.issuer), options, retries, now);
  return new Renewing(() => endpoint.request(), now);
}

interface Failure {
  readonly reason: ConnectionsError;
  /** When nobody asks again. */
  readonly until: number;
}

class Renewing implements TokenSupplier {
  readonly #request: () => Promise<WorkerToken>;
  readonly #now: () => number;
  #held: WorkerToken | undefined;
  #renewing: Promise<WorkerToken> | undefined;
  #failed: Failure | undefined;

  constructor(request: () => Promise<WorkerToken>, now: () => number) {
    this.#request = request;
    this.#now = now;
  }

  async token(): Promise<string> {
    const now = this.#now();
    if (this.#held !== undefined && now < this.#held.renewal) {
      return this.#held.value;
    }
    if (this.#failed !== undefined && now < this.#failed.until) {
      return this.#livingOr(this.#failed.reason);
    }
    try {
      return (await this.#renewed()).value;
    } catch (failure) {
      return this.#livingOr(failure);
    }
  }

  /** A token that is younger than a few seconds is not given up: a service that refuses it would refuse the next one as well. */
  refused(token: string): void {
    if (this.#held?.value === token && this.#now() > this.#held.since + AFTER_A_FAILURE_MS) {
      this.#held = undefined;
      // What failed while there was this one is no reason not to ask for another.
      this.#failed = undefined;
    }
  }

  #renewed(): Promise<WorkerToken> {
    this.#renewing ??= this.#request()
      .then(
        (token) => (this.#held = token),
        (failure: unknown) => {
          if (failure instanceof ConnectionsError) {
            // Not from before the tries: they may last longer than the pause.
            this.#failed = { reason: failure, until: this.#now() + AFTER_A_FAILURE_MS };
          }
          throw failure;
        },
      )
      .finally(() => (this.#renewing = undefined));
    return this.#renewing;
  }

  #livingOr(failure: unknown): string {
    if (!(failure instanceof ConnectionsError) || this.#held === undefined || this.#now() >= this.#held.end) {
      throw failure;
    }
    return this.#held.value;
  }
}
