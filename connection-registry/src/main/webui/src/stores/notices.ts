import { create } from 'zustand';

export interface Notice {
  id: number;
  tone: 'good' | 'bad' | 'neutral';
  title: string;
  text?: string | undefined;
  action?: { label: string; run: () => void } | undefined;
  /** Stays until it is dismissed. */
  lasting?: boolean | undefined;
}

interface Notices {
  notices: Notice[];
  /** Answers the id, by which it can be dismissed. */
  tell: (notice: Omit<Notice, 'id'>) => number;
  dismiss: (id: number) => void;
}

let serial = 0;

export const useNotices = create<Notices>()((set) => ({
  notices: [],
  tell(notice) {
    serial += 1;
    const id = serial;
    set(({ notices }) => ({ notices: [...notices.slice(-2), { ...notice, id }] }));
    return id;
  },
  dismiss: (id) => set(({ notices }) => ({ notices: notices.filter((one) => one.id !== id) })),
}));

export const tell = (notice: Omit<Notice, 'id'>) => useNotices.getState().tell(notice);
