/**
 * The OAuth provider `demo`: stands in for a third party such as a SaaS vendor. It is strict where real ones are: PKCE,
 * a confidential client, a consent page, and refresh tokens that rotate, where reuse of an old one ends the whole family.
 */
import { html, page, renderError } from './pages.mjs';
import { runProvider } from './provider-process.mjs';
import { positiveInteger, required } from './settings.mjs';

const HOUR = 60 * 60;
const DAY = 24 * HOUR;

function configuration(accessTokenTtl) {
  return {
    clients: [
      {
        client_id: required('DEMO_CLIENT_ID'),
        client_secret: required('DEMO_CLIENT_SECRET'),
        client_name: 'Connections',
        token_endpoint_auth_method: 'client_secret_basic',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [required('DEMO_REDIRECT_URI')],
      },
    ],
    clientAuthMethods: ['client_secret_basic'],
    responseTypes: ['code'],
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => claimsOf(sub) }),
    scopes: ['openid', 'email', 'offline_access'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    // The same machine's clock: a token ends when it says it does.
    clockTolerance: 0,
    cookies: { names: { session: 'demo_op', interaction: 'demo_op_page', resume: 'demo_op_resume' } },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: true },
    },
    clientBasedCORS: () => false,
    // Like most vendors: a refresh token without asking for offline_access, and it outlives the browser session.
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: () => false,
    // Only the grant just consented to: every connection is asked about, and is a family of its own.
    loadExistingGrant: ({ oidc: { provider, result } }) =>
      result?.consent?.grantId ? provider.Grant.find(result.consent.grantId) : undefined,
    pkce: { required: () => true },
    renderError,
    rotateRefreshToken: true,
    ttl: {
      AccessToken: (_ctx, { accountId }) => lifetimeInName(accountId) ?? accessTokenTtl,
      IdToken: HOUR,
      AuthorizationCode: 60,
      Interaction: HOUR,
      Session: DAY,
      Grant: 365 * DAY,
      RefreshToken: 365 * DAY,
    },
  };
}

/** `alice+20s` is an account whose access tokens live 20 seconds: a refresh can be seen without waiting for an hour. */
function lifetimeInName(login) {
  const [, seconds] = /\+([1-9]\d{0,4})s$/.exec(login) ?? [];
  return seconds && Number(seconds);
}

function claimsOf(login) {
  return { sub: login, email: login.includes('@') ? login : `${login}@demo.example`, email_verified: true };
}

const login = {
  page: (_interaction, problem) => page('Demo provider: sign in', html`
<p>This is the demo provider, a stand-in for a third party. Any name will do; there is no password check.</p>
${problem && html`<p role="alert" id="problem">${problem}</p>`}
<form method="post">
<label for="login">Name</label>
<input id="login" name="login" autocomplete="username" autocapitalize="none" maxlength="64" required autofocus>
<label for="password">Password (ignored)</label>
<input id="password" name="password" type="password" autocomplete="off">
<button class="primary">Sign in</button>
</form>`),

  submit(_interaction, form) {
    const name = (form.login ?? '').trim();
    return /^[\w.@+-]{1,64}$/.test(name)
      ? { result: { login: { accountId: name } } }
      : { problem: 'Give a name of 1 to 64 letters, digits or . _ @ + -' };
  },
};

const consent = {
  page: ({ params, session }, problem) => page('Demo provider: allow access?', html`
<p>Connections asks the demo provider for access on behalf of <strong>${session.accountId}</strong>:</p>
<ul>${(params.scope ?? '').split(' ').filter(Boolean).map((scope) => html`<li>${scope}</li>`)}</ul>
${problem && html`<p role="alert" id="problem">${problem}</p>`}
<form method="post">
<button class="primary" name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>`),

  async submit(interaction, { decision }, provider) {
    switch (decision) {
      case 'allow':
        return { result: { consent: { grantId: await grantFor(interaction, provider) } } };
      case 'deny':
        return { result: { error: 'access_denied', error_description: 'the user denied access' } };
      default:
        return { problem: 'Choose Allow or Deny.' };
    }
  },
};

async function grantFor({ params, session }, provider) {
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope ?? '');
  return grant.save();
}

await runProvider('demo-provider', () => ({
  configuration: configuration(positiveInteger('DEMO_ACCESS_TOKEN_TTL', HOUR)),
  prompts: { login, consent },
}));
