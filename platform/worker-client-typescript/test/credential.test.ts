import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UnexpectedAnswerError, WrongCredentialError } from '../src/index.js';
import { ALICE, CONNECTION, credential, CREDENTIAL, Suite } from './suite.js';
import { StubServer } from './stub-server.js';

let suite: Suite;

beforeEach(async () => {
  suite = new Suite(await StubServer.start());
});
afterEach(() => suite.server.stop());

describe('a credential', () => {
  it('is asked for as the worker, on behalf of exactly one user', async () => {
    suite.server.on(CREDENTIAL, suite.token('at-1'));

    await suite.alice().getAccessToken(CONNECTION, ['write', 'read']);

    const [request] = suite.server.to(CREDENTIAL);
    expect(request?.headers.authorization).toBe('Bearer workers-token');
    expect(request?.headers['x-on-behalf-of']).toBe(ALICE);
    expect(request?.body).toBe('{"scopes":["read","write"]}');
  });

  it('of OAuth is a token', async () => {
    suite.server.on(CREDENTIAL, suite.token('at-1', 7));

    const found = await suite.alice().getCredential(CONNECTION);

    expect(found).toMatchObject({ type: 'oauth2', version: 7, scope: ['read', 'write'] });
    expect(found.expiresAt?.getTime()).toBe(suite.now + 3_600_000);
    expect(found.fields['team']?.reveal()).toBe('T1');
    expect(found.type === 'oauth2' && found.accessToken.reveal()).toBe('at-1');
  });

  it('of an API key tells how to send it', async () => {
    suite.server.on(CREDENTIAL, credential({ type: 'api_key', api_key: 'sk-1', api_secret: 'org' }));

    const found = await suite.alice().getCredential(CONNECTION);

    expect(found.type === 'api_key' && [found.apiKey.reveal(), found.apiSecret?.reveal()]).toEqual(['sk-1', 'org']);
    expect(found.apply.url('/v1/models?limit=1')).toBe('https://api.example.com/v1/models?limit=1&key=a+b%26c');
    expect(found.apply.headers({ Accept: 'a' })).toEqual({ Accept: 'a', Authorization: 'Bearer sk-1' });
  });

  it('is sent to its provider alone', async () => {
    suite.server.on(CREDENTIAL, credential({ type: 'api_key', api_key: 'sk-1' }));

    const { apply } = await suite.alice().getCredential(CONNECTION);

    expect(() => apply.url('.example.org/v1')).toThrow();
    expect(new URL(apply.url('//example.org')).host).toBe('api.example.com');
  });

  it.each([
    [{ type: 'basic_auth', username: 'u', password: 'p', port: 5432 }, { type: 'basic_auth', username: 'u' }],
    [{ type: 'custom', headers: { 'X-Key': 'k' } }, { type: 'custom' }],
    [
      { type: 'mcp', server_url: 'https://m', auth_type: 'bearer' },
      { type: 'mcp', serverUrl: 'https://m', authType: 'bearer' },
    ],
  ])('of %o has its fields', async (data, expected) => {
    suite.server.on(CREDENTIAL, credential(data));

    expect(await suite.alice().getCredential(CONNECTION)).toMatchObject(expected);
  });

  it('of a kind that is not known asks for a newer library', async () => {
    suite.server.on(CREDENTIAL, credential({ type: 'oauth1' }));

    await expect(suite.alice().getCredential(CONNECTION)).rejects.toThrow(UnexpectedAnswerError);
  });

  it('that is no token is not given as one', async () => {
    suite.server.on(CREDENTIAL, credential({ type: 'api_key', api_key: 'sk-1' }));

    const failure: unknown = await suite.alice().getAccessToken(CONNECTION).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(WrongCredentialError);
    expect(String(failure)).toContain('Use getCredential');
    expect(String(failure)).not.toContain('sk-1');
  });

  it('shows no secret when it is printed, and none as JSON', async () => {
    suite.server.on(CREDENTIAL, credential({ type: 'api_key', api_key: 'sk-1', api_secret: 'sk-1', other: 'sk-1' }));

    const found = await suite.alice().getCredential(CONNECTION);

    for (const shown of [inspect(found, { depth: 9, showHidden: true }), JSON.stringify(found), `${found.fields['other']}`]) {
      expect(shown).not.toMatch(/sk-1|a b&c/);
    }
    expect(JSON.stringify(found)).toContain('[secret]');
  });

  it('is not asked for by an id that could be another path', async () => {
    await expect(suite.alice().getCredential('../users')).rejects.toThrow('must be a UUID');
    expect(() => suite.client().actingFor('alice')).toThrow('must be a UUID');
    expect(suite.server.received).toEqual([]);
  });
});
