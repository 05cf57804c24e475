import { useEffect } from 'react';
import { METHODS } from '@/api/types';
import { answer, api } from '@/api/client';
import { navigate } from '@/router';
import { useConnectionStore } from '@/stores/connectionStore';
import { useDialogs } from '@/stores/dialogs';
import { tell } from '@/stores/notices';
import { strings } from '@/strings';

/** `/connections/new?method=&provider=` opens the dialog; `?oauth_flow=` is how a sign-in in this tab comes back. */
export function useDeepLinks({ path, search }: { path: string; search: URLSearchParams }): void {
  const open = useDialogs((dialogs) => dialogs.open);
  const flow = search.get('oauth_flow');
  const adding = path === '/connections/new';
  const method = METHODS.find((one) => one === search.get('method'));
  const provider = search.get('provider') ?? undefined;

  useEffect(() => {
    if (adding) {
      navigate('/connections', { replace: true });
      open({ kind: 'add', method, provider });
    }
  }, [adding, method, provider, open]);

  useEffect(() => {
    if (flow) {
      navigate('/connections', { replace: true });
      void finished(flow);
    }
  }, [flow]);
}

async function finished(flowId: string): Promise<void> {
  try {
    const { data: flow } = await answer(api().oauth.GET('/api/oauth/flows/{flowId}', { params: { path: { flowId } } }));
    if (flow.status === 'succeeded' && flow.connection_id) {
      const id = flow.connection_id;
      const { data } = await answer(api().registry.GET('/api/connections/{id}', { params: { path: { id } } }));
      useConnectionStore.getState().takeIn(data);
      tell({ tone: 'good', title: strings.notices.added(data.name) });
    } else if (flow.status === 'failed') {
      tell({ tone: 'bad', title: strings.oauth.failedTitle, text: flow.message ?? strings.oauth.unknown });
    }
  } catch {
    // The list below shows what there is.
  }
}
