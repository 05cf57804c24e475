import { useEffect } from 'react';
import { METHODS } from '@/api/types';
import { useReturnedFlow } from '@/oauth/returnedFlow';
import { navigate } from '@/router';
import { useDialogs } from '@/stores/dialogs';

/** `/connections/new?method=&provider=` opens the dialog; `?oauth_flow=` is how a sign-in in this tab comes back. */
export function useDeepLinks(place: { path: string; search: URLSearchParams }): void {
  const { path, search } = place;
  const open = useDialogs((dialogs) => dialogs.open);
  const adding = path === '/connections/new';
  const method = METHODS.find((one) => one === search.get('method'));
  const provider = search.get('provider') ?? undefined;

  useEffect(() => {
    if (adding) {
      navigate('/connections', { replace: true });
      open({ kind: 'add', method, provider });
    }
  }, [adding, method, provider, open]);
  useReturnedFlow(place);
}
