/** Who exists on one machine: three people and the suite's own clients. Only the clients' secrets are secret. */
import { required } from './settings.mjs';

const PEOPLE = [
  { login: 'alice', sub: '0190a1ce-0000-7000-8000-00000000a11c', groups: ['user'] },
  { login: 'bob', sub: '0190a1ce-0000-7000-8000-000000000b0b', groups: ['user'] },
  { login: 'admin', sub: '0190a1ce-0000-7000-8000-00000000ad13', groups: ['admin'] },
];

/** The clients that act as themselves, by the environment name of their secret. */
const SERVICE_CLIENTS = [
  { id: 'worker', groups: ['worker'], secret: 'WORKER_CLIENT_SECRET' },
  { id: 'connection-registry', groups: ['service'], secret: 'CONNECTION_REGISTRY_CLIENT_SECRET' },
  { id: 'credential-vault', groups: ['service'], secret: 'CREDENTIAL_VAULT_CLIENT_SECRET' },
  { id: 'oauth-broker', groups: ['service'], secret: 'OAUTH_BROKER_CLIENT_SECRET' },
  { id: 'mcp-gateway', groups: ['service'], secret: 'MCP_GATEWAY_CLIENT_SECRET' },
];

export const FIRST_PARTY_CLIENT = 'connections-ui';

export const logins = PEOPLE.map(({ login }) => login);

/** The password is the name; the pages say so. */
export function authenticate(login, password) {
  const person = PEOPLE.find((candidate) => candidate.login === login);
  return person !== undefined && password === person.login ? person.sub : undefined;
}

export function findAccount(_ctx, sub) {
  const person = PEOPLE.find((candidate) => candidate.sub === sub);
  return person && { accountId: person.sub, claims: () => claimsOf(person) };
}

function claimsOf({ sub, login, groups }) {
  return {
    sub,
    groups,
    email: `${login}@example.com`,
    email_verified: true,
    name: login[0].toUpperCase() + login.slice(1),
    preferred_username: login,
  };
}

/** What an access token says besides the standard claims. */
export function accessTokenClaims(_ctx, token) {
  switch (token.kind) {
    case 'AccessToken': {
      const { groups, email } = claimsOf(PEOPLE.find(({ sub }) => sub === token.accountId));
      return { groups, email };
    }
    case 'ClientCredentials':
      return { groups: SERVICE_CLIENTS.find(({ id }) => id === token.clientId).groups };
    default:
      return undefined;
  }
}

export function clients(publicUrl) {
  return [
    ...SERVICE_CLIENTS.map(({ id, secret }) => ({
      client_id: id,
      client_secret: required(secret),
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
    })),
    {
      client_id: FIRST_PARTY_CLIENT,
      client_name: 'Connections',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: [`${publicUrl}/`, `${publicUrl}/callback`, `${publicUrl}/connect`],
      post_logout_redirect_uris: [`${publicUrl}/`],
    },
  ];
}
