import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { Alert } from '@/components/Alert';
import { strings } from '@/strings';
import type { FlowState } from './oauthFlow';

interface ProgressProps {
  state: FlowState;
  provider: string;
  onFocus: () => void;
  onAgain: () => void;
  onCancel: () => void;
}

/** Says where a flow stands, and always offers a way on and a way out. */
export function OAuthProgress({ state, provider, onFocus, onAgain, onCancel }: ProgressProps) {
  const cancel = <Button variant="default" onClick={onCancel}>{strings.cancel}</Button>;
  switch (state.kind) {
    case 'opening':
    case 'succeeded':
      return <Waiting title={strings.oauth.opening} />;
    case 'waiting':
      return (
        <Stack>
          <Waiting title={strings.oauth.waitingTitle(provider)} text={strings.oauth.waitingText} />
          <Group justify="flex-end" gap="sm">{cancel}<Button onClick={onFocus}>{strings.oauth.focus}</Button></Group>
        </Stack>
      );
    case 'blocked':
      return (
        <Stack>
          <Alert tone="warn" title={strings.oauth.blockedTitle}>{strings.oauth.blockedText}</Alert>
          <Group justify="flex-end" gap="sm">
            {cancel}
            <Button variant="default" component="a" href={state.url}>{strings.oauth.here}</Button>
            <Button component="a" href={state.url} target="_blank" rel="noopener">{strings.oauth.openTab}</Button>
          </Group>
        </Stack>
      );
    case 'closed':
      return (
        <Stack>
          <Alert tone="warn" title={strings.oauth.closedTitle}>{strings.oauth.closedText}</Alert>
          <Group justify="flex-end" gap="sm">{cancel}<Button onClick={onAgain}>{strings.oauth.again}</Button></Group>
        </Stack>
      );
    case 'kept':
      return (
        <Stack>
          <Alert tone="neutral" title={strings.oauth.keptTitle}>{strings.oauth.keptText}</Alert>
          <Group justify="flex-end"><Button variant="default" onClick={onCancel}>{strings.back}</Button></Group>
        </Stack>
      );
    case 'failed':
      return (
        <Stack>
          <Alert tone="bad" title={strings.oauth.failedTitle}>{state.message}</Alert>
          <Group justify="flex-end" gap="sm">{cancel}<Button onClick={onAgain}>{strings.oauth.again}</Button></Group>
        </Stack>
      );
  }
}

function Waiting({ title, text }: { title: string; text?: string }) {
  return (
    <Group role="status" wrap="nowrap" align="flex-start" py="xs">
      <Loader size="sm" mt={2} aria-hidden="true" />
      <div><Text fw={600}>{title}</Text>{text && <Text size="sm" c="dimmed">{text}</Text>}</div>
    </Group>
  );
}
