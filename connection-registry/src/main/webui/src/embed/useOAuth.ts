import { useCallback, useState } from 'react';
import type { Connection } from '@/api/types';
import { strings } from '@/strings';
import { connectionStore } from '@/stores/connectionStore';
import { openConnectWindow } from './connectWindow';
import { suiteAddress } from './settings';

/** As the suite's own hook; the flow runs on the suite's page, because its cookie binds it to that origin. */
export function useOAuth(): { initiateOAuth: (provider: string) => Promise<Connection>; loading: boolean } {
  const [loading, setLoading] = useState(false);
  const initiateOAuth = useCallback(async (provider: string) => {
    setLoading(true);
    try {
      const connection = await openConnectWindow({ baseUrl: suiteAddress(), provider, methods: ['oauth2'] });
      if (connection === null) {
        throw new Error(strings.oauth.closedTitle);
      }
      connectionStore.getState().takeIn(connection);
      return connection;
    } finally {
      setLoading(false);
    }
  }, []);
  return { initiateOAuth, loading };
}
