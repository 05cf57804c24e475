import { Apply } from './apply.js';
import type { Credential, Fields } from './credential.js';
import { UnexpectedAnswerError } from './errors.js';
import { isObject, text, type Json } from './problem.js';
import { Secret } from './secret.js';

const ENVELOPE = new Set(['type', 'expires_at', 'credential_version', 'apply']);

/** Reads a credential as the broker writes it; fields that it does not know are kept. */
export function readCredential(connectionId: string, data: Json): Credential {
  const fields = fieldsOf(data);
  const issued = {
    connectionId,
    version: Number(data['credential_version']),
    expiresAt: expiry(data['expires_at']),
    apply: apply(data['apply']),
    fields,
  };
  switch (data['type']) {
    case 'oauth2':
      return {
        ...issued,
        type: 'oauth2',
        accessToken: required(fields, 'access_token'),
        tokenType: text(data['token_type'], 'Bearer'),
        scope: Array.isArray(data['scope']) ? data['scope'].map(String) : [],
      };
    case 'api_key':
      return { ...issued, type: 'api_key', apiKey: required(fields, 'api_key'), apiSecret: fields['api_secret'] };
    case 'basic_auth':
      return {
        ...issued,
        type: 'basic_auth',
        username: required(fields, 'username').reveal(),
        password: required(fields, 'password'),
      };
    case 'custom':
      return { ...issued, type: 'custom', headers: secrets(data['headers']) };
    case 'mcp':
      return {
        ...issued,
        type: 'mcp',
        serverUrl: text(data['server_url'], issued.apply.baseUrl),
        authType: text(data['auth_type'], 'none'),
      };
    default:
      throw new UnexpectedAnswerError(
        'The broker answered with a kind of credential that this library does not know. Use a newer one.',
      );
  }
}

function fieldsOf(data: Json): Fields {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([name, value]) => !ENVELOPE.has(name) && ['string', 'number', 'boolean'].includes(typeof value))
      .map(([name, value]) => [name, new Secret(String(value))]),
  );
}

function required(fields: Fields, name: string): Secret {
  const value = fields[name];
  if (value === undefined) {
    throw new UnexpectedAnswerError(`The credential has no "${name}". Is this library older than the broker?`);
  }
  return value;
}

function expiry(value: unknown): Date | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  const end = new Date(value);
  if (Number.isNaN(end.getTime())) {
    throw new UnexpectedAnswerError("The broker's answer has an expires_at that is no point in time.");
  }
  return end;
}

function apply(value: unknown): Apply {
  const { headers, query, base_url: baseUrl } = isObject(value) ? value : {};
  return new Apply(texts(headers), texts(query), typeof baseUrl === 'string' ? baseUrl : undefined);
}

function texts(value: unknown): Record<string, string> {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, content]) => [name, String(content)]))
    : {};
}

function secrets(value: unknown): Record<string, Secret> {
  return Object.fromEntries(Object.entries(texts(value)).map(([name, content]) => [name, new Secret(content)]));
}
