/** The reference MCP server "filesystem" on FOLDER, behind mcp-proxy: streamable HTTP at /mcp, on 127.0.0.1:PORT. */
import './bind-loopback.mjs';
import { fileURLToPath } from 'node:url';
import { part } from './part.mjs';
import { positiveInteger, required } from './settings.mjs';

process.argv.splice(2, Infinity,
  '--host', '127.0.0.1',
  '--port', String(positiveInteger('PORT')),
  '--server', 'stream',
  '--', process.execPath, fileURLToPath(part('@modelcontextprotocol/server-filesystem/dist/index.js')), required('FOLDER'));
await import(part('mcp-proxy/dist/bin/mcp-proxy.mjs'));
