/** An MCP server of the TypeScript SDK 2 that speaks 2026-07-28 alone, on 127.0.0.1:PORT. Its tool has a mirrored parameter. */
import { createServer } from 'node:http';
import { createMcpHandler, fromJsonSchema, McpServer } from '@modelcontextprotocol/server';

const inputSchema = fromJsonSchema({
  type: 'object', properties: { message: { type: 'string', 'x-mcp-header': 'Message' } }, required: ['message'],
});

const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'stateless', version: '1.0.0' });
  server.registerTool('echo', { description: 'Says it again', inputSchema }, async ({ message }) => ({
    content: [{ type: 'text', text: `Echo: ${message}` }],
  }));
  return server;
}, { legacy: 'reject' });

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const body = request.method === 'POST' ? Buffer.concat(chunks) : undefined;
  const answer = await handler.fetch(new Request(`http://127.0.0.1${request.url}`, { method: request.method, headers: request.headers, body }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}).listen(Number(process.env.PORT), '127.0.0.1');
