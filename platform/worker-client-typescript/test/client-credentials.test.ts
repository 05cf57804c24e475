import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientCredentials, ProblemError, type TokenSupplier } from '../src/index.js';
import { CONNECTION, CREDENTIAL, SECOND, Suite, TOOL } from './suite.js';
import { BROKEN, problem, StubServer, type Reply } from './stub-server.js';

const METADATA = '/.well-known/openid-configuration';
const SECRET = 's3cr+t/';

let issuer: StubServer;
let now: number;
let tryMs: number;
let tokens: TokenSupplier;

const reply = (status: number, body: object): Reply => ({ status, body: JSON.stringify(body) });
const token = (value: string) => reply(200, { access_token: value, token_type: 'Bearer', expires_in: 600 });
const failed = (promise: Promise<unknown>) => promise.then(() => undefined, (error: unknown) => error);
const PAGE = '<html>gateway</html>';
const metadata = (name: string, method: string) =>
  reply(200, { issuer: name, token_endpoint: `${issuer.url}/token`, token_endpoint_auth_methods_supported: [method] });

beforeEach(async () => {
  issuer = await StubServer.start();
  now = Date.parse('2026-11-26T05:00:00Z');
  tryMs = 0;
  issuer.on(METADATA, metadata(issuer.url, 'client_secret_basic'));
  issuer.on('/token', token('w-1'), token('w-2'), token('w-3'));
  tokens = clientCredentials({
    issuer: issuer.url,
    clientId: 'worker',
    clientSecret: () => {
      now += tryMs;
      return SECRET;
    },
    parameters: { resource: 'https://connections.example' },
    now: () => now,
    stepMs: 5,
  });
});
afterEach(() => issuer.stop());

describe('client credentials', () => {
  it('find their endpoint, and ask once for all', async () => {
    expect(await Promise.all([tokens.token(), tokens.token()])).toEqual(['w-1', 'w-1']);
    expect(await tokens.token()).toBe('w-1');

    expect(issuer.to(METADATA)).toHaveLength(1);
    const [request] = issuer.to('/token');
    expect(request?.body).toBe('resource=https%3A%2F%2Fconnections.example&grant_type=client_credentials');
    const basic = Buffer.from('worker:s3cr%2Bt%2F').toString('base64');
    expect(request?.headers.authorization).toBe(`Basic ${basic}`);
  });

  it('go into the body where the issuer wants it', async () => {
    issuer.on(METADATA, metadata(issuer.url, 'client_secret_post'));

    await tokens.token();

    expect(issuer.to('/token')[0]?.body).toContain('client_secret=s3cr%2Bt%2F');
  });

  it('are asked for anew a minute before the end', async () => {
    await tokens.token();
    now += 539 * SECOND;
    expect(await tokens.token()).toBe('w-1');
    now += SECOND;

    expect(await tokens.token()).toBe('w-2');
  });

  it('go on with a living token while the issuer is away', async () => {
    await tokens.token();
    now += 550 * SECOND;
    issuer.on('/token', problem(503, 'x', '60'));

    expect(await tokens.token()).toBe('w-1');
    expect(await tokens.token()).toBe('w-1');
    expect(issuer.to('/token'), 'not asked again at once').toHaveLength(2);
    now += 50 * SECOND;

    await expect(tokens.token(), 'it has ended').rejects.toThrow('503');
  });

  it('give another token after a refusal, but not as soon as one is there', async () => {
    const first = await tokens.token();
    tokens.refused?.(first);
    expect(await tokens.token()).toBe('w-1');
    now += 6 * SECOND;
    tokens.refused?.(first);

    expect(await tokens.token()).toBe('w-2');
  });

  it('say what to check, without a secret', async () => {
    issuer.on('/token', reply(401, { error: 'invalid_client', error_description: SECRET }));

    const failure = String(await tokens.token().catch((error: unknown) => error));

    expect(failure).toContain('gave no token to client "worker": it answered 401 invalid_client. Check issuer');
    expect(failure).not.toContain(SECRET);
  });

  it.each<[string, Reply]>([
    ['429', problem(429, 'x', '0')],
    ['500', reply(500, { error: 'server_error' })],
    ['502', { status: 502, body: PAGE }],
    ['503', problem(503, 'x')],
    ['504', { status: 504, body: '' }],
    ['a broken connection', BROKEN],
  ])('are asked for again after %s, which passes', async (_what, failure) => {
    issuer.on(METADATA, failure, failure, metadata(issuer.url, 'client_secret_basic'));
    issuer.on('/token', failure, failure, token('w-1'));

    expect(await tokens.token()).toBe('w-1');
  });

  it.each([
    ['/token', 500],
    ['/token', 502],
    ['/token', 503],
    ['/token', 504],
    [METADATA, 500],
    [METADATA, 503],
  ])('say that the identity provider failed, and blame no setting: %s %i', async (path, status) => {
    issuer.on(path, reply(status, { error: SECRET }));

    expect(await failed(tokens.token())).toMatchObject({
      status,
      code: 'worker-token-unavailable',
      detail: `The identity provider at ${issuer.url} failed: it answered ${status}. Client "worker" got no token; try again.`,
    });
    expect(issuer.to(path)).toHaveLength(3);
  });

  it('say that they are asked for too often', async () => {
    issuer.on('/token', problem(429, 'x', '60'));

    expect(await failed(tokens.token())).toMatchObject({
      code: 'worker-token-unavailable',
      detail: `The identity provider at ${issuer.url} gave no token to client "worker": it answered 429. Wait, and try again.`,
      retryAfterMs: 60 * SECOND,
    });
    expect(issuer.to('/token')).toHaveLength(1);
  });

  it.each([403, 404])('blame no setting for a refusal of another kind: %i', async (status) => {
    issuer.on('/token', reply(status, { error: 'access_denied' }));

    expect(String(await failed(tokens.token()))).toContain(
      `gave no token to client "worker": it answered ${status} access_denied. Its log may say why.`,
    );
    expect(issuer.to('/token')).toHaveLength(1);
  });

  it('refuse metadata of another issuer', async () => {
    issuer.on(METADATA, metadata('https://other.example', 'client_secret_basic'));

    const failure = String(await failed(tokens.token()));

    expect(failure).toContain('no metadata with this very issuer');
    expect(failure).toMatch(/openid-configuration\. Check the issuer\.$/);
    expect(issuer.to('/token')).toEqual([]);
  });

  it('serve a client whose token the suite refuses with another', async () => {
    const suite = new Suite(await StubServer.start());
    suite.server.on(CREDENTIAL, problem(401, 'unauthorized'), suite.token('at-1'));
    await tokens.token();
    now += 6 * SECOND;

    expect(await suite.alice({ tokens }).getAccessToken(CONNECTION)).toBe('at-1');

    expect(suite.server.to(CREDENTIAL).at(-1)?.headers.authorization).toBe('Bearer w-2');
    await suite.server.stop();
  });
});

