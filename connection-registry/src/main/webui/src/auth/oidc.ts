import * as oauth from 'oauth4webapi';
import type { UiConfig } from '@/config/config';
import { keepPending, takePending, type PendingSignIn } from './pending';

export interface Tokens {
  accessToken: string;
  refreshToken: string | undefined;
  idToken: string | undefined;
  /** Epoch milliseconds. */
  expiresAt: number;
}

export interface Person {
  subject: string;
  name: string;
  email: string | undefined;
}

const DEFAULT_LIFETIME_S = 300;

/** The authorization code flow with PKCE at the installation's identity provider, without any state but what a tab keeps. */
export class OidcClient {
  private readonly config: UiConfig;
  private readonly client: oauth.Client;
  private readonly options: { [oauth.allowInsecureRequests]: boolean };
  private server: Promise<oauth.AuthorizationServer> | undefined;

  constructor(config: UiConfig) {
    this.config = config;
    this.client = { client_id: config.client_id };
    // The local profile runs on plain http; production refuses such an issuer before this page is ever served.
    this.options = { [oauth.allowInsecureRequests]: config.issuer.startsWith('http:') };
  }

  /** Where to send the browser. Silent: the provider answers at once, with `login_required` when nobody is signed in. */
  async authorizationUrl(returnTo: string, silent: boolean): Promise<string> {
    const { url, state, pending } = await this.begin(returnTo, { silent });
    keepPending(state, pending);
    return url;
  }

  /** A sign-in whose end comes back to whoever has its state; what `complete` needs of it stays with the caller. */
  async begin(returnTo: string, { silent = false, state = oauth.generateRandomState() } = {}): Promise<Begun> {
    const server = await this.discovered();
    const nonce = oauth.generateRandomNonce();
    const verifier = oauth.generateRandomCodeVerifier();
    const redirectUri = redirectUriFor(returnTo);
    const url = new URL(server.authorization_endpoint as string);
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: this.config.client_id,
      redirect_uri: redirectUri,
      scope: this.config.scope,
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(silent ? { prompt: 'none' } : {}),
    }).toString();
    return { url: url.href, state, pending: { verifier, nonce, redirectUri, returnTo, silent } };
  }

  /** Ends a sign-in that came back to `url`; undefined when `url` is no such thing. */
  async finish(url: URL): Promise<{ returnTo: string; silent: boolean; outcome: SignedIn | Refused } | undefined> {
    const state = url.searchParams.get('state');
    const pending = state === null ? undefined : takePending(state);
    if (state === null || pending === undefined) {
      return undefined;
    }
    const { returnTo, silent } = pending;
    return { returnTo, silent, outcome: await this.complete(url, state, pending) };
  }

  async complete(url: URL, state: string, pending: PendingSignIn): Promise<SignedIn | Refused> {
    try {
      const server = await this.discovered();
      const parameters = oauth.validateAuthResponse(server, this.client, url, state);
      const response = await oauth.authorizationCodeGrantRequest(
        server, this.client, oauth.None(), parameters, pending.redirectUri, pending.verifier, this.options,
      );
      const result = await oauth.processAuthorizationCodeResponse(server, this.client, response, {
        expectedNonce: pending.nonce, requireIdToken: true,
      });
      return { tokens: tokensOf(result), person: personOf(result) };
    } catch (failure) {
      return refusedBy(failure);
    }
  }

  async renew(refreshToken: string): Promise<Tokens> {
    const server = await this.discovered();
    const response = await oauth.refreshTokenGrantRequest(server, this.client, oauth.None(), refreshToken, this.options);
    const result = await oauth.processRefreshTokenResponse(server, this.client, response);
    return { refreshToken, ...withoutUndefined(tokensOf(result)) } as Tokens;
  }

  /** Ends the refresh token and answers where the session itself is ended, if the provider offers that. */
  async signOutUrl(tokens: Tokens): Promise<string | undefined> {
    const server = await this.discovered();
    if (tokens.refreshToken && server.revocation_endpoint) {
      await oauth.revocationRequest(server, this.client, oauth.None(), tokens.refreshToken, this.options).catch(() => undefined);
    }
    if (!server.end_session_endpoint) {
      return undefined;
    }
    const url = new URL(server.end_session_endpoint);
    url.searchParams.set('client_id', this.config.client_id);
    url.searchParams.set('post_logout_redirect_uri', `${location.origin}/`);
    if (tokens.idToken) {
      url.searchParams.set('id_token_hint', tokens.idToken);
    }
    return url.href;
  }

  private discovered(): Promise<oauth.AuthorizationServer> {
    this.server ??= this.discover().catch((failure: unknown) => {
      this.server = undefined;
      throw failure;
    });
    return this.server;
  }

  private async discover(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(this.config.issuer);
    return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, this.options));
  }
}

export interface Begun {
  url: string;
  state: string;
  pending: PendingSignIn;
}

export interface SignedIn {
  tokens: Tokens;
  person: Person;
}

export interface Refused {
  error: string;
  message: string;
}

/**
 * A window that another site opened comes back to `/connect`: that page alone is served without a cross-origin opener
 * policy, which would cut it off from its opener.
 */
function redirectUriFor(returnTo: string): string {
  return location.origin + (new URL(returnTo, location.origin).pathname === '/connect' ? '/connect' : '/callback');
}

function tokensOf(answer: oauth.TokenEndpointResponse): Tokens {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    idToken: answer.id_token,
    expiresAt: Date.now() + (answer.expires_in ?? DEFAULT_LIFETIME_S) * 1000,
  };
}

function personOf(answer: oauth.TokenEndpointResponse): Person {
  const claims = oauth.getValidatedIdTokenClaims(answer);
  const text = (claim: unknown) => (typeof claim === 'string' && claim !== '' ? claim : undefined);
  const email = text(claims?.['email']);
  const subject = String(claims?.sub);
  return { subject, name: text(claims?.['name']) ?? text(claims?.['preferred_username']) ?? email ?? subject, email };
}

/** Whether the provider itself said no, as opposed to being away. */
export const isRefusal = (failure: unknown): boolean => failure instanceof oauth.ResponseBodyError;

function refusedBy(failure: unknown): Refused {
  if (failure instanceof oauth.AuthorizationResponseError) {
    return { error: failure.error, message: failure.error_description ?? failure.error };
  }
  return { error: 'failed', message: failure instanceof Error ? failure.message : String(failure) };
}

const withoutUndefined = (object: object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
