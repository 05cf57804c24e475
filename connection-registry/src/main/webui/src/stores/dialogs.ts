import { create } from 'zustand';
import type { Connection, ConnectionMethod } from '@/api/types';

/** Which dialog is open: features ask for each other's here and need not know one another. */
export type Dialog =
  | { kind: 'add'; method?: ConnectionMethod | undefined; provider?: string | undefined }
  | { kind: 'edit'; connection: Connection }
  | { kind: 'delete'; connection: Connection }
  /** `asMcp`: by signing in to its MCP server, although it holds a credential of another kind. */
  | { kind: 'reconnect'; connection: Connection; asMcp?: boolean };

interface Dialogs {
  dialog: Dialog | null;
  open: (dialog: Dialog) => void;
  close: () => void;
}

export const useDialogs = create<Dialogs>()((set) => ({
  dialog: null,
  open: (dialog) => set({ dialog }),
  close: () => set({ dialog: null }),
}));
