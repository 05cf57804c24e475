import { useEffect } from 'react';
import { answer, api, ApiError } from '@/api/client';
import type { Flow } from '@/api/types';
import { navigate } from '@/router';
import { useConnectionStore } from '@/stores/connectionStore';
import { tell, useNotices } from '@/stores/notices';
import { strings } from '@/strings';

/** As the broker's own tries to store a grant: after seconds at first, then each minute. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

/** A page that is still open after that is told no more; the connection shows when it is loaded anew. */
const LONGEST_WAIT_MS = 3_600_000;

/** The flow is unknown, or whoever asks is nobody any more. */
const FINAL = [401, 403, 404];

/** `?oauth_flow=` is how a sign-in in this tab comes back. `again` where it renewed a connection. */
export function useReturnedFlow({ path, search }: { path: string; search: URLSearchParams }, again = false): void {
  const flow = search.get('oauth_flow');
  useEffect(() => {
    if (flow) {
      navigate(path, { replace: true });
      void tellOf(flow, again);
    }
  }, [flow, path, again]);
}

/** Says what came of a flow. One whose grant is kept, as the registry does not answer, is pending: that is said, and waited for. */
export async function tellOf(flowId: string, again = false): Promise<void> {
  let waiting: number | undefined;
  try {
    let flow = await ask(flowId);
    if (flow.status === 'pending') {
      waiting = tell({ tone: 'neutral', title: strings.oauth.keptTitle, text: strings.oauth.keptText, lasting: true });
      flow = await settled(flowId);
    }
    if (flow.status === 'succeeded' && flow.connection_id) {
      const id = flow.connection_id;
      const { data } = await persistently(() => answer(api().registry.GET('/api/connections/{id}', { params: { path: { id } } })));
      useConnectionStore.getState().takeIn(data);
      tell({ tone: 'good', title: (again ? strings.notices.reconnected : strings.notices.added)(data.name) });
    } else if (flow.status === 'failed') {
      tell({ tone: 'bad', title: strings.oauth.failedTitle, text: flow.message ?? strings.oauth.unknown });
    }
  } catch {
    // The page shows what there is.
  } finally {
    if (waiting !== undefined) {
      useNotices.getState().dismiss(waiting);
    }
  }
}

async function settled(flowId: string): Promise<Flow> {
  await pause(FIRST_PAUSE_MS);
  return persistently(() => ask(flowId), (flow) => flow.status !== 'pending');
}

/** Asks until the answer will do, whatever goes wrong meanwhile: what happens there goes on without us. */
async function persistently<T>(question: () => Promise<T>, willDo: (answered: T) => boolean = () => true): Promise<T> {
  const end = Date.now() + LONGEST_WAIT_MS;
  for (let length = 2 * FIRST_PAUSE_MS; ; length = Math.min(2 * length, LONGEST_PAUSE_MS)) {
    try {
      const answered = await question();
      if (willDo(answered) || Date.now() > end) {
        return answered;
      }
    } catch (failure) {
      if ((failure instanceof ApiError && FINAL.includes(failure.status)) || Date.now() > end) {
        throw failure;
      }
    }
    await pause(length);
  }
}

const pause = (length: number) => new Promise((resolve) => { setTimeout(resolve, length); });

const ask = async (flowId: string): Promise<Flow> => (await answer(api().oauth.GET('/api/oauth/flows/{flowId}', { params: { path: { flowId } } }))).data;
