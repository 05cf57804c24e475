import { ActionIcon, Loader, Menu } from '@mantine/core';
import type { Connection } from '@/api/types';
import { Icon } from '@/components/icons';
import { MenuBox } from '@/components/MenuBox';
import { useDialogs } from '@/stores/dialogs';
import { strings } from '@/strings';
import { signInOf } from './signsIn';
import { useActions } from './useActions';

/** What can be done with a connection besides testing it. */
export function ActionsMenu({ connection, variant }: { connection: Connection; variant: 'subtle' | 'default' }) {
  const open = useDialogs((dialogs) => dialogs.open);
  const { busy, refreshTools } = useActions(connection);
  const target = (
    <ActionIcon variant={variant} color="gray" size={variant === 'default' ? 36 : 28} aria-label={strings.card.actions(connection.name)}>
      {busy === 'refresh' ? <Loader size={16} /> : <Icon name="more" />}
    </ActionIcon>
  );
  return (
    <MenuBox target={target}>
      {connection.connection_method === 'mcp' && (
        <Menu.Item leftSection={<Icon name="refresh" size={16} />} onClick={() => void refreshTools()}>{strings.card.refreshTools}</Menu.Item>
      )}
      {signInOf(connection) !== undefined && (
        <Menu.Item leftSection={<Icon name="link" size={16} />} onClick={() => open({ kind: 'reconnect', connection })}>{strings.card.reconnect}</Menu.Item>
      )}
      <Menu.Item leftSection={<Icon name="edit" size={16} />} onClick={() => open({ kind: 'edit', connection })}>{strings.card.edit}</Menu.Item>
      <Menu.Item c="var(--bad)" leftSection={<Icon name="trash" size={16} />} onClick={() => open({ kind: 'delete', connection })}>{strings.card.delete}</Menu.Item>
    </MenuBox>
  );
}
