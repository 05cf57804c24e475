import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { tell, useNotices } from '@/stores/notices';
import { show } from '@/testing/render';
import { Notices } from './Notices';

beforeEach(() => {
  vi.useFakeTimers();
  useNotices.setState({ notices: [] });
});
afterEach(() => vi.useRealTimers());

it('takes a notice away by itself, but for one that lasts until it is dismissed', () => {
  show(<Notices />);
  act(() => void tell({ tone: 'good', title: 'Slack was added' }));
  let id = 0;
  act(() => { id = tell({ tone: 'neutral', title: 'Your sign-in is kept', lasting: true }); });

  act(() => void vi.advanceTimersByTime(60_000));
  expect(screen.queryByText('Slack was added')).not.toBeInTheDocument();
  expect(screen.getByText('Your sign-in is kept')).toBeInTheDocument();

  act(() => useNotices.getState().dismiss(id));
  expect(screen.queryByText('Your sign-in is kept')).not.toBeInTheDocument();
});
