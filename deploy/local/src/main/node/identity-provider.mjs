/** The suite's identity provider on one machine. It stands in for the organisation's own, and speaks to loopback only. */
import { errors } from 'oidc-provider';
import { accessTokenClaims, authenticate, clients, findAccount, logins } from './accounts.mjs';
import { html, page, pageHeaders, renderError, trusted } from './pages.mjs';
import { runProvider } from './provider-process.mjs';
import { origin } from './settings.mjs';

const HOUR = 60 * 60;
const DAY = 24 * HOUR;

/** A resource indicator must be a URI (RFC 8707); the audience that the services check is the plain word. */
const API = 'urn:flowmaestro:connections';
const API_SERVER = { audience: 'connections', scope: '', accessTokenFormat: 'jwt', accessTokenTTL: HOUR };

const SCOPES = ['openid', 'email', 'profile', 'offline_access'];

function configuration(publicUrl) {
  return {
    clients: clients(publicUrl),
    clientAuthMethods: ['client_secret_basic', 'none'],
    responseTypes: ['code'],
    findAccount,
    scopes: SCOPES,
    claims: {
      openid: ['sub', 'groups'],
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username'],
    },
    // The ID token carries the claims: every access token here is a JWT for the API, which a userinfo endpoint must refuse.
    conformIdTokenClaims: false,
    extraTokenClaims: accessTokenClaims,
    clientBasedCORS: (_ctx, requestOrigin) => requestOrigin === publicUrl,
    clockTolerance: 0,
    cookies: {
      names: { session: 'connections_idp', interaction: 'connections_idp_page', resume: 'connections_idp_resume' },
    },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      revocation: { enabled: true },
      userinfo: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_ctx, _client, candidates) => candidates?.[0] ?? API,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => resourceServer(publicUrl, resource),
      },
      rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource },
    },
    expiresWithSession: () => false,
    // As organisations' own providers do for pages: a rotating refresh token without offline_access, so that a page renews silently.
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    loadExistingGrant: firstPartyGrant,
    pkce: { required: () => true },
    renderError,
    rotateRefreshToken: true,
    ttl: {
      AccessToken: HOUR,
      ClientCredentials: HOUR,
      IdToken: HOUR,
      AuthorizationCode: 60,
      Interaction: HOUR,
      Session: 14 * DAY,
      Grant: 14 * DAY,
      RefreshToken: 14 * DAY,
    },
  };
}

/** MCP clients ask for a token of the endpoint they are about to call, or of one connection of it. */
function resourceServer(publicUrl, resource) {
  if (resource === API) {
    return API_SERVER;
  }
  if (resource === `${publicUrl}/mcp` || resource.startsWith(`${publicUrl}/mcp/`)) {
    return { ...API_SERVER, audience: resource };
  }
  throw new errors.InvalidTarget(`unknown resource; use ${API}, ${publicUrl}/mcp or none`);
}

/** Its own application asks nobody for consent. Each sign-in has a grant of its own: ending one leaves the others. */
async function firstPartyGrant(ctx) {
  const { client, account, provider } = ctx.oidc;
  return granted(new provider.Grant({ clientId: client.clientId, accountId: account.accountId }));
}

async function granted(grant) {
  grant.addOIDCScope(SCOPES.join(' '));
  await grant.save();
  return grant;
}

const login = {
  page: (_interaction, problem) => page('Sign in to Connections', html`
<p>Local accounts: ${logins.join(', ')}. The password is the name.</p>
${problem && html`<p role="alert" id="problem">${problem}</p>`}
<form method="post">
<label for="login">Name</label>
<input id="login" name="login" autocomplete="username" autocapitalize="none" required autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button class="primary">Sign in</button>
</form>`),

  submit(_interaction, form) {
    const accountId = authenticate(form.login, form.password);
    return accountId
      ? { result: { login: { accountId } } }
      : { problem: 'Unknown name or wrong password. Try again.' };
  },
};

/** Reached only by `prompt=consent`, which offline_access needs: answered without a page. */
const consent = {
  submit: () => ({ result: { consent: {} } }),
};

function logoutSource(ctx, form) {
  ctx.set(pageHeaders([ctx.oidc.session.state.postLogoutRedirectUri].filter(Boolean).map((uri) => new URL(uri).origin)));
  ctx.body = page('Sign out of Connections', html`
<p>This ends the session in this browser.</p>
${trusted(form)}
<button class="primary" form="op.logoutForm" name="logout" value="yes">Sign out</button>
<button form="op.logoutForm">Stay signed in</button>`);
}

function postLogoutSuccessSource(ctx) {
  ctx.set(pageHeaders());
  ctx.body = page('Signed out', html`<p>You can close this page.</p>`);
}

await runProvider('identity-provider', () => {
  const publicUrl = origin('PUBLIC_URL');
  return { configuration: configuration(publicUrl), prompts: { login, consent } };
});
