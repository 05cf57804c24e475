import { create } from 'zustand';
import { answer, api, isAborted, messageOf } from '@/api/client';
import type {
  Connection, ConnectionMethod, ConnectionStats, CreateConnectionInput, FilterParams, MCPDiscoveryRequest, MCPToolsResponse,
  TestConnectionInput, TestResult, UpdateConnectionInput,
} from '@/api/types';
import { forgotten, learnt, recognised, type Known } from './known';

export interface ConnectionStore {
  connections: Connection[];
  loading: boolean;
  error: string | null;

  /** Replaces `connections` by the first page that fits; a newer call overtakes an older one. */
  fetchConnections: (params?: FilterParams) => Promise<void>;
  addConnection: (input: CreateConnectionInput) => Promise<Connection>;
  /** Takes a whole connection, too; the version that it has, or that was listed, is the one that is changed. */
  updateConnectionById: (id: string, input: Partial<Connection & UpdateConnectionInput>) => Promise<void>;
  deleteConnectionById: (id: string) => Promise<void>;

  testConnectionById: (id: string) => Promise<boolean>;
  /** A test needs no name yet: a blank one is left out. */
  testConnectionBeforeSaving: (input: TestConnectionInput) => Promise<boolean>;

  getByProvider: (provider: string) => Connection[];
  getByMethod: (method: ConnectionMethod) => Connection[];

  discoverMCPTools: (request: MCPDiscoveryRequest) => Promise<MCPToolsResponse>;
  refreshMCPToolsById: (id: string) => Promise<void>;

  clearError: () => void;

  /** What the page needs beyond the above. */
  stats: ConnectionStats | null;
  /** Ids of those that work, end within three days, and cannot be renewed. */
  expiring: ReadonlySet<string>;
  nextCursor: string | null;
  loadingMore: boolean;
  /** All that were listed so far, whatever `connections` fits now. */
  known: Known;
  /** What `connections` fits. */
  params: FilterParams;
  lastTest: TestResult | null;
  fetchMore: () => Promise<void>;
  fetchStats: () => Promise<void>;
  /** The whole of one, which `connections` has from then on. */
  fetchConnection: (id: string) => Promise<Connection>;
  restoreConnectionById: (id: string) => Promise<void>;
  /** Shows a connection that came about elsewhere, such as in an OAuth flow. */
  takeIn: (connection: Connection) => void;
}

let listing: AbortController | undefined;