describe('the pause after a failure', () => {
  beforeEach(() => issuer.on('/token', token('w-1'), problem(503, 'x')));

  it('is counted from the end of the tries', async () => {
    await tokens.token();
    now += 545 * SECOND;
    tryMs = 6 * SECOND;

    expect(await tokens.token()).toBe('w-1');
    now += 5 * SECOND - 1;
    expect(await tokens.token()).toBe('w-1');
    expect(issuer.to('/token')).toHaveLength(1 + 3);
    now += 1;
    expect(await tokens.token()).toBe('w-1');

    expect(issuer.to('/token'), 'it is over').toHaveLength(1 + 3 + 3);
  });

  it('has the last failure thrown again where there is no token', async () => {
    tryMs = 6 * SECOND;
    issuer.on('/token', problem(503, 'x'));
    const failure = await failed(tokens.token());
    issuer.on('/token', token('w-1'));
    now += 5 * SECOND - 1;

    expect(failure).toBeInstanceOf(ProblemError);
    expect(String(await failed(tokens.token()))).toBe(String(failure));
    expect(issuer.to('/token')).toHaveLength(3);
    now += 1;

    expect(await tokens.token()).toBe('w-1');
  });

  it('does not keep a token alive that ended during the tries', async () => {
    await tokens.token();
    now += 590 * SECOND;
    tryMs = 6 * SECOND;

    expect(await failed(tokens.token())).toBeInstanceOf(ProblemError);
  });

  it('ends with the token that is refused', async () => {
    const first = await tokens.token();
    now += 545 * SECOND;
    issuer.on('/token', problem(503, 'x', '60'), token('w-2'));
    expect(await tokens.token()).toBe('w-1');

    tokens.refused?.(first);

    expect(await tokens.token()).toBe('w-2');
  });
});

describe('a call without a token', () => {
  let suite: Suite;

  beforeEach(async () => {
    suite = new Suite(await StubServer.start());
  });
  afterEach(() => suite.server.stop());

  it.each<[string, Reply]>([
    ['400', reply(400, { error: 'invalid_scope' })],
    ['500', reply(500, { error: 'server_error' })],
    ['502', { status: 502, body: PAGE }],
    ['503', problem(503, 'x')],
    ['503 for long', problem(503, 'x', '60')],
    ['504', { status: 504, body: '' }],
    ['a broken connection', BROKEN],
  ])('says that nothing ran: %s', async (_what, failure) => {
    issuer.on('/token', failure);

    expect(await failed(suite.alice({ tokens }).executeTool(CONNECTION, 'echo'))).toMatchObject({ nothingRan: true });

    expect(suite.server.to(TOOL)).toEqual([]);
    expect(issuer.to('/token').length, 'not three times three').toBeLessThanOrEqual(3);
  });

  it('says that nothing ran where its token was refused, and there is no other', async () => {
    suite.server.on(TOOL, problem(401, 'unauthorized'));
    issuer.on('/token', token('w-1'), reply(500, {}));
    await tokens.token();
    now += 6 * SECOND;

    expect(await failed(suite.alice({ tokens }).executeTool(CONNECTION, 'echo'))).toMatchObject({ nothingRan: true });

    expect(suite.server.to(TOOL)).toHaveLength(1);
  });

  it('says that nothing ran where a refusal cannot be told to the supplier', async () => {
    suite.server.on(TOOL, problem(401, 'unauthorized'));
    const supplier: TokenSupplier = {
      token: async () => 'w-1',
      refused: () => {
        throw new ProblemError({ status: 500, code: 'x', detail: 'It failed.' });
      },
    };

    expect(await failed(suite.alice({ tokens: supplier }).executeTool(CONNECTION, 'echo'))).toMatchObject({
      nothingRan: true,
    });
  });

  it('does not ask three times three, even if it may be repeated', async () => {
    issuer.on('/token', problem(503, 'x'));

    await expect(suite.alice({ tokens }).getAccessToken(CONNECTION)).rejects.toThrow('503');

    expect(issuer.to('/token')).toHaveLength(3);
  });
});
