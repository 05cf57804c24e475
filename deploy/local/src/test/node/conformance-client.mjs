/**
 * What the conformance suite starts as "the client under test": `node conformance-client.mjs <server URL>`. It connects the
 * running suite to that server, and uses everything that the server offers through the gateway's own MCP endpoint, so that
 * what the server sees and judges is the gateway. ERA is `same` (the gateway is spoken to in the scenario's revision) or
 * `other` (in the other era's).
 */
import { sampleObject } from './answers.mjs';
import { connected, other } from './mcp-client.mjs';
import { authorize, connection, endpoint, forget, TOKEN } from './suite.mjs';

const AUTHORIZATIONS = 3;
const NO_SUCH_METHOD = -32601;
/** Problems of the gateway whose text says to log in again. */
const CURABLE = ['mcp-scope-insufficient', 'mcp-server-unauthorized', 'connection-not-active'];
const revision = process.env.MCP_CONFORMANCE_PROTOCOL_VERSION;
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');

/** Calls at the same time, so that what belongs to one of them could end up in another. */
async function useTools(client) {
  const tools = await client.list('tools/list', 'tools');
  const calls = context.toolCalls ?? tools.map(({ name, inputSchema }) => ({ name, arguments: sampleObject(inputSchema) }));
  await Promise.all(calls.map(({ name, arguments: args }) => call(client, tools.find(tool => tool.name === name), withoutNulls(args))));
}

/** One scenario lists tools for their schemas alone, and knows no calls. */
async function call(client, tool, args) {
  try {
    await client.call(tool, args);
  } catch (refused) {
    if (refused.code !== NO_SUCH_METHOD) {
      throw refused;
    }
  }
}

/** "Not given" may be said as null or by leaving it out; the gateway holds callers to the schema, which knows no null. */
function withoutNulls(args) {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));
}

async function useResources(client) {
  for (const { uri } of await client.list('resources/list', 'resources')) {
    await client.request('resources/read', { uri });
  }
}

async function usePrompts(client) {
  for (const { name } of await client.list('prompts/list', 'prompts')) {
    await client.request('prompts/get', { name, arguments: {} });
  }
}

async function useEverything(id) {
  const client = await connected(process.env.ERA === 'other' ? other(revision) : revision, endpoint(id), TOKEN);
  await useTools(client);
  if (client.capabilities.resources) {
    await useResources(client);
  }
  if (client.capabilities.prompts) {
    await usePrompts(client);
  }
}

/** What a person does who reads the gateway's errors: grants the scopes that are missing, or logs in anew. */
async function useAsAPerson(id, authorizations) {
  try {
    await useEverything(id);
  } catch (refused) {
    if (!CURABLE.includes(refused.code) || authorizations === AUTHORIZATIONS) {
      throw refused;
    }
    await authorize({ connection_id: id, scopes: refused.data?.scopes });
    await useAsAPerson(id, authorizations + 1);
  }
}

/** A server that asks for a login, where the scenario gives a client id there is no other. */
function login(server_url) {
  const { client_id, client_secret } = context;
  return authorize({ server_url, ...(client_id && { client: { client_id, client_secret } }) });
}

const server = process.argv.at(-1);
const id = await (process.env.MCP_CONFORMANCE_SCENARIO.startsWith('auth/') ? login(server) : connection(server));
try {
  await useAsAPerson(id, 1);
  console.log('used everything that the server offers');
} finally {
  await forget(id);
}
