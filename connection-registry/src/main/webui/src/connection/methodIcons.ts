import type { ConnectionMethod } from '@/api/types';
import type { IconName } from '@/components/icons';

export const METHOD_ICONS: Record<ConnectionMethod, IconName> = {
  api_key: 'key', oauth2: 'user', mcp: 'tool', basic_auth: 'lock', custom: 'code',
};
