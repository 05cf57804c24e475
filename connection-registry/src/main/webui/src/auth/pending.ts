/** What has to outlive the way to the identity provider and back: for this tab and this one sign-in. It holds no token. */
export interface PendingSignIn {
  verifier: string;
  nonce: string;
  redirectUri: string;
  returnTo: string;
  silent: boolean;
}

const PREFIX = 'connections.sign-in.';

export function keepPending(state: string, pending: PendingSignIn): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX)) {
      sessionStorage.removeItem(key);
    }
  }
  sessionStorage.setItem(PREFIX + state, JSON.stringify(pending));
}

export function takePending(state: string): PendingSignIn | undefined {
  const text = sessionStorage.getItem(PREFIX + state);
  sessionStorage.removeItem(PREFIX + state);
  return text === null ? undefined : (JSON.parse(text) as PendingSignIn);
}

const HINT = 'connections.signed-in';

/** Whether somebody signed in here before, so that a silent sign-in is worth its way. Says neither who nor how. */
export const signInHint = {
  get: () => localStorage.getItem(HINT) === 'yes',
  set: (signedIn: boolean) => (signedIn ? localStorage.setItem(HINT, 'yes') : localStorage.removeItem(HINT)),
};
