import { useCallback, useMemo } from 'react';
import { METHODS, STATUSES, type Connection, type ConnectionMethod, type ConnectionStatus, type FilterParams } from '@/api/types';
import { accountOf } from '@/connection/account';
import { navigate, usePlace } from '@/router';
import type { Known } from '@/stores/known';

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

/** The first page of what the registry would answer if it had no more than this page knows. */
export function searched(known: Known, view: View): Connection[] {
  return [...known.values()].filter((connection) => matches(connection, view)).sort(newestFirst).slice(0, PAGE);
}

function newestFirst(left: Connection, right: Connection): number {
  return right.created_at.localeCompare(left.created_at) || right.id.localeCompare(left.id);
}

function matches(connection: Connection, { q, method, status }: View): boolean {
  const text = q.trim().toLowerCase();
  return (
    (method === null || connection.connection_method === method) &&
    (status === null || connection.status === status) &&
    (text === '' || `${connection.name}\n${connection.provider}\n${accountOf(connection) ?? ''}`.toLowerCase().includes(text))
  );
}
