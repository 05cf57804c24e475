import { create } from 'zustand';
import { answer, api, messageOf } from '@/api/client';
import type { Provider, ProviderSummary } from '@/api/types';

interface CatalogStore {
  providers: ProviderSummary[];
  /** Whole entries, as far as somebody asked for them. */
  entries: Record<string, Provider>;
  /** Keys of providers whose OAuth client is set up here. */
  configured: ReadonlySet<string>;
  /** Where known MCP servers usually are. */
  mcpAddresses: Record<string, { url: string; authType: string }>;
  loading: boolean;
  error: string | null;
  load: () => Promise<void>;
  loadEntry: (key: string) => Promise<Provider | null>;
}

export const useCatalog = create<CatalogStore>()((set, get) => ({
  providers: [],
  entries: {},
  configured: new Set(),
  mcpAddresses: {},
  loading: false,
  error: null,

  async load() {
    if (get().loading || get().providers.length > 0) {
      return;
    }
    set({ loading: true, error: null });
    // What OAuth and MCP add is left out when that service is away: the rest of the catalogue works without it.
    const oauth = answer(api().oauth.GET('/api/oauth/providers')).catch(() => null);
    const mcp = answer(api().mcp.GET('/api/connections/mcp/providers')).catch(() => null);
    try {
      const { data: providers } = await answer(api().registry.GET('/api/providers', { params: {} }));
      set({ providers });
      const [oauthAnswer, mcpAnswer] = await Promise.all([oauth, mcp]);
      set({
        configured: new Set(oauthAnswer?.data.filter(({ configured }) => configured).map(({ key }) => key)),
        mcpAddresses: Object.fromEntries(
          mcpAnswer?.data.map((one) => [one.name, { url: one.default_server_url, authType: one.auth_type }]) ?? [],
        ),
      });
    } catch (failure) {
      set({ error: messageOf(failure) });
    } finally {
      set({ loading: false });
    }
  },

  async loadEntry(key) {
    const known = get().entries[key];
    if (known) {
      return known;
    }
    try {
      const { data } = await answer(api().registry.GET('/api/providers/{key}', { params: { path: { key } } }));
      set(({ entries }) => ({ entries: { ...entries, [key]: data } }));
      return data;
    } catch {
      // A connection may name a provider that has no entry.
      return null;
    }
  },
}));

const NAME_OF_SLUG = /(^|-)(\w)/g;

/** The provider's name, or one made of its key. */
export function providerName(providers: readonly ProviderSummary[], key: string): string {
  return (
    providers.find((one) => one.key === key)?.name ??
    key.replace(NAME_OF_SLUG, (_all, dash: string, letter: string) => (dash && ' ') + letter.toUpperCase())
  );
}
