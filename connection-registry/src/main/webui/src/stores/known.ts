import type { Connection } from '@/api/types';

/** The connections that this page has heard of, by id: a search looks through them while the server still looks. */
export type Known = ReadonlyMap<string, Connection>;

export const learnt = (known: Known, some: readonly Connection[]): Known => new Map([...known, ...some.map((one) => [one.id, one] as const)]);

export function forgotten(known: Known, id: string): Known {
  const rest = new Map(known);
  rest.delete(id);
  return rest;
}

/** As they came, but what has not changed is the very object that was known: nothing that shows it is made anew. */
export function recognised(known: Known, some: readonly Connection[]): Connection[] {
  return some.map((next) => {
    const before = known.get(next.id);
    return before !== undefined && JSON.stringify(before) === JSON.stringify(next) ? before : next;
  });
}
