import type { Connection } from '@/api/types';
import { ago } from '@/components/time';
import { strings } from '@/strings';

/**
 * What an owner should know before a workflow fails; null where all is well.
 *
 * @param expiring whether it ends soon and cannot be renewed: the end of a token that is renewed by itself is no news
 */
export function trouble(connection: Connection, expiring: boolean): { tone: 'warn' | 'bad'; text: string } | null {
  const { status, status_reason: reason, expires_at: end } = connection;
  switch (status) {
    case 'invalid':
      return { tone: 'bad', text: reason ?? strings.card.invalid };
    case 'expired':
      return { tone: 'warn', text: reason ?? strings.card.expired };
    case 'revoked':
      return { tone: 'warn', text: strings.card.revoked };
    case 'active':
      return expiring && end ? { tone: 'warn', text: strings.card.endsSoon(ago(end)) } : null;
  }
}
