/**
 * An MCP server that offers what the server scenarios of the conformance suite expect, on 127.0.0.1:PORT. ERA is "sessions" (2025-11-25)
 * or "stateless" (2026-07-28). What it offers is in conformance-offers.mjs; this file is the protocol.
 */
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { capabilities, handlers, MissingCapability, InputRequired } from './conformance-offers.mjs';

const stateless = process.env.ERA === 'stateless';
const MODERN = '2026-07-28';
const META = 'io.modelcontextprotocol/';
const INFO = { name: 'conformance-server', version: '1.0.0' };
const sessions = new Map();
const questions = new Map();

class RpcError extends Error {
  constructor(code, message, data, status = 200) {
    super(message);
    Object.assign(this, { code, data, status });
  }
}

/** Everything that a handler may do besides returning its result. */
class Call {
  constructor(response, params, clientCapabilities) {
    Object.assign(this, { response, params, clientCapabilities, stateless, begun: false });
  }

  say(message) {
    if (!this.begun) {
      this.begun = true;
      this.response.writeHead(200, { 'content-type': 'text/event-stream' });
    }
    this.response.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`);
  }

  log(data, level = 'info') {
    if (!stateless || this.params._meta?.[`${META}logLevel`]) {
      this.say({ method: 'notifications/message', params: { level, data } });
    }
  }

  progress(progress, total) {
    const progressToken = this.params._meta?.progressToken;
    if (progressToken !== undefined) {
      this.say({ method: 'notifications/progress', params: { progressToken, progress, total } });
    }
  }

  /** Asks the client in mid-call, as the revisions with sessions do. */
  ask(method, params) {
    const id = randomUUID();
    const answer = new Promise((resolve, reject) => questions.set(id, { resolve, reject }));
    this.say({ id, method, params });
    return answer;
  }
}

const own = {
  initialize: call => {
    const id = randomUUID();
    sessions.set(id, call.params.capabilities ?? {});
    call.response.setHeader('mcp-session-id', id);
    return { protocolVersion: '2025-11-25', capabilities, serverInfo: INFO };
  },
  ping: () => ({}),
  'logging/setLevel': () => ({}),
  'resources/subscribe': () => ({}),
  'resources/unsubscribe': () => ({}),
};

const ownStateless = {
  'server/discover': () => ({
    supportedVersions: [MODERN], capabilities, ttlMs: 0, cacheScope: 'private', _meta: { [`${META}serverInfo`]: INFO },
  }),
};

function clientCapabilities(request, message) {
  if (!stateless) {
    return sessions.get(request.headers['mcp-session-id']) ?? {};
  }
  if (message.params?._meta?.[`${META}protocolVersion`] !== MODERN) {
    throw new RpcError(-32602, 'only stateless requests', undefined, 400);
  }
  return message.params._meta[`${META}clientCapabilities`] ?? {};
}

async function answer(request, response, message) {
  const call = new Call(response, message.params ?? {}, clientCapabilities(request, message));
  const handler = { ...handlers, ...(stateless ? ownStateless : own) }[message.method];
  let outcome;
  let status = 200;
  try {
    if (!handler) {
      throw new RpcError(-32601, 'Method not found', undefined, stateless ? 404 : 200);
    }
    const result = await handler(call);
    const cached = /list$|read$/.test(message.method) ? { ttlMs: 0, cacheScope: 'public' } : {};
    outcome = { result: stateless ? { resultType: 'complete', ...cached, ...result } : result };
  } catch (failure) {
    ({ outcome, status } = failed(failure));
  }
  const whole = { jsonrpc: '2.0', id: message.id, ...outcome };
  if (call.begun) {
    call.say(whole);
    response.end();
  } else {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(whole));
  }
}

function failed(failure) {
  if (failure instanceof InputRequired) {
    return { outcome: { result: { resultType: 'input_required', ...failure.result } }, status: 200 };
  }
  if (failure instanceof MissingCapability) {
    return {
      outcome: { error: { code: -32021, message: failure.message, data: { requiredCapabilities: failure.required } } },
      status: 400,
    };
  }
  const { code = -32603, message, data, status = 200 } = failure;
  return { outcome: { error: { code, message, data } }, status };
}

function take(message) {
  const question = questions.get(message.id);
  questions.delete(message.id);
  if (message.error) {
    question?.reject(new Error(message.error.message));
  } else {
    question?.resolve(message.result);
  }
}

async function handle(request, response) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  if (request.method !== 'POST') {
    response.writeHead(405).end();
    return;
  }
  const message = JSON.parse(Buffer.concat(chunks));
  const session = request.headers['mcp-session-id'];
  if (!stateless && message.method !== 'initialize' && !sessions.has(session)) {
    response.writeHead(session ? 404 : 400, { 'content-type': 'application/json' })
      .end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32000, message: 'no session' } }));
  } else if (message.method && message.id !== undefined) {
    await answer(request, response, message);
  } else {
    if (!message.method) {
      take(message);
    }
    response.writeHead(202).end();
  }
}

const server = createServer((request, response) => handle(request, response).catch(failure => {
  response.writeHead(failure.status ?? 500, { 'content-type': 'application/json' })
    .end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: failure.code ?? -32603, message: failure.message } }));
}));
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log(`listening on port ${server.address().port}`));
