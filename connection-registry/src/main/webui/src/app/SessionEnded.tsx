import { Button, Stack, Text } from '@mantine/core';
import { useSession } from '@/auth/session';
import { Dialog } from '@/components/Dialog';
import { strings } from '@/strings';

export function SessionEnded() {
  const signIn = useSession((session) => session.signIn);
  const again = () => void signIn();
  return (
    <Dialog title={strings.signIn.expiredTitle} onClose={again} size="sm">
      <Stack>
        <Text size="sm">{strings.signIn.expiredText}</Text>
        <Button onClick={again} data-autofocus>{strings.signIn.action}</Button>
      </Stack>
    </Dialog>
  );
}
