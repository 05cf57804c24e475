import type { Connection } from '@/api/types';

/** Who a connection speaks as, where a test or a sign-in found out. */
export function accountOf({ metadata }: Connection): string | undefined {
  const account = metadata['account'];
  if (typeof account === 'string') {
    return account;
  }
  if (typeof account === 'object' && account !== null) {
    const { email, name, username, id } = account as Record<string, unknown>;
    const found = [email, name, username, id].find((value) => (typeof value === 'string' && value !== '') || typeof value === 'number');
    return found === undefined ? undefined : String(found);
  }
  return undefined;
}
