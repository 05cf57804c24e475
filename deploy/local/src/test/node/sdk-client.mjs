/**
 * A client of the official TypeScript SDKs: `node sdk-client.mjs <kind> <url> <tool> <arguments>` lists the tools at the URL, calls
 * the one of that name, whatever stands before it, and prints its text. KIND is `1` (SDK 1), `2-sessions`, `2-stateless` (SDK 2), or `remote` (SDK 1 through mcp-remote).
 * CONNECTIONS_TOKEN is the bearer token.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [kind, url, name, args] = process.argv.slice(2);
const authorization = `Bearer ${process.env.CONNECTIONS_TOKEN}`;
const INFO = { name: `sdk-client-${kind}`, version: '1.0.0' };
const http = { requestInit: { headers: { authorization } } };

async function sdk1() {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/sdk/client/streamableHttp.js');
  return { client: new Client(INFO), transport: new StreamableHTTPClientTransport(new URL(url), http) };
}

async function sdk2(mode) {
  const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
  return {
    client: new Client(INFO, { versionNegotiation: { mode } }),
    transport: new StreamableHTTPClientTransport(new URL(url), http),
  };
}

async function remote() {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
  const folder = await mkdtemp(join(tmpdir(), 'mcp-remote-'));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['node_modules/mcp-remote/dist/proxy.js', url, '--header', `Authorization: ${authorization}`, '--allow-http', '--transport', 'http-only'],
    cwd: import.meta.dirname,
    env: { PATH: process.env.PATH, HOME: folder, MCP_REMOTE_CONFIG_DIR: folder },
    stderr: 'pipe',
  });
  return { client: new Client(INFO), transport, done: () => rm(folder, { recursive: true }) };
}

const KINDS = { 1: sdk1, '2-sessions': () => sdk2('legacy'), '2-stateless': () => sdk2({ pin: '2026-07-28' }), remote };
const { client, transport, done } = await KINDS[kind]();
await client.connect(transport);
const { tools } = await client.listTools();
const tool = tools.find(candidate => candidate.name === name || candidate.name.endsWith(`_${name}`));
const { content } = await client.callTool({ name: tool.name, arguments: JSON.parse(args) });
console.log(JSON.stringify({ tools: tools.map(each => each.name), text: content.map(block => block.text).join('\n') }));
await client.close();
await done?.();
