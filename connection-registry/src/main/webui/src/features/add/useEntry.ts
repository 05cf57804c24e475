import { useEffect, useState } from 'react';
import type { Provider } from '@/api/types';
import { useCatalog } from '@/stores/catalogStore';

/** The catalogue's whole entry of a provider: undefined while it is fetched, null where there is none. */
export function useEntry(key: string | null): Provider | null | undefined {
  const loadEntry = useCatalog((catalog) => catalog.loadEntry);
  const [entry, setEntry] = useState<Provider | null | undefined>(key === null ? null : undefined);
  useEffect(() => {
    let current = true;
    if (key !== null) {
      void loadEntry(key).then((found) => current && setEntry(found));
    }
    return () => {
      current = false;
    };
  }, [key, loadEntry]);
  return entry;
}
