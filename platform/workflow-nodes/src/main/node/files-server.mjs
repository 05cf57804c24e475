/** The MCP server "filesystem" of the suite's own parts, on a folder with one configuration file. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const START_MS = 30_000;

export async function filesServer(parts, content) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'connections-sample-')));
  await mkdir(join(folder, 'config'));
  await writeFile(join(folder, 'config', 'local.json'), content);
  const port = await freePort();
  const server = spawn(process.execPath, ['mcp-filesystem.mjs'], {
    cwd: parts,
    env: { PATH: process.env.PATH, PORT: String(port), FOLDER: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  server.stderr.on('data', (chunk) => (said += chunk));
  const stop = async () => {
    server.kill();
    await rm(folder, { recursive: true, force: true });
  };
  await answering(`http://127.0.0.1:${port}/ping`, server, () => said).catch(async (failure) => {
    await stop();
    throw failure;
  });
  return { url: `http://127.0.0.1:${port}/mcp`, folder, stop };
}

async function answering(url, server, said) {
  for (const deadline = Date.now() + START_MS; Date.now() < deadline; await pause(100)) {
    if (server.exitCode !== null) {
      throw new Error(`the MCP server ended: ${said()}`);
    }
    if (await fetch(url).then(({ ok }) => ok, () => false)) {
      return;
    }
  }
  throw new Error(`the MCP server did not start in ${START_MS / 1000} s: ${said()}`);
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
