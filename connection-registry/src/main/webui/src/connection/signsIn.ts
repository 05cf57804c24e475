import type { Connection } from '@/api/types';

/** What a sign-in is begun with, of a connection that one has made; undefined for one that holds a credential of another kind. */
export function signInOf({ connection_method, provider, metadata }: Connection): string | undefined {
  if (connection_method === 'oauth2') {
    return provider;
  }
  const config = metadata['config'];
  const ofMcp = connection_method === 'mcp' && typeof config === 'object' && config !== null
    && (config as Record<string, unknown>)['auth_type'] === 'oauth2';
  return ofMcp ? 'mcp' : undefined;
}
