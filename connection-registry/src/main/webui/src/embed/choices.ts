/** What both pickers offer, and what they say of a connection that is chosen already. */
import type { Connection, ConnectionMethod } from '@/api/types';
import { strings } from '@/strings';

export interface Page {
  data: Connection[];
  pagination: { next_cursor: string | null };
}

/** What may be chosen; nothing and an empty list allow all. */
export interface Wanted {
  provider?: string | null | undefined;
  methods?: readonly ConnectionMethod[] | undefined;
}

/** The registry's largest page, and as many of them as 10,000 connections have. */
const PAGE = 100;
const MOST_PAGES = 100;

/** What the registry is asked for: `cursor` is null for the first page. */
export const listQuery = (provider: string | null | undefined, cursor: string | null) => ({
  status: 'active' as const, sort: 'name' as const, limit: PAGE, ...(provider ? { provider } : {}), ...(cursor === null ? {} : { cursor }),
});

/** All pages, one after the other. One that is renamed meanwhile may be on two of them, and is listed once. */
export async function everyPage(ask: (cursor: string | null) => Promise<Page>): Promise<Connection[]> {
  const found = new Map<string, Connection>();
  let cursor: string | null = null;
  for (let asked = 0; asked < MOST_PAGES && (asked === 0 || cursor !== null); asked++) {
    const page: Page = await ask(cursor);
    page.data.forEach((one) => found.set(one.id, one));
    cursor = page.pagination.next_cursor;
  }
  return [...found.values()];
}

export const isOffered = ({ status, provider, connection_method: method }: Connection, wanted: Wanted): boolean =>
  status === 'active' && (!wanted.provider || provider === wanted.provider) && (!wanted.methods?.length || wanted.methods.includes(method));

/** What to say of the one that is chosen; null where it can be used. */
export const warningOf = (selected: Connection, wanted: Wanted): string | null =>
  isOffered(selected, wanted) ? null : selected.status === 'expired' ? strings.picker.expired : strings.picker.gone;
