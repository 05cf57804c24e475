import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { messageOf } from '@/api/client';
import type { Connection } from '@/api/types';
import { Alert } from '@/components/Alert';
import { Dialog } from '@/components/Dialog';
import { navigate } from '@/router';
import { useConnectionStore } from '@/stores/connectionStore';
import { tell } from '@/stores/notices';
import { strings } from '@/strings';

export function DeleteDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { id, name, connection_method: method } = connection;

  async function remove() {
    setBusy(true);
    try {
      await useConnectionStore.getState().deleteConnectionById(id);
      onClose();
      if (location.pathname.endsWith(id)) {
        navigate('/connections');
      }
      tell({ tone: 'neutral', title: strings.notices.deleted(name), action: { label: strings.notices.undo, run: () => void restore(connection) } });
    } catch (failure) {
      useConnectionStore.getState().clearError();
      setProblem(messageOf(failure));
      setBusy(false);
    }
  }

  return (
    <Dialog title={strings.remove.title(name)} onClose={onClose} size="sm">
      <Stack>
        <Text size="sm">{method === 'oauth2' ? strings.remove.oauthText : strings.remove.text}</Text>
        {problem && <Alert tone="bad">{problem}</Alert>}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>{strings.cancel}</Button>
          <Button color="red" loading={busy} onClick={() => void remove()}>{strings.remove.confirm}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

async function restore({ id, name }: Connection): Promise<void> {
  try {
    await useConnectionStore.getState().restoreConnectionById(id);
    tell({ tone: 'good', title: strings.notices.restored(name) });
  } catch (failure) {
    useConnectionStore.getState().clearError();
    tell({ tone: 'bad', title: name, text: messageOf(failure) });
  }
}
