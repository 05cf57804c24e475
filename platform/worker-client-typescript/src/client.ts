import { checkedAddress } from './address.js';
import type { Refusal, ToolResult } from './answers.js';
import { Calls, type Call } from './calls.js';
import { readCredential } from './credential-reader.js';
import type { Credential } from './credential.js';
import { UnexpectedAnswerError, WrongCredentialError } from './errors.js';
import { CredentialMemory } from './memory.js';
import { isObject, text, type Json } from './problem.js';
import type { TokenSupplier } from './token-supplier.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface ConnectionsClientOptions {
  /** Base URL of broker and gateway together, such as `http://localhost:8080`. */
  readonly url: string;
  /** Base URL of mcp-gateway, where it is another. */
  readonly gatewayUrl?: string;
  /** The worker's own token, see `clientCredentials`. */
  readonly tokens: TokenSupplier;
  /** For a network that encrypts by itself, such as a mesh. Loopback needs no leave. */
  readonly allowPlainHttp?: boolean;
  /** Of one try of a call of the broker; 30,000. */
  readonly timeoutMs?: number;
  /** Of a tool call; 130,000. The tool may run on after it. */
  readonly toolTimeoutMs?: number;
  /** Credentials remembered at once, for all users together; 10,000, and 0 for none. */
  readonly remembered?: number;
  /**
   * How long a credential is used before the broker is asked again; 60,000. So long may a worker go on with a connection that its
   * user has deleted or revoked, and so long is its use not recorded anew.
   */
  readonly maximumAgeMs?: number;
  /** How long before its end a token is no longer used; 30,000. Covers the longest request and the clocks' difference. */
  readonly marginMs?: number;
  /** How often a call is made at most; 3. */
  readonly attempts?: number;
  /** How long all waiting between tries may last; 10,000. */
  readonly patienceMs?: number;
  /** The longest wait before the second try; 200. */
  readonly stepMs?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** The suite as a workflow worker uses it. Make one for the life of the process. */
export class ConnectionsClient {
  readonly #connections: Omit<Surroundings, 'user'>;

