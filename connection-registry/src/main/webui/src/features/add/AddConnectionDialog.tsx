import type { Connection, ConnectionMethod } from '@/api/types';
import { Dialog } from '@/components/Dialog';
import { tell } from '@/stores/notices';
import { strings } from '@/strings';
import { AddFlow } from './AddFlow';

interface AddProps {
  method?: ConnectionMethod | undefined;
  provider?: string | undefined;
  onClose: () => void;
  onAdded?: (connection: Connection) => void;
}

export function AddConnectionDialog({ method, provider, onClose, onAdded }: AddProps) {
  function added(connection: Connection) {
    tell({ tone: 'good', title: strings.notices.added(connection.name) });
    onAdded?.(connection);
    onClose();
  }
  return (
    <Dialog title={strings.add.title} onClose={onClose} size={620}>
      <AddFlow method={method} provider={provider} onAdded={added} />
    </Dialog>
  );
}
