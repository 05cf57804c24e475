import { Button, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import type { Connection } from '@/api/types';
import { Dialog } from '@/components/Dialog';
import { signInOf } from '@/connection/signsIn';
import { OAuthProgress } from '@/oauth/OAuthProgress';
import { useOAuth } from '@/oauth/useOAuth';
import { providerName, useCatalog } from '@/stores/catalogStore';
import { tell } from '@/stores/notices';
import { strings } from '@/strings';

export function ReconnectDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { id, provider, name } = connection;
  const providers = useCatalog((catalog) => catalog.providers);
  const { state, begin, focus, reset } = useOAuth();
  const label = providerName(providers, provider);
  const start = () => begin(signInOf(connection) ?? provider, { connectionId: id, returnTo: `/connections/${id}` });

  useEffect(() => {
    if (state?.kind === 'succeeded') {
      tell({ tone: 'good', title: strings.notices.reconnected(name) });
      onClose();
    }
  }, [state, name, onClose]);

  return (
    <Dialog title={`${strings.card.reconnect} ${name}`} onClose={onClose} size="sm">
      <Stack>
        {state === null ? (
          <>
            <Text size="sm">{connection.status_reason ?? strings.oauth.waitingText}</Text>
            <Button onClick={start} data-autofocus>{strings.add.connect(label)}</Button>
          </>
        ) : (
          <OAuthProgress state={state} provider={label} onFocus={focus} onAgain={start} onCancel={reset} />
        )}
      </Stack>
    </Dialog>
  );
}
