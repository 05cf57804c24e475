import { beforeTheCall } from './errors.js';
import { exchange } from './exchange.js';
import { data, type Answer, type Json } from './problem.js';
import { retried, type Repeat, type Retries } from './retries.js';
import type { TokenSupplier } from './token-supplier.js';

export interface Call {
  readonly target: URL;
  /** The one user that the worker acts for. */
  readonly user: string;
  readonly body: Json;
  /** Of one try. */
  readonly timeoutMs: number;
  readonly repeat: Repeat;
}

/** Calls of the suite; answers the `data` of the answer. */
export class Calls {
  readonly #tokens: TokenSupplier;
  readonly #retries: Retries;
  readonly #now: () => number;

  constructor(tokens: TokenSupplier, retries: Retries, now: () => number) {
    this.#tokens = tokens;
    this.#retries = retries;
    this.#now = now;
  }

  data(call: Call): Promise<Json> {
    return retried(this.#retries, call.repeat, async () =>
      data(`POST ${call.target.pathname}`, await this.#authorized(call), this.#now()),
    );
  }

  /** A 401 says that nothing ran: once more with another token, if the supplier has one. */
  async #authorized(call: Call): Promise<Answer> {
    const token = await this.#token();
    const answer = await send(call, token);
    if (answer.status !== 401) {
      return answer;
    }
    const next = await this.#token(token);
    return next === token ? answer : send(call, next);
  }

  /** Without one, nothing of the call is sent; and after a 401 nothing of it ran. */
  async #token(refused?: string): Promise<string> {
    try {
      if (refused !== undefined) {
        this.#tokens.refused?.(refused);
      }
      return await this.#tokens.token();
    } catch (failure) {
      throw beforeTheCall(failure);
    }
  }
}

function send({ target, user, body, timeoutMs }: Call, token: string): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${token}`,
    'x-on-behalf-of': user,
    'content-type': 'application/json',
    accept: 'application/json',
  };
  return exchange(target, { method: 'POST', headers, body: JSON.stringify(body) }, timeoutMs);
}
