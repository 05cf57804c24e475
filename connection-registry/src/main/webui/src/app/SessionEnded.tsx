import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useSession } from '@/auth/session';
import { Alert } from '@/components/Alert';
import { Dialog } from '@/components/Dialog';
import { strings } from '@/strings';

/** Over whatever is open: a form below keeps what was typed, and goes on once its user is back. */
export function SessionEnded() {
  const { signIn, signInAgain, problem } = useSession();
  const [blocked, setBlocked] = useState(false);
  const again = () => setBlocked(!signInAgain());
  return (
    <Dialog title={strings.signIn.expiredTitle} onClose={again} size="sm">
      <Stack>
        <Text size="sm">{strings.signIn.expiredText}</Text>
        {blocked && <Alert tone="warn" title={strings.signIn.blockedTitle}>{strings.signIn.blockedText}</Alert>}
        {problem && <Alert tone="bad" title={strings.signIn.failed}>{problem}</Alert>}
        <Group justify="flex-end" gap="sm">
          {blocked && <Button variant="default" onClick={() => void signIn()}>{strings.signIn.here}</Button>}
          <Button onClick={again} data-autofocus>{strings.signIn.action}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