  constructor(options: ConnectionsClientOptions) {
    const { tokens, now = Date.now, attempts = 3, patienceMs = 10_000, stepMs = 200 } = options;
    this.#connections = {
      broker: checkedAddress('The address of the broker', options.url, options.allowPlainHttp),
      gateway: checkedAddress('The address of the gateway', options.gatewayUrl ?? options.url, options.allowPlainHttp),
      timeoutMs: options.timeoutMs ?? 30_000,
      toolTimeoutMs: options.toolTimeoutMs ?? 130_000,
      calls: new Calls(tokens, { attempts, patienceMs, stepMs, random: Math.random }, now),
      memory: new CredentialMemory(
        {
          entries: options.remembered ?? 10_000,
          maximumAgeMs: options.maximumAgeMs ?? 60_000,
          marginMs: options.marginMs ?? 30_000,
        },
        now,
      ),
    };
  }

  /** The connections of the user for whom a workflow runs: the one that X-On-Behalf-Of names. Costs nothing. */
  actingFor(user: string): UserConnections {
    return new UserConnections({ ...this.#connections, user: uuid('The user', user) });
  }
}

interface Surroundings {
  readonly user: string;
  readonly broker: string;
  readonly gateway: string;
  readonly timeoutMs: number;
  readonly toolTimeoutMs: number;
  readonly calls: Calls;
  readonly memory: CredentialMemory;
}

/** The connections of one user. Every method may reject with a `ConnectionsError`. */
export class UserConnections {
  readonly #in: Surroundings;

  /** @internal */
  constructor(surroundings: Surroundings) {
    this.#in = surroundings;
  }

  /** An access token of an OAuth 2.0 connection that works now; the broker has renewed it if that was due. */
  async getAccessToken(connectionId: string, scopes: readonly string[] = []): Promise<string> {
    const credential = await this.getCredential(connectionId, scopes);
    if (credential.type !== 'oauth2') {
      throw new WrongCredentialError(
        `Connection ${connectionId} is of another kind (${credential.type}) and has no access token. Use getCredential, or choose an OAuth 2.0 connection.`,
      );
    }
    return credential.accessToken.reveal();
  }

  /**
   * A credential of any kind that works now. It is remembered for a short time, so ask each time it is needed and keep it nowhere else.
   *
   * @param scopes that an OAuth token must have, else 403 `insufficient-scope`; for other kinds leave them out
   */
  async getCredential(connectionId: string, scopes: readonly string[] = []): Promise<Credential> {
    const { memory } = this.#in;
    return memory.obtain(this.#place(connectionId), scopes, () => this.#ask(connectionId, scopes));
  }

  /**
   * Reports that the provider did not take a credential (HTTP 401, or what else it says so with). It is forgotten here; the broker
   * renews it, or tests what cannot be renewed. Then ask for the credential again, and try once more.
   */
  async reportRefused(refused: Credential): Promise<Refusal>;
  /** The same for a token of `getAccessToken`. */
  async reportRefused(connectionId: string, accessToken: string): Promise<Refusal>;
  async reportRefused(refused: Credential | string, accessToken?: string): Promise<Refusal> {
    if (typeof refused !== 'string') {
      return this.#report(refused);
    }
    const current = this.#in.memory.known(this.#place(refused)) ?? (await this.#ask(refused, []));
    return current.type === 'oauth2' && current.accessToken.reveal() === accessToken
      ? this.#report(current)
      : 'superseded';
  }

  /**
   * Calls a tool of an MCP connection, once: it is made again only when the answer says that nothing ran. What the owner has decided
   * about the connection's tools holds.
   */
  async executeTool(connectionId: string, tool: string, parameters: Json = {}): Promise<ToolResult> {
    const target = new URL(`${this.#in.gateway}/api/mcp/${uuid('The connection', connectionId)}/call`);
    const body = { tool, parameters };
    const result = await this.#call({ target, body, timeoutMs: this.#in.toolTimeoutMs, repeat: 'if-nothing-ran' });
    const structured = result['structuredContent'];
    return {
      text: text(result['text']),
      failed: result['isError'] === true,
      structured: isObject(structured) ? structured : undefined,
      result,
    };
  }

  async #ask(connectionId: string, scopes: readonly string[]): Promise<Credential> {
    const body = scopes.length === 0 ? {} : { scopes: [...new Set(scopes)].sort() };
    return readCredential(connectionId, await this.#broker(connectionId, '', body));
  }

  /** Forgotten before, for those who come meanwhile; and after, since the old one is handed out until the new one is there. */
  async #report({ connectionId, version }: Credential): Promise<Refusal> {
    const place = this.#place(connectionId);
    this.#in.memory.forget(place);
    const { outcome } = await this.#broker(connectionId, '/refused', { credential_version: version });
    this.#in.memory.forget(place);
    if (outcome === 'superseded' || outcome === 'renewed' || outcome === 'tested') {
      return outcome;
    }
    throw new UnexpectedAnswerError(
      'The broker answered a report with an outcome that this library does not know. Use a newer one.',
    );
  }

  #broker(connectionId: string, path: string, body: Json): Promise<Json> {
    const target = new URL(`${this.#in.broker}/api/credentials/${uuid('The connection', connectionId)}${path}`);
    return this.#call({ target, body, timeoutMs: this.#in.timeoutMs, repeat: 'freely' });
  }

  #call(call: Omit<Call, 'user'>): Promise<Json> {
    return this.#in.calls.data({ ...call, user: this.#in.user });
  }

  #place(connectionId: string): string {
    return `${this.#in.user} ${uuid('The connection', connectionId)}`;
  }
}

/** Ids become parts of addresses, so anything else is refused here. In lower case, so that one id is one. */
function uuid(what: string, value: string): string {
  if (!UUID.test(value)) {
    throw new TypeError(`${what} must be a UUID.`);
  }
  return value.toLowerCase();
}
