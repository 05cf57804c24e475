import { useCallback, useMemo } from 'react';
import { METHODS, STATUSES, type Connection, type ConnectionMethod, type ConnectionStatus, type FilterParams } from '@/api/types';
import { accountOf } from '@/connection/account';
import { navigate, usePlace } from '@/router';

/** What the page shows, as its address says: a view can be linked to, and survives signing in. */
export interface View {
  q: string;
  method: ConnectionMethod | null;
  status: ConnectionStatus | null;
}

const PAGE = 60;

export function useView() {
  const { search } = usePlace();
  const q = search.get('q') ?? '';
  const method = METHODS.find((one) => one === search.get('method')) ?? null;
  const status = STATUSES.find((one) => one === search.get('status')) ?? null;
  const view = useMemo<View>(() => ({ q, method, status }), [q, method, status]);
  const query = useMemo(() => queryOf(view), [view]);

  /** Null takes all filters away. */
  const change = useCallback(
    (part: Partial<View> | null) => {
      const next = part === null ? { q: '', method: null, status: null } : { ...view, ...part };
      const parameters = new URLSearchParams();
      for (const [name, value] of Object.entries(next)) {
        if (value) {
          parameters.set(name, value);
        }
      }
      const text = parameters.toString();
      navigate(`/connections${text && '?'}${text}`, { replace: true });
    },
    [view],
  );
  return { view, query, change, isFiltered: q.trim() !== '' || method !== null || status !== null };
}

function queryOf({ q, method, status }: View): FilterParams {
  return {
    limit: PAGE,
    ...(q.trim() ? { q: q.trim() } : {}),
    ...(method ? { connection_method: method } : {}),
    ...(status ? { status } : {}),
  };
}

/** As the registry searches, on what is loaded. */
export function matchesView(connection: Connection, { q, method, status }: View): boolean {
  const text = q.trim().toLowerCase();
  return (
    (method === null || connection.connection_method === method) &&
    (status === null || connection.status === status) &&
    (text === '' || `${connection.name}\n${connection.provider}\n${accountOf(connection) ?? ''}`.toLowerCase().includes(text))
  );
}
