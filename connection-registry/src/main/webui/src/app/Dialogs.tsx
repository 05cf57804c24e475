import { lazy, Suspense } from 'react';
import { useDialogs } from '@/stores/dialogs';

// Dialogs are not part of the first load; they arrive while the page is looked at.
const importAdd = () => import('@/features/add/AddConnectionDialog');
const importManage = () => import('@/features/manage');
const AddConnectionDialog = lazy(() => importAdd().then((module) => ({ default: module.AddConnectionDialog })));
const EditDialog = lazy(() => importManage().then((module) => ({ default: module.EditDialog })));
const DeleteDialog = lazy(() => importManage().then((module) => ({ default: module.DeleteDialog })));
const ReconnectDialog = lazy(() => importManage().then((module) => ({ default: module.ReconnectDialog })));

export function preloadDialogs(): void {
  void importAdd();
  void importManage();
}

export function Dialogs() {
  const { dialog, close } = useDialogs();
  return (
    <Suspense fallback={null}>
      {dialog?.kind === 'add' && <AddConnectionDialog {...dialog} onClose={close} />}
      {dialog?.kind === 'edit' && <EditDialog connection={dialog.connection} onClose={close} />}
      {dialog?.kind === 'delete' && <DeleteDialog connection={dialog.connection} onClose={close} />}
      {dialog?.kind === 'reconnect' && <ReconnectDialog connection={dialog.connection} asMcp={dialog.asMcp} onClose={close} />}
    </Suspense>
  );
}
