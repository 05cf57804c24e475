import { describe, expect, it, vi } from 'vitest';
import type { OidcClient } from './oidc';
import { handOver, isSignInWindow, signInThere } from './signInWindow';

const person = { subject: 'alice', name: 'Alice', email: undefined };
const pending = { verifier: 'v', nonce: 'n', redirectUri: 'http://suite.test/callback', returnTo: '/connections', silent: false };

function begin() {
  const popup = { location: { replace: vi.fn() }, close: vi.fn() };
  const complete = vi.fn((..._all: unknown[]) => Promise.resolve({ tokens: {}, person }));
  const client = { begin: vi.fn((_to: string, { state }: { state: string }) => Promise.resolve({ url: 'https://idp.test/auth', state, pending })), complete };
  const ended = new AbortController();
  const outcome = signInThere(popup as unknown as Window, client as unknown as OidcClient, ended.signal);
  return { popup, client, complete, ended, outcome };
}

describe('signing in again in a window', () => {
  it('takes what its own window brings, and nobody else’s', async () => {
    const { popup, client, complete, outcome } = begin();
    await vi.waitFor(() => expect(popup.location.replace).toHaveBeenCalledWith('https://idp.test/auth'));
    const state = client.begin.mock.calls[0]?.[1].state as string;

    const stranger = new BroadcastChannel('connections-sign-in');
    stranger.postMessage({ state: 'window.other', search: '?code=evil&state=window.other' });
    const taken = await handOver(new URL(`https://suite.test/callback?code=good&state=${state}`));

    expect(taken).toBe(true);
    expect(await outcome).toEqual({ tokens: {}, person });
    expect(complete).toHaveBeenCalledTimes(1);
    expect(complete).toHaveBeenCalledWith(expect.objectContaining({ search: `?code=good&state=${state}` }), state, pending);
    stranger.close();
  });

  it('is told by its address alone', () => {
    expect(isSignInWindow(new URL('https://suite.test/callback?code=c&state=window.abc'))).toBe(true);
    expect(isSignInWindow(new URL('https://suite.test/callback?code=c&state=abc'))).toBe(false);
  });

  it('goes on by itself where the page that began is gone', async () => {
    vi.useFakeTimers();
    const taken = handOver(new URL('https://suite.test/callback?code=c&state=window.gone'));
    await vi.advanceTimersByTimeAsync(3_000);

    expect(await taken).toBe(false);
    vi.useRealTimers();
  });
});
