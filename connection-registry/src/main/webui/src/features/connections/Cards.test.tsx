import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { connection, fakeApi, quiet } from '@/testing/fakeApi';
import { show } from '@/testing/render';

const many = Array.from({ length: 200 }, (_none, at) => connection({ id: String(at), name: `Key ${at}` }));

describe('many cards', () => {
  let tell: (entries: object[]) => void;
  const watched: Element[] = [];

  beforeEach(() => {
    watched.length = 0;
    vi.resetModules();
    vi.stubGlobal('IntersectionObserver', class {
      constructor(callback: typeof tell) { tell = callback; }
      observe(element: Element) { watched.push(element); }
      unobserve() {}
    });
    fakeApi(quiet());
  });

  const scrolled = (at: number, isIntersecting: boolean) =>
    act(() => tell([{ target: watched[at], isIntersecting, boundingClientRect: { height: 180 } }]));

  it('are drawn whole near the screen, and named elsewhere', async () => {
    const { CardGrid } = await import('./Cards');
    show(<CardGrid connections={many} />);
    expect(screen.getAllByRole('article')).toHaveLength(12);
    expect(screen.getByText('Key 150')).toBeInTheDocument();

    scrolled(150, true);
    expect(screen.getByRole('article', { name: 'Key 150' })).toBeInTheDocument();

    scrolled(150, false);
    expect(screen.queryByRole('article', { name: 'Key 150' })).not.toBeInTheDocument();
    expect(watched[150]).toHaveStyle({ minHeight: '180px' });
  });

  it('stay while they have the focus', async () => {
    const { CardGrid } = await import('./Cards');
    show(<CardGrid connections={many} />);
    scrolled(150, true);
    screen.getByRole('link', { name: 'Key 150' }).focus();

    scrolled(150, false);

    expect(screen.getByRole('link', { name: 'Key 150' })).toHaveFocus();
  });
});
