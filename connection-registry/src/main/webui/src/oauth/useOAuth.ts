import { useCallback, useEffect, useRef, useState } from 'react';
import type { Connection } from '@/api/types';
import { strings } from '@/strings';
import { connectionStore } from '@/stores/connectionStore';
import { OAuthFlow, type FlowOptions, type FlowState } from './oauthFlow';

/** How long a closed window may still turn out to have finished, before `initiateOAuth` gives up. */
const AFTER_CLOSING_MS = 6_000;

export interface UseOAuth {
  /** Resolves with the connection. Call it in a click. Rejects when access was denied, the window was closed, or storing takes long. */
  initiateOAuth: (provider: string, options?: FlowOptions) => Promise<Connection>;
  loading: boolean;
  /** Where the flow stands, for those who show more than `loading`. */
  state: FlowState | null;
  /** As `initiateOAuth`, but told by `state` alone: a closed window stays open to be finished until `reset`. */
  begin: (provider: string, options?: FlowOptions) => void;
  focus: () => void;
  reset: () => void;
}

export function useOAuth(): UseOAuth {
  const [state, setState] = useState<FlowState | null>(null);
  const flow = useRef<OAuthFlow | null>(null);

  useEffect(() => () => flow.current?.cancel(), []);

  const run = useCallback((provider: string, options: FlowOptions, onState: (state: FlowState) => void) => {
    flow.current?.cancel();
    flow.current = new OAuthFlow(provider, options, (next) => {
      if (next.kind === 'succeeded') {
        connectionStore.getState().takeIn(next.connection);
      }
      setState(next);
      onState(next);
    });
  }, []);

  const reset = useCallback(() => {
    flow.current?.cancel();
    flow.current = null;
    setState(null);
  }, []);

  const initiateOAuth = useCallback(
    (provider: string, options: FlowOptions = {}) =>
      new Promise<Connection>((resolve, reject) => {
        let closing: ReturnType<typeof setTimeout> | undefined;
        run(provider, options, (next) => {
          if (next.kind === 'succeeded') {
            clearTimeout(closing);
            resolve(next.connection);
          } else if (next.kind === 'failed') {
            clearTimeout(closing);
            reject(new Error(next.message));
          } else if (next.kind === 'blocked') {
            reset();
            reject(new Error(strings.oauth.blockedTitle));
          } else if (next.kind === 'kept') {
            clearTimeout(closing);
            reset();
            reject(new Error(strings.oauth.keptText));
          } else if (next.kind === 'closed') {
            closing = setTimeout(() => {
              reset();
              reject(new Error(strings.oauth.closedTitle));
            }, AFTER_CLOSING_MS);
          }
        });
      }),
    [run, reset],
  );

  const begin = useCallback((provider: string, options: FlowOptions = {}) => run(provider, options, () => undefined), [run]);
  const focus = useCallback(() => flow.current?.focus(), []);

  const loading = state?.kind === 'opening' || state?.kind === 'waiting' || state?.kind === 'closed';
  return { initiateOAuth, loading, state, begin, focus, reset };
}
