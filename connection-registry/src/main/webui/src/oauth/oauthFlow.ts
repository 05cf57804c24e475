/**
 * One OAuth flow in a window of its own. A window may be blocked, closed, or cut off from this page by the provider's
 * opener policy, which looks like closed from here; so its end is learnt in three ways: by the message that the callback
 * page posts, by its broadcast, and by asking the broker where the flow stands. Whichever comes first counts.
 */
import { answer, api, messageOf } from '@/api/client';
import type { Connection, StartedFlow } from '@/api/types';
import { strings } from '@/strings';
import { tellOf } from './returnedFlow';

export type FlowState =
  | { kind: 'opening' }
  | { kind: 'waiting'; url: string }
  | { kind: 'blocked'; url: string }
  | { kind: 'closed'; url: string }
  /** Access was given, and the broker stores it as soon as the registry answers. */
  | { kind: 'kept' }
  | { kind: 'failed'; message: string }
  | { kind: 'succeeded'; connection: Connection };

export interface FlowOptions {
  name?: string | undefined;
  scopes?: string | undefined;
  /** Renews this connection instead of making one. */
  connectionId?: string | undefined;
  /** Values for the variables of the provider's addresses. */
  variables?: Record<string, string> | undefined;
  /** Where the browser goes when it finishes in this tab. */
  returnTo?: string | undefined;
}

interface Posted {
  type?: string;
  code?: string;
  message?: string;
  connection?: Connection;
}

const POLL_MS = 1_500;
const POLL_KEPT_MS = 5_000;
/** The broker's code for what the provider granted and the registry has neither stored nor refused yet. */
export const GRANT_PENDING = 'grant-pending';
const CHANNEL = 'connections-oauth';
const WINDOW = 'popup,width=560,height=720';

export class OAuthFlow {
  private readonly provider: string;
  private readonly options: FlowOptions;
  private readonly onState: (state: FlowState) => void;
  private readonly ended = new AbortController();
  private popup: Window | null = null;
  private kept = false;
  private flow: StartedFlow | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Begin it in the very click: browsers open windows for nothing else. */
  constructor(provider: string, options: FlowOptions, onState: (state: FlowState) => void) {
    this.provider = provider;
    this.options = options;
    this.onState = onState;
    this.popup = window.open('', '', WINDOW);
    onState({ kind: 'opening' });
    void this.begin();
  }

  focus(): void {
    this.popup?.focus();
  }

  /** Forgets the flow. What the user still allows makes a connection all the same; lists show it. What they have allowed is told of. */
  cancel(): void {
    if (this.kept && this.flow && !this.ended.signal.aborted) {
      void tellOf(this.flow.flow_id, this.options.connectionId !== undefined);
    }
    this.end();
    this.popup?.close();
  }

  private async begin(): Promise<void> {
    const { name, scopes, connectionId, variables, returnTo = '/connections' } = this.options;
    const query = {
      // A window of its own closes at the end; with an address to go to, one that was cut off would show this UI again.
      ...(this.popup ? {} : { return_to: returnTo }),
      ...(name ? { name } : {}),
      ...(scopes ? { scopes } : {}),
      ...(connectionId ? { connection_id: connectionId } : {}),
      variables: variables ?? {},
    };
    try {
      const { data } = await answer(
        api().oauth.GET('/api/oauth/{provider}/authorize', { params: { path: { provider: this.provider }, query } }),
      );
      if (this.ended.signal.aborted) {
        return;
      }
      this.flow = data;
      this.listen();
      if (this.popup) {
        this.popup.location.replace(data.auth_url);
        this.onState({ kind: 'waiting', url: data.auth_url });
      } else {
        this.onState({ kind: 'blocked', url: data.auth_url });
      }
      this.poll();
    } catch (failure) {
      this.fail(messageOf(failure));
      this.popup?.close();
    }
  }

  private listen(): void {
    const { signal } = this.ended;
    addEventListener('message', (event: MessageEvent<Posted>) => {
      if (event.origin === location.origin && event.source === this.popup) {
        this.take(event.data);
      }
    }, { signal });
    if ('BroadcastChannel' in globalThis) {
      const channel = new BroadcastChannel(CHANNEL);
      signal.addEventListener('abort', () => channel.close());
      channel.addEventListener('message', ({ data }: MessageEvent<{ flow_id?: string; message?: Posted }>) => {
        if (data.flow_id === this.flow?.flow_id && data.message) {
          this.take(data.message);
        }
      });
    }
  }

  private take(message: Posted): void {
    if (message.type === 'oauth_success' && message.connection) {
      this.succeed(message.connection);
    } else if (message.type === 'oauth_error' && message.code === GRANT_PENDING) {
      this.keep();
    } else if (message.type === 'oauth_error') {
      this.fail(message.message ?? strings.oauth.unknown);
    }
  }

  /** Told twice, by message and by broadcast. The window closes itself, which is no news any more. */
  private keep(): void {
    if (!this.kept) {
      this.kept = true;
      this.popup = null;
      this.onState({ kind: 'kept' });
    }
  }

  private poll(): void {
    this.timer = setTimeout(() => void this.ask(), this.kept ? POLL_KEPT_MS : POLL_MS);
  }

  private async ask(): Promise<void> {
    const flow = this.flow as StartedFlow;
    try {
      const { data } = await answer(
        api().oauth.GET('/api/oauth/flows/{flowId}', { params: { path: { flowId: flow.flow_id } }, signal: this.ended.signal }),
      );
      if (data.status === 'succeeded' && data.connection_id) {
        const id = data.connection_id;
        const { data: connection } = await answer(api().registry.GET('/api/connections/{id}', { params: { path: { id } } }));
        this.succeed(connection);
        return;
      }
      if (data.status === 'failed' || data.status === 'expired') {
        this.fail(data.status === 'expired' ? strings.oauth.expired : (data.message ?? strings.oauth.unknown));
        return;
      }
    } catch {
      // Asked again: the flow goes on without us.
    }
    if (!this.ended.signal.aborted) {
      if (this.popup?.closed) {
        this.popup = null;
        this.onState({ kind: 'closed', url: flow.auth_url });
      }
      this.poll();
    }
  }

  private succeed(connection: Connection): void {
    this.finish({ kind: 'succeeded', connection });
  }

  private fail(message: string): void {
    this.finish({ kind: 'failed', message });
  }

  private finish(state: FlowState): void {
    if (!this.ended.signal.aborted) {
      this.end();
      this.onState(state);
    }
  }

  private end(): void {
    this.ended.abort();
    clearTimeout(this.timer);
  }
}
