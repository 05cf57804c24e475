import { describe, expect, it, vi } from 'vitest';
import { connection, page } from '@/testing/fakeApi';
import { everyPage, isOffered, warningOf } from './choices';

const some = (first: number, count: number) => Array.from({ length: count }, (_none, index) => connection({ id: String(first + index) }));

describe('what the pickers offer', () => {
  it('is on every page, the last of 5,000 included', async () => {
    const ask = vi.fn(async (cursor: string | null) => {
      const first = Number(cursor ?? 0);
      return page(some(first, 100), first + 100 < 5_000 ? String(first + 100) : null);
    });

    const found = await everyPage(ask);

    expect(found.map(({ id }) => id)).toEqual(some(0, 5_000).map(({ id }) => id));
    expect(ask).toHaveBeenCalledTimes(50);
  });

  it('is listed once, whatever moves from page to page meanwhile', async () => {
    const pages = [page(some(0, 2), 'next'), page(some(1, 2))];

    expect((await everyPage(async () => pages.shift()!)).map(({ id }) => id)).toEqual(['0', '1', '2']);
  });

  it('ends at 10,000, whatever the registry says', async () => {
    let first = 0;

    expect(await everyPage(async () => page(some((first += 100), 100), 'always'))).toHaveLength(10_000);
  });

  it('is active, and of the provider and a method that are wanted', () => {
    const key = connection();

    expect(isOffered(key, {})).toBe(true);
    expect(isOffered(key, { provider: 'openai', methods: ['api_key', 'oauth2'] })).toBe(true);
    expect(isOffered(key, { provider: 'slack' })).toBe(false);
    expect(isOffered(key, { methods: ['oauth2'] })).toBe(false);
    expect(isOffered(connection({ status: 'invalid' }), {})).toBe(false);
  });

  it('is warned of in other words where access has ended', () => {
    expect(warningOf(connection(), {})).toBeNull();
    expect(warningOf(connection({ status: 'expired' }), {})).toMatch(/has expired/);
    expect(warningOf(connection({ status: 'revoked' }), {})).toMatch(/not usable any more/);
  });
});
