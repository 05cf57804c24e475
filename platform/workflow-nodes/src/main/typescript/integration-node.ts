import type { UserConnections } from '@flowmaestro/connections-worker';
import { interpolate, type Context } from './template.js';

export interface SlackConfig {
  readonly connectionId: string;
  readonly config: { readonly channel: string; readonly text: string };
}

/** Slack's own words for a token that it no longer takes; they come with HTTP 200. */
const REFUSED = new Set(['invalid_auth', 'token_expired', 'token_revoked']);

/** Posts a message to Slack. A refused token is reported, and a new one is tried once. */
export async function executeSlackNode(
  connections: UserConnections,
  { connectionId, config }: SlackConfig,
  context: Context,
): Promise<Context> {
  const message = interpolate(config, context);
  const first = await connections.getAccessToken(connectionId);
  let answer = await post(first, message);
  if (!answer.ok && REFUSED.has(answer.error ?? '')) {
    await connections.reportRefused(connectionId, first);
    answer = await post(await connections.getAccessToken(connectionId), message);
  }
  if (!answer.ok) {
    throw new Error(`Slack did not take the message: ${answer.error}.`);
  }
  return { ...context, message: { channel: answer.channel, ts: answer.ts } };
}

interface SlackAnswer {
  readonly ok: boolean;
  readonly error?: string;
  readonly channel?: string;
  readonly ts?: string;
}

async function post(token: string, message: object): Promise<SlackAnswer> {
  const slack = process.env['SLACK_API_URL'] ?? 'https://slack.com/api';
  const response = await fetch(`${slack}/chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(message),
  });
  return (await response.json()) as SlackAnswer;
}
