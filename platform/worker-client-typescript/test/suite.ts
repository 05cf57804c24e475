import { ConnectionsClient, type ConnectionsClientOptions, type UserConnections } from '../src/index.js';
import { ok, StubServer, type Reply } from './stub-server.js';

export const ALICE = '0190a1ce-0000-7000-8000-00000000a11c';
export const BOB = '0190a1ce-0000-7000-8000-000000000b0b';
export const CONNECTION = '01a20632-8723-7084-862d-61f1084acb54';
export const CREDENTIAL = `/api/credentials/${CONNECTION}`;
export const REFUSED = `${CREDENTIAL}/refused`;
export const TOOL = `/api/mcp/${CONNECTION}/call`;

export const SECOND = 1000;
export const HOUR = 3600 * SECOND;

/** A client against a stub of the suite, with a clock of its own. */
export class Suite {
  now = Date.parse('2026-11-26T05:00:00Z');
  readonly server: StubServer;

  constructor(server: StubServer) {
    this.server = server;
  }

  client(options: Partial<ConnectionsClientOptions> = {}): ConnectionsClient {
    const tokens = { token: async () => 'workers-token' };
    return new ConnectionsClient({
      url: this.server.url,
      tokens,
      stepMs: 5,
      patienceMs: 2 * SECOND,
      now: () => this.now,
      ...options,
    });
  }

  alice(options: Partial<ConnectionsClientOptions> = {}): UserConnections {
    return this.client(options).actingFor(ALICE);
  }

  asked(): number {
    return this.server.to(CREDENTIAL).length;
  }

  token(accessToken: string, version = 1, lifeMs = HOUR): Reply {
    return ok({
      type: 'oauth2',
      access_token: accessToken,
      token_type: 'Bearer',
      scope: ['read', 'write'],
      expires_at: new Date(this.now + lifeMs).toISOString(),
      credential_version: version,
      team: 'T1',
      apply: { headers: { Authorization: `Bearer ${accessToken}` }, query: {}, base_url: null },
    });
  }
}

export function credential(fields: object): Reply {
  const apply = {
    headers: { Authorization: 'Bearer sk-1' },
    query: { key: 'a b&c' },
    base_url: 'https://api.example.com/',
  };
  return ok({ credential_version: 3, expires_at: null, apply, ...fields });
}
