import type { UserConnections } from '@flowmaestro/connections-worker';
import { interpolate, type Context } from './template.js';

export interface McpToolConfig {
  readonly connectionId: string;
  readonly tool: string;
  readonly parameters: Record<string, unknown>;
  readonly outputVariable: string;
}

/** Calls a tool of an MCP server. That the tool failed is the node's failure, too. */
export async function executeMcpToolNode(
  connections: UserConnections,
  config: McpToolConfig,
  context: Context,
): Promise<Context> {
  const result = await connections.executeTool(
    config.connectionId,
    config.tool,
    interpolate(config.parameters, context),
  );
  if (result.failed) {
    throw new Error(`${config.tool} failed: ${result.text}`);
  }
  return { ...context, [config.outputVariable]: result.text };
}
