import { create } from 'zustand';
import { configureApi, messageOf } from '@/api/client';
import type { UiConfig } from '@/config/config';
import { isRefusal, OidcClient, type Person, type Refused, type SignedIn, type Tokens } from './oidc';
import { signInHint } from './pending';
import { handOver, isSignInWindow, openSignInWindow, signInThere } from './signInWindow';

/** `handed-over`: this page is a window that another one signed in with, and has no more to do. */
export type SessionStatus = 'starting' | 'signed-out' | 'signed-in' | 'expired' | 'handed-over';

interface Session {
  status: SessionStatus;
  person: Person | null;
  /** Why the last sign-in did not work. */
  problem: string | null;
  start: (config: UiConfig) => Promise<void>;
  signIn: (returnTo?: string) => Promise<void>;
  /** In a window of its own, so that this page stays as it is. Call it in a click; false where the browser blocked the window. */
  signInAgain: () => boolean;
  signOut: () => Promise<void>;
}

const RENEW_AHEAD_MS = 60_000;
const RETRY_MS = 10_000;
const LEFT = 'signed-out';

// Tokens live here, in this page's memory, and nowhere else.
let tokens: Tokens | null = null;
let oidc: OidcClient | null = null;
let renewing: Promise<string | null> | null = null;
/** Calls that wait until their user has signed in again, and the window in which that happens. */
let waiting: ((token: string | null) => void)[] = [];
let signingIn: AbortController | null = null;
const others = 'BroadcastChannel' in globalThis ? new BroadcastChannel('connections-session') : null;

export const useSession = create<Session>()((set) => ({
  status: 'starting',
  person: null,
  problem: null,

  async start(config) {
    oidc = new OidcClient(config);
    configureApi({ baseUrl: location.origin, getToken, renewToken: renewed });
    others?.addEventListener('message', ({ data }) => data === LEFT && forget());
    // Whoever comes back from the provider by the back button finds this page as it was left: on its way.
    addEventListener('pageshow', ({ persisted }) => persisted && useSession.getState().status !== 'signed-in' && location.reload());
    const url = new URL(location.href);
    if (isSignInWindow(url)) {
      history.replaceState(null, '', '/callback');
      if (await handOver(url)) {
        set({ status: 'handed-over' });
        window.close();
        return;
      }
      // Whoever began is gone: a page like any other then.
      url.search = '';
    }
    const finished = await oidc.finish(url);
    if (finished === undefined) {
      if (signInHint.get() && !url.searchParams.has('error')) {
        await leaveFor(currentPlace(), true).catch((failure: unknown) => set({ status: 'signed-out', problem: messageOf(failure) }));
      } else {
        set({ status: 'signed-out' });
      }
      return;
    }
    history.replaceState(null, '', finished.returnTo);
    if ('tokens' in finished.outcome) {
      tokens = finished.outcome.tokens;
      signInHint.set(true);
      set({ status: 'signed-in', person: finished.outcome.person, problem: null });
      scheduleRenewal();
    } else {
      signInHint.set(false);
      set({ status: 'signed-out', problem: finished.silent ? null : finished.outcome.message });
    }
  },

  async signIn(returnTo = currentPlace()) {
    try {
      await leaveFor(returnTo, false);
    } catch (failure) {
      set({ problem: messageOf(failure) });
    }
  },

  signInAgain() {
    const popup = openSignInWindow();
    if (popup && oidc) {
      signingIn?.abort();
      signingIn = new AbortController();
      void signInThere(popup, oidc, signingIn.signal).then(takeAgain);
    }
    return popup !== null;
  },

  async signOut() {
    const had = tokens;
    const url = had && (await oidc?.signOutUrl(had).catch(() => undefined));
    forget();
    others?.postMessage(LEFT);
    if (url) {
      location.assign(url);
    }
  },
}));

const currentPlace = () => location.pathname + location.search;

async function leaveFor(returnTo: string, silent: boolean): Promise<void> {
  const place = returnTo.startsWith('/callback') ? '/connections' : returnTo;
  const url = await (oidc as OidcClient).authorizationUrl(place, silent);
  // A silent way there and back is no step that the back button should know.
  location[silent ? 'replace' : 'assign'](url);
}

/** The session goes on as it was, unless somebody else has signed in: nothing of this page is theirs. */
function takeAgain(outcome: SignedIn | Refused): void {
  if (!('tokens' in outcome)) {
    useSession.setState({ problem: outcome.message });
    return;
  }
  if (outcome.person.subject !== useSession.getState().person?.subject) {
    location.reload();
    return;
  }
  tokens = outcome.tokens;
  signInHint.set(true);
  useSession.setState({ status: 'signed-in', person: outcome.person, problem: null });
  scheduleRenewal();
  goOn(tokens.accessToken);
}

function goOn(token: string | null): void {
  const calls = waiting;
  waiting = [];
  calls.forEach((resume) => resume(token));
}

function forget(): void {
  tokens = null;
  goOn(null);
  signInHint.set(false);
  useSession.setState({ status: 'signed-out', person: null, problem: null });
}

async function getToken(): Promise<string | null> {
  if (tokens && tokens.expiresAt - RENEW_AHEAD_MS / 2 < Date.now()) {
    return (await renewed()) ?? tokens?.accessToken ?? null;
  }
  return tokens?.accessToken ?? null;
}

/** One renewal at a time: a refresh token that rotates is good once. */
function renewed(): Promise<string | null> {
  renewing ??= renew().finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renew(): Promise<string | null> {
  const refreshToken = tokens?.refreshToken;
  if (tokens && refreshToken && oidc) {
    try {
      tokens = await oidc.renew(refreshToken);
      scheduleRenewal();
      return tokens.accessToken;
    } catch (failure) {
      if (!isRefusal(failure) && tokens.expiresAt > Date.now()) {
        // The provider is away for the moment; the token at hand is good until it ends.
        setTimer(RETRY_MS);
        return tokens.accessToken;
      }
    }
  }
  return signedInAgain();
}

/** Whatever was asked for meanwhile is asked again once its user is back. */
function signedInAgain(): Promise<string | null> {
  const { status } = useSession.getState();
  if (status !== 'signed-in' && status !== 'expired') {
    return Promise.resolve(null);
  }
  useSession.setState({ status: 'expired' });
  return new Promise((resume) => waiting.push(resume));
}

let timer: ReturnType<typeof setTimeout> | undefined;

function scheduleRenewal(): void {
  clearTimeout(timer);
  if (tokens?.refreshToken) {
    setTimer(Math.max(tokens.expiresAt - RENEW_AHEAD_MS - Date.now(), 1_000));
  }
}

function setTimer(milliseconds: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void renewed(), milliseconds);
}
