export { DeleteDialog } from './DeleteDialog';
export { EditDialog } from './EditDialog';
export { ReconnectDialog } from './ReconnectDialog';
