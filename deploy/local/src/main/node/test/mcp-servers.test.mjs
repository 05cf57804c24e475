import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { freePort, run } from './running.mjs';

/** Speaks just enough of MCP 2025-06-18 over streamable HTTP for one tool call. */
class McpClient {
  #url;
  #session;
  #id = 0;

  constructor(port) {
    this.#url = `http://127.0.0.1:${port}/mcp`;
  }

  async initialize() {
    const clientInfo = { name: 'test', version: '1' };
    await this.request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
    await this.#post({ jsonrpc: '2.0', method: 'notifications/initialized' });
  }

  async request(method, params) {
    const response = await this.#post({ jsonrpc: '2.0', id: (this.#id += 1), method, params });
    this.#session ??= response.headers.get('mcp-session-id');
    const text = await response.text();
    const json = response.headers.get('content-type').startsWith('text/event-stream')
      ? text.split('\n').findLast((line) => line.startsWith('data: {')).slice(6)
      : text;
    return JSON.parse(json).result;
  }

  #post(message) {
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    return fetch(this.#url, {
      method: 'POST',
      headers: this.#session ? { ...headers, 'mcp-session-id': this.#session } : headers,
      body: JSON.stringify(message),
    });
  }
}

function accepts(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.on('connect', () => { socket.destroy(); resolve(true); });
    socket.on('error', () => resolve(false));
  });
}

const outward = () => Object.values(networkInterfaces()).flat().filter(({ internal, scopeid }) => !internal && !scopeid).map(({ address }) => address);

async function onlyOnLoopback(port) {
  assert.ok(await accepts('127.0.0.1', port));
  for (const address of outward()) {
    assert.equal(await accepts(address, port), false, `reachable at ${address}`);
  }
}

describe('server-everything', () => {
  let port;
  let process;

  before(async () => {
    port = await freePort();
    process = await run('mcp-everything.mjs', { PORT: String(port) }, /listening on port/);
  });
  after(() => process?.stop('SIGTERM'));

  it('answers to loopback only', () => onlyOnLoopback(port));

  it('echoes', async () => {
    const client = new McpClient(port);
    await client.initialize();

    const { content } = await client.request('tools/call', { name: 'echo', arguments: { message: 'hello' } });

    assert.equal(content[0].text, 'Echo: hello');
  });
});

describe('server-filesystem behind mcp-proxy', () => {
  let folder;
  let port;
  let process;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-'));
    await writeFile(join(folder, 'note.txt'), 'from a real file');
    port = await freePort();
    process = await run('mcp-filesystem.mjs', { PORT: String(port), FOLDER: folder }, /server on port|starting server/i);
    for (let tries = 0; tries < 50 && !(await accepts('127.0.0.1', port)); tries += 1) {
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
  });
  after(async () => {
    await process?.stop('SIGTERM');
    await rm(folder, { recursive: true });
  });

  it('answers to loopback only', () => onlyOnLoopback(port));

  it('reads a file of its folder', async () => {
    const client = new McpClient(port);
    await client.initialize();

    const { tools } = await client.request('tools/list', {});
    assert.ok(tools.some(({ name }) => name === 'read_file'));
    const path = join(folder, 'note.txt');
    const { content } = await client.request('tools/call', { name: 'read_file', arguments: { path } });

    assert.equal(content[0].text, await readFile(path, 'utf8'));
  });
});
