import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import type { Connection } from '@/api/types';
import { Icon } from '@/components/icons';
import { OAuthProgress } from '@/oauth/OAuthProgress';
import { useOAuth } from '@/oauth/useOAuth';
import { strings } from '@/strings';

interface McpSignInProps {
  name: string;
  provider: string;
  serverUrl: string;
  /** Whether everything is there; says what is missing otherwise. */
  isComplete: () => boolean;
  onAdded: (connection: Connection) => void;
}

/** The server is signed in to in a window of its own, and says itself where. */
export function McpSignIn({ name, provider, serverUrl, isComplete, onAdded }: McpSignInProps) {
  const { state, begin, focus, reset } = useOAuth();

  useEffect(() => {
    if (state?.kind === 'succeeded') {
      onAdded(state.connection);
    }
  }, [state, onAdded]);

  /** In the very click: a window opened later is blocked. */
  function start() {
    if (isComplete()) {
      begin('mcp', { name: name.trim(), variables: { server_url: serverUrl.trim(), provider } });
    }
  }

  if (state !== null) {
    return <OAuthProgress state={state} provider={name || strings.add.mcp.server} onFocus={focus} onAgain={start} onCancel={reset} />;
  }
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">{strings.add.mcp.signInHint}</Text>
      <Group justify="flex-end">
        <Button onClick={start} rightSection={<Icon name="external" size={16} />}>{strings.add.mcp.signIn}</Button>
      </Group>
    </Stack>
  );
}
