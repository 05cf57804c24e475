import type { UserConnections } from '@flowmaestro/connections-worker';
import { interpolate, type Context } from './template.js';

export interface LlmConfig {
  readonly model: string;
  readonly connectionId: string;
  readonly prompt: string;
  readonly temperature: number;
  readonly outputVariable: string;
}

/** Asks a model that speaks OpenAI's API. Where it is, and how the key is sent, comes with the credential. */
export async function executeLlmNode(
  connections: UserConnections,
  config: LlmConfig,
  context: Context,
): Promise<Context> {
  const { apply } = await connections.getCredential(config.connectionId);
  const response = await fetch(apply.url('/v1/chat/completions'), {
    method: 'POST',
    headers: apply.headers({ 'content-type': 'application/json' }),
    body: JSON.stringify({
      model: config.model,
      messages: [{ role: 'user', content: interpolate(config.prompt, context) }],
      temperature: config.temperature,
    }),
  });
  if (!response.ok) {
    throw new Error(`The model answered ${response.status}.`);
  }
  const { choices } = (await response.json()) as { choices: { message: { content: string } }[] };
  return { ...context, [config.outputVariable]: choices[0]?.message.content };
}
