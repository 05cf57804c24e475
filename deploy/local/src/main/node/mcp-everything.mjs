/** The reference MCP server "everything", streamable HTTP at /mcp, on 127.0.0.1:PORT. */
import './bind-loopback.mjs';
import { part } from './part.mjs';
import { positiveInteger } from './settings.mjs';

positiveInteger('PORT');
process.argv.splice(2, Infinity, 'streamableHttp');
await import(part('@modelcontextprotocol/server-everything/dist/index.js'));
