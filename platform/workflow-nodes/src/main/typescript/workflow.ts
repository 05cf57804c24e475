/** Runs the nodes of a workflow for a user, one after another, and prints what became of its context as JSON. */
import { readFile } from 'node:fs/promises';
import { clientCredentials, ConnectionsClient } from '@flowmaestro/connections-worker';
import { executeSlackNode, type SlackConfig } from './integration-node.js';
import { executeLlmNode, type LlmConfig } from './llm-node.js';
import { executeMcpToolNode, type McpToolConfig } from './mcp-tool-node.js';
import type { Context } from './template.js';

type Node =
  | { readonly type: 'llm'; readonly label: string; readonly config: LlmConfig }
  | { readonly type: 'integration'; readonly label: string; readonly config: SlackConfig }
  | { readonly type: 'mcp_tool'; readonly label: string; readonly config: McpToolConfig };

interface Workflow {
  readonly user: string;
  readonly context: Context;
  readonly nodes: readonly Node[];
}

const setting = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`Set ${name}: the README says to what.`);
  }
  return value;
};

const client = new ConnectionsClient({
  url: setting('CONNECTIONS_URL'),
  tokens: clientCredentials({
    issuer: setting('CONNECTIONS_ISSUER'),
    clientId: 'worker',
    clientSecret: async () => (await readFile(setting('WORKER_SECRET_FILE'), 'utf8')).trim(),
  }),
});
const workflow = JSON.parse(await readFile(process.argv[2] ?? 'workflow.json', 'utf8')) as Workflow;
const connections = client.actingFor(workflow.user);

let context = workflow.context;
for (const node of workflow.nodes) {
  console.error(node.label);
  switch (node.type) {
    case 'llm':
      context = await executeLlmNode(connections, node.config, context);
      break;
    case 'integration':
      context = await executeSlackNode(connections, node.config, context);
      break;
    case 'mcp_tool':
      context = await executeMcpToolNode(connections, node.config, context);
      break;
  }
}
console.log(JSON.stringify(context));
