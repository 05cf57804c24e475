import type { Credential } from './credential.js';

export interface Limits {
  /** Credentials kept at once, the ones used last. */
  readonly entries: number;
  /** How long one is used without asking again; zero keeps nothing. */
  readonly maximumAgeMs: number;
  /** How long before its end one is no longer used. */
  readonly marginMs: number;
}

interface Remembered {
  readonly credential: Credential;
  readonly until: number;
}

/**
 * Credentials that were handed out, for a short time, for each place (user and connection); and calls for one that are under way, so
 * that those who want the same one at the same time make one call. What was asked for before a refusal is never kept after it.
 */
export class CredentialMemory {
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #remembered = new Map<string, Remembered>();
  readonly #flights = new Map<string, Map<string, Promise<Credential>>>();

  constructor(limits: Limits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** The remembered one, that of a call under way, or that of a call that this starts. */
  obtain(place: string, scopes: readonly string[], ask: () => Promise<Credential>): Promise<Credential> {
    const known = this.known(place);
    if (known !== undefined && has(known, scopes)) {
      return Promise.resolve(known);
    }
    const flights = this.#flights.get(place) ?? new Map<string, Promise<Credential>>();
    const wanted = [...new Set(scopes)].sort().join(' ');
    const underWay = flights.get(wanted);
    if (underWay !== undefined) {
      return underWay;
    }
    const flight = ask().then(
      (credential) => {
        this.#land(place, wanted, flight, credential);
        return credential;
      },
      (failure: unknown) => {
        this.#land(place, wanted, flight, undefined);
        throw failure;
      },
    );
    this.#flights.set(place, flights.set(wanted, flight));
    return flight;
  }

  /** Undefined when there is none, or none that may still be used. */
  known(place: string): Credential | undefined {
    const entry = this.#remembered.get(place);
    if (entry === undefined || this.#now() >= entry.until) {
      return undefined;
    }
    this.#remembered.delete(place);
    this.#remembered.set(place, entry);
    return entry.credential;
  }

  /** Nothing that is known now, or was asked for already, is given to anybody who comes later. */
  forget(place: string): void {
    this.#remembered.delete(place);
    this.#flights.delete(place);
  }

  #land(place: string, wanted: string, flight: Promise<Credential>, credential: Credential | undefined): void {
    const flights = this.#flights.get(place);
    if (flights?.get(wanted) !== flight) {
      return;
    }
    flights.delete(wanted);
    if (flights.size === 0) {
      this.#flights.delete(place);
    }
    if (credential !== undefined) {
      this.#keep(place, credential);
    }
  }

  /** How many are held, whether or not they may still be used. */
  get size(): number {
    return this.#remembered.size;
  }

  /** Also drops what is over: a credential that nobody asks for again must not stay in memory. */
  #keep(place: string, credential: Credential): void {
    const now = this.#now();
    for (const [other, { until }] of this.#remembered) {
      if (now >= until) {
        this.#remembered.delete(other);
      }
    }
    const end = credential.expiresAt?.getTime() ?? Infinity;
    const until = Math.min(now + this.#limits.maximumAgeMs, end - this.#limits.marginMs);
    this.#remembered.delete(place);
    if (now < until) {
      this.#remembered.set(place, { credential, until });
    }
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= this.#limits.entries) {
        return;
      }
      this.#remembered.delete(oldest);
    }
  }
}

function has(credential: Credential, scopes: readonly string[]): boolean {
  return (
    scopes.length === 0 ||
    (credential.type === 'oauth2' && scopes.every((scope) => credential.scope.includes(scope)))
  );
}
