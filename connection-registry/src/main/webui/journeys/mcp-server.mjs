import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../../../../deploy/local/src/main/node/mcp-everything.mjs', import.meta.url));

/** The reference MCP server at this address, unless one is there already. */
export async function mcpServer(address) {
  const port = Number(new URL(address).port);
  if (await answers(port)) {
    return { stop: () => undefined };
  }
  const process_ = spawn(process.execPath, [PROGRAM], { env: { ...process.env, PORT: String(port) }, stdio: 'ignore' });
  for (let tries = 0; tries < 100 && !(await answers(port)); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { stop: () => process_.kill() };
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('connect', () => { socket.destroy(); resolve(true); });
    socket.on('error', () => resolve(false));
  });
}
