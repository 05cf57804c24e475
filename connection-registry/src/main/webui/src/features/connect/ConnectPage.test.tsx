import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '@/api/types';
import { connection } from '@/testing/fakeApi';
import { show } from '@/testing/render';
import { ConnectPage } from './ConnectPage';

const OURS = location.origin;
const LISTED = ['https://app.test', 'https://other.test'];
const made = connection({ id: 'made', name: 'Slack', provider: 'slack', connection_method: 'oauth2' });
const message = { type: 'oauth_success', provider: 'slack', connection: made };

/** The page as it is opened with this query, and what makes the connection. */
function opened(query: string, origins: readonly string[] = LISTED) {
  let added: ((connection: Connection) => void) | undefined;
  show(<ConnectPage search={new URLSearchParams(query)} origins={origins} renderFlow={({ onAdded }) => { added = onAdded; return <p>The flow</p>; }} />);
  return { add: () => act(() => added?.(made)) };
}

describe('the page that other applications open', () => {
  const opener = { postMessage: vi.fn() };

  beforeEach(() => {
    opener.postMessage.mockClear();
    window.opener = opener;
    vi.spyOn(window, 'close').mockImplementation(() => undefined);
  });
  afterEach(() => {
    window.opener = null;
  });

  it('tells the origin that it was opened for, and no other', () => {
    const page = opened('provider=slack&origin=https://app.test');
    expect(screen.getByText('for app.test')).toBeInTheDocument();

    page.add();

    expect(opener.postMessage.mock.calls).toEqual([[message, 'https://app.test']]);
    expect(window.close).toHaveBeenCalledOnce();
  });

  it('tells each origin that may know, once, where the one that opened it did not say which it is', () => {
    const page = opened('provider=slack', [...LISTED, OURS]);

    page.add();

    expect(opener.postMessage.mock.calls).toEqual([[message, OURS], [message, 'https://app.test'], [message, 'https://other.test']]);
    expect(window.close).toHaveBeenCalledOnce();
  });

  it('tells nobody that an entry of the list names which is no origin', () => {
    const page = opened('provider=slack', ['*', 'app.test', 'https://app.test/path', 'https://other.test']);

    page.add();

    expect(opener.postMessage.mock.calls).toEqual([[message, OURS], [message, 'https://other.test']]);
    expect(window.close).toHaveBeenCalledOnce();
  });

  it('makes nothing for an origin that is not on the list', () => {
    opened('provider=slack&origin=https://evil.test');

    expect(screen.getByRole('alert')).toHaveTextContent('not on the list');
    expect(screen.queryByText('The flow')).not.toBeInTheDocument();
  });

  it('shows that it is done where nobody opened it', () => {
    window.opener = null;
    const page = opened('provider=slack');

    page.add();

    expect(screen.getByRole('status')).toHaveTextContent('Connected: Slack');
    expect(window.close).not.toHaveBeenCalled();
  });
});
