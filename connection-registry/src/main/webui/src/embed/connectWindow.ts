import type { Connection } from '@/api/types';

export interface ConnectRequest {
  /** The suite's public address, without a slash at the end. */
  baseUrl: string;
  provider?: string | null | undefined;
  methods?: readonly string[] | undefined;
}

const WATCH_MS = 500;

/**
 * Opens the suite's own page for making a connection, and answers what came of it: null when the window was closed.
 * Secrets and OAuth stay on that page; this one is told a summary. Call it in a click.
 */
export function openConnectWindow({ baseUrl, provider, methods = [] }: ConnectRequest): Promise<Connection | null> {
  const query = new URLSearchParams({ origin: location.origin });
  if (provider) {
    query.set('provider', provider);
  }
  if (methods.length > 0) {
    query.set('methods', methods.join(','));
  }
  const popup = window.open(`${baseUrl}/connect?${query}`, 'connections-connect', 'popup,width=620,height=760');
  if (popup === null) {
    return Promise.reject(new Error('The browser blocked the window. Allow windows for this page and try again.'));
  }
  const origin = new URL(baseUrl, location.href).origin;
  return new Promise((resolve) => {
    const end = (connection: Connection | null) => {
      removeEventListener('message', onMessage);
      clearInterval(watch);
      resolve(connection);
    };
    const onMessage = (event: MessageEvent<{ type?: string; connection?: Connection }>) => {
      if (event.origin === origin && event.source === popup && event.data.type === 'oauth_success' && event.data.connection) {
        end(event.data.connection);
      }
    };
    addEventListener('message', onMessage);
    const watch = setInterval(() => popup.closed && end(null), WATCH_MS);
  });
}
