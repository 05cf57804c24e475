import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { authorizationUrl, Browser, pkce, tokenRequest } from './browser.mjs';
import { freePort, run } from './running.mjs';

const REDIRECT = 'http://localhost:18080/api/oauth/demo/callback';
const CLIENT = { id: 'connections', secret: 'demo-secret' };

describe('demo provider', () => {
  let folder;
  let environment;
  let issuer;
  let process;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-'));
    const port = await freePort();
    issuer = `http://localhost:${port}`;
    environment = {
      PORT: String(port), ISSUER: issuer, STATE_DIR: folder, DEMO_REDIRECT_URI: REDIRECT,
      DEMO_CLIENT_ID: CLIENT.id, DEMO_CLIENT_SECRET: CLIENT.secret,
    };
    process = await start();
  });

  after(async () => {
    await process?.stop('SIGKILL');
    await rm(folder, { recursive: true });
  });

  const start = (more) => run('demo-provider.mjs', { ...environment, ...more }, /demo-provider ready/);

  async function consentPage(browser, challenge, parameters = {}, login = 'alice') {
    const page = await browser.get(authorizationUrl(issuer, challenge, {
      client_id: CLIENT.id, redirect_uri: REDIRECT, scope: 'openid email offline_access', ...parameters,
    }));
    return page.body.includes('name="login"') ? browser.submit(page.url, { login }) : page;
  }

  async function connected(browser = new Browser(), parameters = {}, login = 'alice') {
    const { verifier, challenge } = pkce();
    const page = await consentPage(browser, challenge, parameters, login);
    const { url } = await browser.submit(page.url, { decision: 'allow' });
    return tokenRequest(issuer, {
      grant_type: 'authorization_code', code: new URL(url).searchParams.get('code'), redirect_uri: REDIRECT, code_verifier: verifier,
    }, CLIENT);
  }

  const refresh = (token) => tokenRequest(issuer, { grant_type: 'refresh_token', refresh_token: token }, CLIENT);
  const me = (token) => fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${token}` } });

  it('gives tokens that work at /me', async () => {
    const tokens = await connected();

    assert.equal(tokens.expires_in, 3600);
    const { sub, email } = await (await me(tokens.access_token)).json();
    assert.deepEqual({ sub, email }, { sub: 'alice', email: 'alice@demo.example' });
  });

  it('says on its pages what it is, and who asks for what', async () => {
    const browser = new Browser();
    const { body } = await consentPage(browser, pkce().challenge);

    assert.match(body, /Demo provider: allow access\?/);
    assert.match(body, /<strong>alice<\/strong>/);
    assert.match(body, /<li>email<\/li>/);
  });

  it('asks for consent each time, also when signed in', async () => {
    const browser = new Browser();
    await connected(browser);

    assert.match((await consentPage(browser, pkce().challenge)).body, /name="decision" value="allow"/);
  });

  it('reports a denial to the application', async () => {
    const browser = new Browser();
    const page = await consentPage(browser, pkce().challenge);

    const { url } = await browser.submit(page.url, { decision: 'deny' });

    assert.equal(new URL(url).searchParams.get('error'), 'access_denied');
  });

  it('insists on a decision and on a sensible name', async () => {
    const browser = new Browser();
    const page = await consentPage(browser, pkce().challenge);
    assert.match((await browser.submit(page.url, {})).body, /Choose Allow or Deny/);

    const other = new Browser();
    const login = await other.get(authorizationUrl(issuer, pkce().challenge, { client_id: CLIENT.id, redirect_uri: REDIRECT, scope: 'openid' }));
    const refused = await other.submit(login.url, { login: '<b>' });
    assert.match(refused.body, /Give a name/);
    assert.doesNotMatch(refused.body, /<b>/);
  });

  it('insists on PKCE', async () => {
    const { url } = await new Browser().get(`${issuer}/auth?client_id=${CLIENT.id}&response_type=code&scope=openid&redirect_uri=${REDIRECT}`);

    assert.match(url, /error=invalid_request/);
  });

  it('rotates the refresh token at every use, without being asked for offline_access', async () => {
    const first = await connected(new Browser(), { scope: 'openid email' });
    const second = await refresh(first.refresh_token);
    const third = await refresh(second.refresh_token);

    assert.equal(new Set([first, second, third].map((tokens) => tokens.refresh_token)).size, 3);
    assert.equal((await me(third.access_token)).status, 200);
  });

  it('ends the family when an old refresh token comes back, and only that family', async () => {
    const browser = new Browser();
    const first = await connected(browser);
    const bystander = await connected(browser);
    const second = await refresh(first.refresh_token);

    assert.equal((await refresh(first.refresh_token)).error, 'invalid_grant');

    assert.equal((await refresh(second.refresh_token)).error, 'invalid_grant');
    assert.equal((await me(second.access_token)).status, 401);
    assert.equal((await refresh(bystander.refresh_token)).status, 200);
  });

  it('redeems a refresh token once, however many ask at the same time', async () => {
    const { refresh_token: token } = await connected();

    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(token)));

    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.ok(answers.every(({ status, error }) => status === 200 || error === 'invalid_grant'));
  });

  it('revokes a token on request', async () => {
    const { refresh_token: token } = await connected();
    const headers = { authorization: `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}` };

    assert.equal((await fetch(`${issuer}/token/revocation`, { method: 'POST', headers, body: new URLSearchParams({ token }) })).status, 200);

    assert.equal((await refresh(token)).error, 'invalid_grant');
  });

  it('remembers through a kill which refresh tokens are good and which are used', async () => {
    const used = await connected();
    const rotated = await refresh(used.refresh_token);
    const fresh = await connected();

    await process.stop('SIGKILL');
    process = await start();

    assert.equal((await refresh(fresh.refresh_token)).status, 200);
    assert.equal((await refresh(used.refresh_token)).error, 'invalid_grant');
    assert.equal((await refresh(rotated.refresh_token)).error, 'invalid_grant');
  });

  it('gives an account named so tokens of the life in its name, at first and when refreshed', async () => {
    const first = await connected(new Browser(), {}, 'alice+20s');
    const second = await refresh(first.refresh_token);

    assert.deepEqual([first.expires_in, second.expires_in], [20, 20]);
    assert.equal((await (await me(second.access_token)).json()).sub, 'alice+20s');
  });

  it('ends access tokens when it is told to', async () => {
    await process.stop();
    process = await start({ DEMO_ACCESS_TOKEN_TTL: '1' });
    const tokens = await connected();

    assert.equal(tokens.expires_in, 1);
    await sleep(1500);
    assert.equal((await me(tokens.access_token)).status, 401);
  });
});
