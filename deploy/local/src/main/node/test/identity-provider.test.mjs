import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { authorizationUrl, Browser, claimsOf, pkce, tokenRequest } from './browser.mjs';
import { freePort, run } from './running.mjs';

const PUBLIC_URL = 'http://localhost:18080';
const REDIRECT = `${PUBLIC_URL}/callback`;
const ALICE = '0190a1ce-0000-7000-8000-00000000a11c';

describe('identity provider', () => {
  let folder;
  let environment;
  let issuer;
  let process;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'identity-'));
    const port = await freePort();
    issuer = `http://localhost:${port}`;
    environment = {
      PORT: String(port),
      ISSUER: issuer,
      STATE_DIR: join(folder, 'state'),
      PUBLIC_URL,
      WORKER_CLIENT_SECRET: 'worker-secret',
      CONNECTION_REGISTRY_CLIENT_SECRET: 'registry-secret',
      CREDENTIAL_VAULT_CLIENT_SECRET: 'vault-secret',
      OAUTH_BROKER_CLIENT_SECRET: 'broker-secret',
      MCP_GATEWAY_CLIENT_SECRET: 'gateway-secret',
    };
    process = await start();
  });

  after(async () => {
    await process?.stop('SIGKILL');
    await rm(folder, { recursive: true });
  });

  const start = () => run('identity-provider.mjs', environment, /identity-provider ready/);

  function loginPage(browser, challenge, parameters = {}) {
    return browser.get(authorizationUrl(issuer, challenge, {
      client_id: 'connections-ui', redirect_uri: REDIRECT, scope: 'openid email', ...parameters,
    }));
  }

  async function signIn(name, parameters) {
    const browser = new Browser();
    const { verifier, challenge } = pkce();
    const page = await loginPage(browser, challenge, parameters);
    const { url } = await browser.submit(page.url, { login: name, password: name });
    const answer = new URL(url).searchParams;
    const tokens = await tokenRequest(issuer, {
      grant_type: 'authorization_code', client_id: 'connections-ui', redirect_uri: REDIRECT,
      code: answer.get('code'), code_verifier: verifier,
    });
    return { answer, tokens };
  }

  async function signatureHolds(jwt) {
    const { keys: [key] } = await (await fetch(`${issuer}/jwks`)).json();
    const [header, payload, signature] = jwt.split('.');
    return verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), createPublicKey({ key, format: 'jwk' }), Buffer.from(signature, 'base64url'));
  }

  it('signs a person in by the code flow and says who it is and what for', async () => {
    const { answer, tokens } = await signIn('alice');

    assert.equal(answer.get('state'), 'the-state');
    assert.equal(answer.get('iss'), issuer);
    const { sub, aud, iss, client_id: client, groups, email, exp, iat } = claimsOf(tokens.access_token);
    assert.deepEqual({ sub, aud, iss, client, groups, email }, {
      sub: ALICE, aud: 'connections', iss: issuer, client: 'connections-ui', groups: ['user'], email: 'alice@example.com',
    });
    assert.equal(exp - iat, 3600);
    assert.ok(await signatureHolds(tokens.access_token));
    assert.deepEqual(claimsOf(tokens.id_token).groups, ['user']);
    assert.ok(tokens.refresh_token);
  });

  it('gives admin the group admin', async () => {
    const { tokens } = await signIn('admin');

    assert.deepEqual(claimsOf(tokens.access_token).groups, ['admin']);
    assert.equal(claimsOf(tokens.access_token).sub, '0190a1ce-0000-7000-8000-00000000ad13');
  });

  for (const [client, secret, group] of [
    ['worker', 'worker-secret', 'worker'], ['connection-registry', 'registry-secret', 'service'],
    ['credential-vault', 'vault-secret', 'service'], ['oauth-broker', 'broker-secret', 'service'], ['mcp-gateway', 'gateway-secret', 'service'],
  ]) {
    it(`gives ${client} a token of its own by client credentials`, async () => {
      const { access_token: token } = await tokenRequest(issuer, { grant_type: 'client_credentials' }, { id: client, secret });

      const { sub, aud, client_id: id, groups, exp, iat } = claimsOf(token);
      assert.deepEqual({ sub, aud, id, groups }, { sub: client, aud: 'connections', id: client, groups: [group] });
      assert.equal(exp - iat, 3600);
    });
  }

  it('refuses a wrong client secret', async () => {
    const { status, error } = await tokenRequest(issuer, { grant_type: 'client_credentials' }, { id: 'worker', secret: 'wrong' });

    assert.deepEqual({ status, error }, { status: 401, error: 'invalid_client' });
  });

  for (const path of ['/mcp', '/mcp/0190a1ce-0000-7000-8000-00000000c0c0']) {
    it(`gives a token for ${path} that audience`, async () => {
      const resource = `${PUBLIC_URL}${path}`;
      const { access_token: token } = await tokenRequest(issuer, { grant_type: 'client_credentials', resource }, { id: 'worker', secret: 'worker-secret' });

      assert.equal(claimsOf(token).aud, resource);
    });
  }

  for (const resource of ['urn:other', `${PUBLIC_URL}/mcpx`, 'http://elsewhere.example/mcp']) {
    it(`refuses ${resource}, a resource it does not know`, async () => {
      const { error } = await tokenRequest(issuer, { grant_type: 'client_credentials', resource }, { id: 'worker', secret: 'worker-secret' });

      assert.equal(error, 'invalid_target');
    });
  }

  for (const fields of [{ login: 'alice', password: 'bob' }, { login: 'mallory', password: 'mallory' }, { login: 'alice' }, { login: '"><script>', password: '' }]) {
    it(`shows one same message for ${JSON.stringify(fields)}, and lets the person try again`, async () => {
      const browser = new Browser();
      const { url } = await loginPage(browser, pkce().challenge);

      const refused = await browser.submit(url, fields);
      assert.equal(refused.status, 400);
      assert.match(refused.body, /role="alert" id="problem">Unknown name or wrong password. Try again.</);
      assert.doesNotMatch(refused.body, /<script/);

      assert.match((await browser.submit(url, { login: 'alice', password: 'alice' })).url, /[?&]code=/);
    });
  }

  it('serves the sign-in page with a policy that allows no script and no frame, but the way back to the application', async () => {
    const { headers, body } = await loginPage(new Browser(), pkce().challenge);

    const policy = headers.get('content-security-policy');
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.match(policy, /form-action 'self' http:\/\/localhost:18080(;|$)/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.match(body, /<label for="login">/);
    assert.match(body, /<label for="password">/);
  });

  it('says that a page has expired when another browser opens it', async () => {
    const { url } = await loginPage(new Browser(), pkce().challenge);

    const { status, body } = await new Browser().get(url);

    assert.equal(status, 400);
    assert.match(body, /expired, or was opened in another browser/);
  });

  it('refuses a form that is too large, and one that is no form', async () => {
    const browser = new Browser();
    const { url } = await loginPage(browser, pkce().challenge);

    assert.equal((await browser.submit(url, { login: 'a'.repeat(9000) })).status, 400);
  });

  it('insists on PKCE and on the registered redirect URIs', async () => {
    const withoutPkce = await new Browser().get(`${issuer}/auth?client_id=connections-ui&response_type=code&scope=openid&redirect_uri=${REDIRECT}`);
    assert.match(withoutPkce.url, /error=invalid_request/);

    const elsewhere = await loginPage(new Browser(), pkce().challenge, { redirect_uri: 'http://evil.example/' });
    assert.equal(elsewhere.status, 400);
    assert.match(elsewhere.body, /redirect_uri/);
  });

  it('lets the application, and nobody else, read answers across origins', async () => {
    for (const [origin, allowed] of [[PUBLIC_URL, PUBLIC_URL], ['http://evil.example', null]]) {
      const response = await fetch(`${issuer}/token`, {
        method: 'POST', headers: { origin }, body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'connections-ui', code: 'x', redirect_uri: REDIRECT }),
      });
      assert.equal(response.headers.get('access-control-allow-origin'), allowed);
    }
  });

  it('refuses a host name that was rebound to loopback', async () => {
    const status = await new Promise((resolve, reject) => {
      request({ port: environment.PORT, host: '127.0.0.1', path: '/.well-known/openid-configuration', headers: { host: 'evil.example' } },
        (response) => resolve(response.resume().statusCode)).on('error', reject).end();
    });

    assert.equal(status, 421);
  });

  it('keeps its keys, sessions and refresh tokens through a kill', async () => {
    const { tokens } = await signIn('bob', { scope: 'openid offline_access', prompt: 'consent' });
    const browser = new Browser();
    const { url } = await loginPage(browser, pkce().challenge);
    await browser.submit(url, { login: 'bob', password: 'bob' });

    await process.stop('SIGKILL');
    process = await start();

    assert.ok(await signatureHolds(tokens.access_token));
    const refreshed = await tokenRequest(issuer, { grant_type: 'refresh_token', client_id: 'connections-ui', refresh_token: tokens.refresh_token });
    assert.deepEqual(claimsOf(refreshed.access_token).groups, ['user']);
    assert.equal(claimsOf(refreshed.access_token).aud, 'connections');
    assert.match((await loginPage(browser, pkce().challenge, { prompt: 'none' })).url, /[?&]code=/);
    assert.equal((await stat(join(environment.STATE_DIR, 'keys.json'))).mode & 0o777, 0o600);
  });

  it('signs out after asking', async () => {
    const browser = new Browser();
    const { url } = await loginPage(browser, pkce().challenge);
    await browser.submit(url, { login: 'alice', password: 'alice' });

    const page = await browser.get(`${issuer}/session/end?client_id=connections-ui&post_logout_redirect_uri=${PUBLIC_URL}/`);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.body)[1];
    const done = await browser.submit(`${issuer}/session/end/confirm`, { xsrf, logout: 'yes' });

    assert.equal(done.url, `${PUBLIC_URL}/`);
    assert.match((await loginPage(browser, pkce().challenge, { prompt: 'none' })).url, /error=login_required/);
  });

  it('ends in good order when told to', async () => {
    assert.equal(await process.stop(), 0);
    process = await start();
  });

  describe('that cannot start', () => {
    const failure = (changed) => run('identity-provider.mjs', { ...environment, ...changed }, /ready/).then(() => assert.fail('it started'), (problem) => problem);

    it('names a taken port', async () => {
      const { code, output } = await failure({});
      assert.equal(code, 1);
      assert.match(output, new RegExp(`identity-provider: port ${environment.PORT} is taken by another process.`));
    });

    it('names a missing setting', async () => {
      const { code, output } = await failure({ WORKER_CLIENT_SECRET: '' });
      assert.equal(code, 1);
      assert.match(output, /identity-provider: WORKER_CLIENT_SECRET is not set/);
    });

    it('names damaged keys and does not replace them', async () => {
      const other = await mkdtemp(join(folder, 'damaged-'));
      await writeFile(join(other, 'keys.json'), '{"jwks":');
      const { code, output } = await failure({ STATE_DIR: other, PORT: String(await freePort()) });
      assert.equal(code, 1);
      assert.match(output, /keys.json is damaged. Restore it, or delete it/);
    });
  });
});
