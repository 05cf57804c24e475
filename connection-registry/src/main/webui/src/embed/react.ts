/**
 * For React applications of any origin: `configureConnections` once, then the components and the store under the names
 * that FlowMaestro's documents use. React itself is the application's own.
 */
import { configureApi } from '@/api/client';
import { configureEmbedding } from './settings';

export { ConnectionPicker, type ConnectionPickerProps } from '@/features/picker/ConnectionPicker';
export { useOAuth } from './useOAuth';
export { connectionStore, useConnectionStore, type ConnectionStore } from '@/stores/connectionStore';
export type { Connection, ConnectionMethod, ConnectionStatus, CreateConnectionInput, FilterParams } from '@/api/types';

export interface EmbeddingSettings {
  /** The suite's public address, for example `https://connections.example.com`. */
  baseUrl: string;
  /** Answers the signed-in user's bearer token; asked before each call. */
  getToken: () => Promise<string> | string;
}

export function configureConnections({ baseUrl, getToken }: EmbeddingSettings): void {
  const address = baseUrl.replace(/\/+$/, '');
  configureEmbedding(address);
  configureApi({ baseUrl: address, getToken: async () => getToken() });
}
