import { answer, api } from '@/api/client';
import type { Connection, Provider } from '@/api/types';
import { connectionStore } from '@/stores/connectionStore';

/** Whether the provider's tokens are the installation's own: nobody signs in, and there is no window. */
export const connectsAsClient = (provider: Provider | null): boolean => provider?.methods.oauth2?.['grant'] === 'client_credentials';

export interface ClientRequest {
  name: string;
  /** Separated by commas or spaces. */
  scopes: string;
  config: Record<string, string>;
}

export async function connectAsClient(provider: string, { name, scopes, config }: ClientRequest): Promise<Connection> {
  const further = scopes.split(/[\s,]+/).filter(Boolean);
  const body = { ...(name ? { name } : {}), ...(further.length > 0 ? { scopes: further } : {}), ...(Object.keys(config).length > 0 ? { config } : {}) };
  const { data } = await answer(api().oauth.POST('/api/oauth/{provider}/connect', { params: { path: { provider } }, body }));
  const connection = data as unknown as Connection;
  connectionStore.getState().takeIn(connection);
  return connection;
}

/** A new token for a connection that has one already, whatever its status. */
export async function renewAsClient({ id, provider }: Connection): Promise<void> {
  await answer(api().oauth.POST('/api/oauth/{provider}/refresh/{connectionId}', { params: { path: { provider, connectionId: id } } }));
  await connectionStore.getState().fetchConnection(id);
}