export const useConnectionStore = create<ConnectionStore>()((set, get) => {
  /** Whatever fails is both shown in `error` and thrown: a caller may know better what to do. */
  async function noting<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (failure) {
      set({ error: messageOf(failure) });
      throw failure;
    }
  }

  const replace = (next: Connection) =>
    set(({ connections, known }) => ({
      connections: connections.map((one) => (one.id === next.id ? next : one)), known: learnt(known, [next]),
    }));

  const list = (page: readonly Connection[], nextCursor: string | null, before: readonly Connection[] = []) => {
    const found = recognised(get().known, page);
    const ids = new Set(before.map(({ id }) => id));
    set(({ known }) => ({ connections: [...before, ...found.filter(({ id }) => !ids.has(id))], known: learnt(known, found), nextCursor }));
  };

  const changed = () => void get().fetchStats();

  return {
    connections: [],
    loading: false,
    error: null,
    stats: null,
    expiring: new Set(),
    nextCursor: null,
    loadingMore: false,
    known: new Map(),
    params: {},
    lastTest: null,

    async fetchConnections(params = {}) {
      listing?.abort();
      const mine = new AbortController();
      listing = mine;
      set({ loading: true });
      try {
        const page = await answer(api().registry.GET('/api/connections', { params: { query: params }, signal: mine.signal }));
        if (listing === mine) {
          list(page.data, page.pagination.next_cursor);
          set({ params, error: null });
        }
      } catch (failure) {
        if (listing === mine && !isAborted(failure)) {
          set({ error: messageOf(failure) });
        }
      } finally {
        if (listing === mine) {
          set({ loading: false });
        }
      }
    },

    async fetchMore() {
      const { nextCursor, params, loadingMore } = get();
      if (nextCursor === null || loadingMore) {
        return;
      }
      set({ loadingMore: true });
      try {
        const query = { ...params, cursor: nextCursor };
        const page = await answer(api().registry.GET('/api/connections', { params: { query } }));
        if (get().params === params) {
          list(page.data, page.pagination.next_cursor, get().connections);
        }
      } catch (failure) {
        set({ error: messageOf(failure) });
      } finally {
        set({ loadingMore: false });
      }
    },

    async fetchStats() {
      try {
        const [{ data: stats }, { data: health }] = await Promise.all([
          answer(api().registry.GET('/api/connections/stats')),
          answer(api().registry.GET('/api/connections/health')),
        ]);
        set({ stats, expiring: new Set(health.attention.filter(({ status }) => status === 'active').map(({ id }) => id)) });
      } catch {
        // The list tells what is wrong; numbers that are a little old do no harm.
      }
    },

    async fetchConnection(id) {
      const { data } = await answer(api().registry.GET('/api/connections/{id}', { params: { path: { id } } }));
      if (get().connections.some((one) => one.id === id)) {
        replace(data);
      } else {
        list([data], get().nextCursor, get().connections);
      }
      return data;
    },

    addConnection: (input) =>
      noting(async () => {
        const { data } = await answer(api().registry.POST('/api/connections', { body: input, params: {} }));
        get().takeIn(data);
        return data;
      }),

    updateConnectionById: (id, input) =>
      noting(async () => {
        const version = input.version ?? get().connections.find((one) => one.id === id)?.version;
        const header = version === undefined ? {} : { 'If-Match': `"${version}"` };
        const { data } = await answer(
          api().registry.PUT('/api/connections/{id}', { body: input, params: { path: { id }, header } }),
        );
        replace(data);
        changed();
      }),

    deleteConnectionById: (id) =>
      noting(async () => {
        await answer(api().registry.DELETE('/api/connections/{id}', { params: { path: { id } } }));
        set(({ connections, known }) => ({ connections: connections.filter((one) => one.id !== id), known: forgotten(known, id) }));
        changed();
      }),

    restoreConnectionById: (id) =>
      noting(async () => {
        const { data } = await answer(api().registry.POST('/api/connections/{id}/restore', { params: { path: { id } } }));
        get().takeIn(data);
      }),

    testConnectionById: (id) =>
      noting(async () => {
        const { test_result: result } = await answer(
          api().registry.POST('/api/connections/{id}/test', { params: { path: { id } } }),
        );
        set({ lastTest: result });
        await get().fetchConnection(id);
        changed();
        return result.success;
      }),

    testConnectionBeforeSaving: ({ name, ...unnamed }) =>
      noting(async () => {
        const { test_result: result } = await answer(
          api().registry.POST('/api/connections/test', { body: name?.trim() ? { ...unnamed, name } : unnamed }),
        );
        set({ lastTest: result });
        return result.success;
      }),

    getByProvider: (provider) => get().connections.filter((one) => one.provider === provider),
    getByMethod: (method) => get().connections.filter((one) => one.connection_method === method),

    discoverMCPTools: (request) =>
      noting(async () => (await answer(api().mcp.POST('/api/connections/mcp/discover', { body: request }))).data),

    refreshMCPToolsById: (id) =>
      noting(async () => {
        const { data } = await answer(api().registry.POST('/api/connections/{id}/refresh-tools', { params: { path: { id } } }));
        replace(data);
      }),

    takeIn(connection) {
      set(({ connections, known }) => ({
        connections: [connection, ...connections.filter((one) => one.id !== connection.id)], known: learnt(known, [connection]),
      }));
      changed();
    },

    clearError: () => set({ error: null }),
  };
});

/** The store itself, for code outside of components. */
export const connectionStore = useConnectionStore;
