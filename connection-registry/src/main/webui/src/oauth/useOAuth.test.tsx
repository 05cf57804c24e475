import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection, fakeApi, FakeProblem, quiet } from '@/testing/fakeApi';
import { connectionStore } from '@/stores/connectionStore';
import { useNotices } from '@/stores/notices';
import { useOAuth } from './useOAuth';

const FLOW = '01a20632-0000-7000-8000-000000000f10';
const AUTH_URL = 'https://provider.test/auth?state=s';
const made = connection({ id: 'made', provider: 'slack', connection_method: 'oauth2', name: 'Slack' });

function popup() {
  const fake = { closed: false, location: { replace: vi.fn() }, focus: vi.fn(), close: vi.fn() };
  vi.spyOn(window, 'open').mockReturnValue(fake as unknown as Window);
  return fake;
}

function suite(flow: () => object, started: () => object = () => ({ auth_url: AUTH_URL, provider: 'slack', flow_id: FLOW, expires_at: '' })) {
  return fakeApi({
    ...quiet(),
    'GET /api/oauth/slack/authorize': () => ({ success: true, data: started() }),
    [`GET /api/oauth/flows/${FLOW}`]: () => ({ success: true, data: flow() }),
    'GET /api/connections/made': () => ({ success: true, data: made }),
  });
}

const pending = () => ({ flow_id: FLOW, provider: 'slack', status: 'pending', expires_at: '' });
const settle = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
const post = (data: unknown, origin: string, source: unknown) => act(async () => {
  window.dispatchEvent(new MessageEvent('message', { data, origin, source: source as Window }));
});

