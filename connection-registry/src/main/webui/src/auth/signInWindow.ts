/**
 * Signing in again in a window of its own, so that the page keeps what was typed. The window comes back to our own origin,
 * where it may be cut off from its opener; so it hands what it came back with to this page by a broadcast. The code is worth
 * nothing without the verifier, which never leaves the memory of the page that began.
 */
import * as oauth from 'oauth4webapi';
import { messageOf } from '@/api/client';
import type { OidcClient, Refused, SignedIn } from './oidc';

interface Handed {
  state: string;
  /** The query that the provider sent the window back with. */
  search: string;
}

const CHANNEL = 'connections-sign-in';
const MARK = 'window.';
const FEATURES = 'popup,width=520,height=680';
/** How long the page that began has to take what the window brings. */
const TAKEN_WITHIN_MS = 3_000;

/** Opens the window; call it in a click. Null where the browser blocked it. */
export const openSignInWindow = (): Window | null => window.open('', CHANNEL, FEATURES);

/** Sends the window to the provider and answers what came of it. It does not when the window is closed: begin again then. */
export async function signInThere(popup: Window, oidc: OidcClient, signal: AbortSignal): Promise<SignedIn | Refused> {
  let begun;
  try {
    begun = await oidc.begin('/connections', { state: MARK + oauth.generateRandomState() });
  } catch (failure) {
    popup.close();
    return { error: 'failed', message: messageOf(failure) };
  }
  const { url, state, pending } = begun;
  const search = brought(state, signal);
  popup.location.replace(url);
  return oidc.complete(new URL(`/callback${await search}`, location.origin), state, pending);
}

function brought(state: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel(CHANNEL);
    signal.addEventListener('abort', () => channel.close());
    channel.addEventListener('message', ({ data }: MessageEvent<Partial<Handed>>) => {
      if (data.state === state && data.search !== undefined) {
        channel.postMessage({ state });
        channel.close();
        resolve(data.search);
      }
    });
  });
}

/** Whether this page is such a window that has come back. */
export const isSignInWindow = (url: URL): boolean => url.searchParams.get('state')?.startsWith(MARK) ?? false;

/** In the window: hands over what it came back with, and answers whether somebody took it. */
export function handOver(url: URL): Promise<boolean> {
  const state = url.searchParams.get('state') as string;
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), TAKEN_WITHIN_MS);
    channel.addEventListener('message', ({ data }: MessageEvent<Partial<Handed>>) => data.state === state && data.search === undefined && resolve(true));
    channel.postMessage({ state, search: url.search } satisfies Handed);
  }).finally(() => channel.close());
}
