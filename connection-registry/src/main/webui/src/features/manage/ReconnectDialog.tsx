import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { messageOf } from '@/api/client';
import type { Connection, Provider } from '@/api/types';
import { Alert } from '@/components/Alert';
import { Dialog } from '@/components/Dialog';
import { connectsAsClient, renewAsClient } from '@/connection/asClient';
import { signInOf } from '@/connection/signsIn';
import { OAuthProgress } from '@/oauth/OAuthProgress';
import { useOAuth } from '@/oauth/useOAuth';
import { providerName, useCatalog } from '@/stores/catalogStore';
import { tell } from '@/stores/notices';
import { strings } from '@/strings';

interface ReconnectProps {
  connection: Connection;
  /** By signing in to its MCP server, whatever it holds now. */
  asMcp?: boolean | undefined;
  onClose: () => void;
}

export function ReconnectDialog({ connection, asMcp = false, onClose }: ReconnectProps) {
  const entry = useOAuthEntry(connection);
  return (
    <Dialog title={`${strings.card.reconnect} ${connection.name}`} onClose={onClose} size="sm">
      {entry === undefined && <Skeleton height={80} />}
      {entry !== undefined && (connectsAsClient(entry)
        ? <ByClient connection={connection} onClose={onClose} />
        : <BySigningIn connection={connection} asMcp={asMcp} onClose={onClose} />)}
    </Dialog>
  );
}

/** What the catalogue says of the provider of an OAuth connection; of others nothing has to be known. */
function useOAuthEntry({ connection_method: method, provider }: Connection): Provider | null | undefined {
  const loadEntry = useCatalog((catalog) => catalog.loadEntry);
  const [entry, setEntry] = useState<Provider | null | undefined>(method === 'oauth2' ? undefined : null);
  useEffect(() => {
    if (method === 'oauth2') {
      void loadEntry(provider).then(setEntry);
    }
  }, [method, provider, loadEntry]);
  return entry;
}

function BySigningIn({ connection, asMcp, onClose }: ReconnectProps) {
  const { id, provider, name } = connection;
  const providers = useCatalog((catalog) => catalog.providers);
  const { state, begin, focus, reset } = useOAuth();
  const label = providerName(providers, provider);
  const start = () => begin(asMcp ? 'mcp' : (signInOf(connection) ?? provider), { connectionId: id, returnTo: `/connections/${id}` });

  useEffect(() => {
    if (state?.kind === 'succeeded') {
      tell({ tone: 'good', title: strings.notices.reconnected(name) });
      onClose();
    }
  }, [state, name, onClose]);

  if (state !== null) {
    return <OAuthProgress state={state} provider={label} onFocus={focus} onAgain={start} onCancel={reset} />;
  }
  return (
    <Stack>
      <Text size="sm">{connection.status_reason ?? strings.oauth.waitingText}</Text>
      <Button onClick={start} data-autofocus>{strings.add.connect(label)}</Button>
    </Stack>
  );
}

function ByClient({ connection, onClose }: ReconnectProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function renew() {
    setBusy(true);
    setProblem(null);
    try {
      await renewAsClient(connection);
      tell({ tone: 'good', title: strings.notices.reconnected(connection.name) });
      onClose();
    } catch (failure) {
      setProblem(messageOf(failure));
      setBusy(false);
    }
  }

  return (
    <Stack>
      <Text size="sm">{connection.status_reason ?? strings.add.asClientHint}</Text>
      {problem && <Alert tone="bad" title={strings.add.problem}>{problem}</Alert>}
      <Button loading={busy} onClick={() => void renew()} data-autofocus>{strings.card.reconnect}</Button>
    </Stack>
  );
}
