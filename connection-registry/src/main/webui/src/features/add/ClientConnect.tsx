import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ApiError, messageOf } from '@/api/client';
import type { Connection } from '@/api/types';
import { Alert } from '@/components/Alert';
import { connectAsClient, type ClientRequest } from '@/connection/asClient';
import { GRANT_PENDING } from '@/oauth/oauthFlow';
import { strings } from '@/strings';

interface ClientConnectProps {
  provider: string;
  label: string;
  /** What to ask for; null while something is missing, which the form says. */
  request: () => ClientRequest | null;
  onAdded: (connection: Connection) => void;
}

/** Of a provider to which nobody signs in. */
export function ClientConnect({ provider, label, request, onAdded }: ClientConnectProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  async function connect() {
    const wanted = request();
    if (wanted === null) {
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      onAdded(await connectAsClient(provider, wanted));
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  }

  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">{strings.add.asClientHint}</Text>
      {problem !== null && <Problem failure={problem} />}
      <Group justify="flex-end"><Button onClick={() => void connect()} loading={busy} autoFocus>{strings.add.connectAsClient(label)}</Button></Group>
    </Stack>
  );
}

/** What is kept until the registry answers has not failed: the broker's words say what to do. */
function Problem({ failure }: { failure: unknown }) {
  const kept = failure instanceof ApiError && failure.code === GRANT_PENDING;
  return <Alert tone={kept ? 'neutral' : 'bad'} title={kept ? strings.add.notStoredYet : strings.add.problem}>{messageOf(failure)}</Alert>;
}
