import { useCallback, useEffect, useState } from 'react';
import { answer, api, messageOf } from '@/api/client';
import type { ConnectionEvent } from '@/api/types';

/** What happened to a connection, newest first, page by page. `stamp` changes when there may be more. */
export function useEvents(id: string, stamp: string, type?: ConnectionEvent['type'], limit = 25) {
  const [events, setEvents] = useState<ConnectionEvent[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const load = useCallback(
    async (after: string | null) => {
      const query = { limit, ...(type ? { type } : {}), ...(after ? { cursor: after } : {}) };
      try {
        const page = await answer(api().registry.GET('/api/connections/{id}/events', { params: { path: { id }, query } }));
        setEvents((old) => (after && old ? [...old, ...page.data] : page.data));
        setCursor(page.pagination.next_cursor);
        setProblem(null);
      } catch (failure) {
        setProblem(messageOf(failure));
      }
    },
    [id, type, limit],
  );
  useEffect(() => void load(null), [load, stamp]);
  return { events, problem, more: cursor === null ? null : () => load(cursor) };
}
