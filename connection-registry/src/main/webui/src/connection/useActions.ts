import { create } from 'zustand';
import { messageOf } from '@/api/client';
import type { Connection } from '@/api/types';
import { useConnectionStore } from '@/stores/connectionStore';
import { tell } from '@/stores/notices';
import { strings } from '@/strings';

type Work = 'test' | 'refresh';

/** What is under way with which connection, wherever it was begun: a card and a page show the same. */
const useBusy = create<Record<string, Work | undefined>>()(() => ({}));

export function useActions(connection: Connection) {
  const { id, name } = connection;
  const busy = useBusy((all) => all[id]) ?? null;

  async function during(work: Work, task: () => Promise<void>): Promise<void> {
    useBusy.setState({ [id]: work });
    try {
      await task();
    } catch (failure) {
      // Said here, beside what was done; the banner of the page would say it twice.
      useConnectionStore.getState().clearError();
      tell({ tone: 'bad', title: name, text: messageOf(failure) });
    } finally {
      useBusy.setState({ [id]: undefined });
    }
  }

  const test = () =>
    during('test', async () => {
      const passed = await useConnectionStore.getState().testConnectionById(id);
      const message = useConnectionStore.getState().lastTest?.message;
      const outcome = useConnectionStore.getState().lastTest?.outcome;
      tell(passed
        ? { tone: 'good', title: strings.notices.tested(name), text: message }
        : { tone: outcome === 'failed' ? 'bad' : 'neutral', title: outcome === 'untestable' ? strings.add.untestable : strings.notices.testFailed(name), text: message });
    });

  const refreshTools = () =>
    during('refresh', async () => {
      await useConnectionStore.getState().refreshMCPToolsById(id);
      const count = useConnectionStore.getState().connections.find((one) => one.id === id)?.mcp_tool_count;
      tell({ tone: 'good', title: strings.notices.toolsRefreshed(name, count ?? connection.mcp_tool_count ?? 0) });
    });

  return { busy, test, refreshTools };
}