describe('useOAuth', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    connectionStore.setState(connectionStore.getInitialState(), true);
  });
  afterEach(() => vi.useRealTimers());

  it('opens the window in the call itself, before the broker has answered', () => {
    popup();
    suite(pending);
    const { result } = renderHook(() => useOAuth());

    act(() => void result.current.initiateOAuth('slack').catch(() => undefined));

    expect(window.open).toHaveBeenCalledOnce();
    expect(result.current.loading).toBe(true);
  });

  it('resolves with the connection that the callback page posts', async () => {
    const window_ = popup();
    suite(pending);
    const { result } = renderHook(() => useOAuth());
    let connected: unknown;
    act(() => void result.current.initiateOAuth('slack').then((one) => { connected = one; }));
    await settle(10);
    expect(window_.location.replace).toHaveBeenCalledWith(AUTH_URL);

    await post({ type: 'oauth_success', provider: 'slack', connection: made }, location.origin, window_);

    expect(connected).toEqual(made);
    expect(result.current.loading).toBe(false);
    expect(connectionStore.getState().connections).toEqual([made]);
  });

  it('believes no message of another origin or of another window', async () => {
    const window_ = popup();
    suite(pending);
    const { result } = renderHook(() => useOAuth());
    act(() => result.current.begin('slack'));
    await settle(10);

    await post({ type: 'oauth_success', connection: made }, 'https://evil.test', window_);
    await post({ type: 'oauth_success', connection: made }, location.origin, null);

    expect(result.current.state?.kind).toBe('waiting');
  });

  it('learns from the broker when the window was cut off', async () => {
    const window_ = popup();
    window_.closed = true;
    let flow: object = pending();
    suite(() => flow);
    const { result } = renderHook(() => useOAuth());
    act(() => result.current.begin('slack'));
    await settle(1_600);
    expect(result.current.state?.kind).toBe('closed');

    flow = { ...pending(), status: 'succeeded', connection_id: 'made' };
    await settle(1_600);

    expect(result.current.state).toEqual({ kind: 'succeeded', connection: made });
  });

  it('rejects with the reason when access was denied', async () => {
    const window_ = popup();
    suite(pending);
    const { result } = renderHook(() => useOAuth());
    const outcome = vi.fn();
    act(() => void result.current.initiateOAuth('slack').catch((failure: Error) => outcome(failure.message)));
    await settle(10);

    await post({ type: 'oauth_error', code: 'access-denied', message: 'You denied access.' }, location.origin, window_);

    expect(outcome).toHaveBeenCalledWith('You denied access.');
  });

  describe('when the registry does not say whether it has the connection', () => {
    const kept = { type: 'oauth_error', code: 'grant-pending', message: 'What was granted is kept.' };
    const succeeded = () => ({ ...pending(), status: 'succeeded', connection_id: 'made' });

    beforeEach(() => useNotices.setState({ notices: [] }));

    it('says that the sign-in is kept, whatever becomes of the window, and goes on once it is stored', async () => {
      const window_ = popup();
      let flow: object = pending();
      suite(() => flow);
      const { result } = renderHook(() => useOAuth());
      act(() => result.current.begin('slack'));
      await settle(10);

      await post(kept, location.origin, window_);
      window_.closed = true;
      await settle(60_000);
      expect(result.current.state).toEqual({ kind: 'kept' });

      flow = succeeded();
      await settle(5_100);

      expect(result.current.state).toEqual({ kind: 'succeeded', connection: made });
      expect(useNotices.getState().notices).toEqual([]);
    });

    it('tells of it on the page when the dialog is closed meanwhile', async () => {
      const window_ = popup();
      let flow: object = pending();
      suite(() => flow);
      const { result, unmount } = renderHook(() => useOAuth());
      act(() => result.current.begin('slack', { connectionId: 'made' }));
      await settle(10);
      await post(kept, location.origin, window_);

      unmount();
      await settle(10);
      expect(useNotices.getState().notices).toMatchObject([{ title: 'Your sign-in is kept' }]);

      flow = succeeded();
      await settle(2_100);

      expect(useNotices.getState().notices).toMatchObject([{ tone: 'good', title: 'Slack is connected again' }]);
      expect(connectionStore.getState().connections).toEqual([made]);
    });

    it('rejects in words that tell nobody to sign in again', async () => {
      const window_ = popup();
      suite(pending);
      const { result } = renderHook(() => useOAuth());
      const outcome = vi.fn();
      act(() => void result.current.initiateOAuth('slack').catch((failure: Error) => outcome(failure.message)));
      await settle(10);

      await post(kept, location.origin, window_);

      expect(outcome).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('you need not sign in again'));
      expect(result.current.loading).toBe(false);
    });
  });

  it('gives up some seconds after the window was closed', async () => {
    const window_ = popup();
    suite(pending);
    const { result } = renderHook(() => useOAuth());
    const outcome = vi.fn();
    act(() => void result.current.initiateOAuth('slack').catch((failure: Error) => outcome(failure.message)));
    await settle(10);
    window_.closed = true;

    await settle(9_000);

    expect(outcome).toHaveBeenCalledWith('The window was closed');
    expect(result.current.loading).toBe(false);
  });

  it('offers the address when the browser blocks the window', async () => {
    vi.spyOn(window, 'open').mockReturnValue(null);
    const seen = suite(pending);
    const { result } = renderHook(() => useOAuth());

    act(() => result.current.begin('slack'));
    await settle(10);

    expect(result.current.state).toEqual({ kind: 'blocked', url: AUTH_URL });
    expect(seen[0]?.url.searchParams.get('return_to')).toBe('/connections');
  });

  it('closes the window and says why when the broker refuses', async () => {
    const window_ = popup();
    suite(pending, () => { throw new FakeProblem(409, 'provider-not-configured', 'Register a client first.'); });
    const { result } = renderHook(() => useOAuth());

    act(() => result.current.begin('slack'));
    await settle(10);

    expect(result.current.state).toEqual({ kind: 'failed', message: 'Register a client first.' });
    expect(window_.close).toHaveBeenCalled();
  });

  it('passes on name, scopes, variables and the connection to renew as plain parameters', async () => {
    popup();
    const seen = suite(pending);
    const { result } = renderHook(() => useOAuth());

    act(() => result.current.begin('slack', { name: 'Team', scopes: 'a b', connectionId: 'made', variables: { subdomain: 'acme' } }));
    await settle(10);

    expect(Object.fromEntries(seen[0]?.url.searchParams ?? [])).toEqual({
      name: 'Team', scopes: 'a b', connection_id: 'made', subdomain: 'acme',
    });
  });
});
