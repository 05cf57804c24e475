import type { Apply } from './apply.js';
import type { Secret } from './secret.js';

/** What every credential that was handed out has. */
interface Issued {
  readonly connectionId: string;
  /** What `reportRefused` quotes. */
  readonly version: number;
  /** When it ends by the broker's clock; undefined for one that does not end by itself. */
  readonly expiresAt: Date | undefined;
  /** How to send it without knowing the provider; empty where the provider is unknown to the suite. */
  readonly apply: Apply;
  /** All of it by the names of the connection's data: also what only this provider has, such as an account id. */
  readonly fields: Fields;
}

/** Texts, numbers and booleans as texts. Any of them may be secret. */
export type Fields = Readonly<Record<string, Secret>>;

export interface OAuth2Credential extends Issued {
  readonly type: 'oauth2';
  readonly accessToken: Secret;
  readonly tokenType: string;
  readonly scope: readonly string[];
}

export interface ApiKeyCredential extends Issued {
  readonly type: 'api_key';
  readonly apiKey: Secret;
  readonly apiSecret: Secret | undefined;
}

/** Also of a database: `host`, `port`, `database` and `ssl` are among the fields. */
export interface BasicAuthCredential extends Issued {
  readonly type: 'basic_auth';
  readonly username: string;
  readonly password: Secret;
}

export interface CustomCredential extends Issued {
  readonly type: 'custom';
  readonly headers: Readonly<Record<string, Secret>>;
}

/** To speak to the server oneself; `executeTool` needs none of it. */
export interface McpCredential extends Issued {
  readonly type: 'mcp';
  readonly serverUrl: string;
  readonly authType: string;
}

/** A credential that works now. None holds a refresh token, and none shows a secret as text or JSON. */
export type Credential = OAuth2Credential | ApiKeyCredential | BasicAuthCredential | CustomCredential | McpCredential;
