import { create } from 'zustand';

export interface Notice {
  id: number;
  tone: 'good' | 'bad' | 'neutral';
  title: string;
  text?: string | undefined;
  action?: { label: string; run: () => void } | undefined;
}

interface Notices {
  notices: Notice[];
  tell: (notice: Omit<Notice, 'id'>) => void;
  dismiss: (id: number) => void;
}

let serial = 0;

export const useNotices = create<Notices>()((set) => ({
  notices: [],
  tell(notice) {
    serial += 1;
    const id = serial;
    set(({ notices }) => ({ notices: [...notices.slice(-2), { ...notice, id }] }));
  },
  dismiss: (id) => set(({ notices }) => ({ notices: notices.filter((one) => one.id !== id) })),
}));

export const tell = (notice: Omit<Notice, 'id'>) => useNotices.getState().tell(notice);
