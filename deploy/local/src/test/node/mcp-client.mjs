/** A client of an MCP endpoint in either era. Whoever uses it agrees to everything that a server asks. */
import { answerTo } from './answers.mjs';
import { paramHeaders } from './param-headers.mjs';

const META = 'io.modelcontextprotocol/';
const INFO = { name: 'conformance-driver', version: '1.0.0' };
const CAPABILITIES = { elicitation: {}, sampling: {}, roots: {} };
const SESSIONS = '2025-11-25';
const STATELESS = '2026-07-28';
const ROUNDS = 8;

/** An error of the server or of the gateway; `code` is the gateway's own word for it, where it has one. */
export class Refused extends Error {
  constructor(method, status, { message, title, detail, code, data } = {}) {
    super(`${method} was refused with ${status}: ${detail ?? message ?? title ?? 'no reason given'}`);
    Object.assign(this, { status, code: data?.code ?? code, data });
  }
}

class Client {
  #last = 0;

  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  /** Sends a request and answers what is asked before its result comes. */
  async exchange(method, params, headers = {}) {
    const id = ++this.#last;
    const response = await this.post({ id, method, params }, headers);
    for await (const message of messages(response)) {
      if (message.method) {
        await this.hear(message);
      } else if (message.id === id || message.error) {
        if (message.error) {
          throw new Refused(method, response.status, message.error);
        }
        return { result: message.result, response };
      } else if (message.code) {
        throw new Refused(method, response.status, message);
      }
    }
    throw new Refused(method, response.status, { message: 'the answer holds no result' });
  }

  post(message, headers) {
    return fetch(this.url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.token}`, 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    });
  }

  async hear() {
    // Notifications are for people who watch.
  }

  /** A list with all its pages. */
  async list(method, member) {
    const items = [];
    let cursor;
    do {
      const page = await this.request(method, cursor === undefined ? {} : { cursor });
      items.push(...page[member]);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return items;
  }
}

/** 2025-11-25: a session, and questions in mid-call. */
class SessionsClient extends Client {
  #headers = {};

  async connect() {
    const { result, response } = await this.exchange('initialize', {
      protocolVersion: SESSIONS, capabilities: CAPABILITIES, clientInfo: INFO,
    });
    this.capabilities = result.capabilities;
    const session = response.headers.get('mcp-session-id');
    this.#headers = { 'mcp-protocol-version': result.protocolVersion, ...(session && { 'mcp-session-id': session }) };
    await this.post({ method: 'notifications/initialized' }, this.#headers);
  }

  async request(method, params = {}) {
    return (await this.exchange(method, params, this.#headers)).result;
  }

  async hear({ id, method, params }) {
    if (id !== undefined) {
      await this.post({ id, result: answerTo(method, params) }, this.#headers);
    }
  }

  call(tool, args) {
    return this.request('tools/call', { name: tool.name, arguments: args });
  }
}

/** 2026-07-28: every request stands for itself, and questions end a call that is then made again with the answers. */
class StatelessClient extends Client {
  async connect() {
    this.capabilities = (await this.request('server/discover')).capabilities;
  }

  async request(method, params = {}, headers = {}) {
    let asked = {};
    for (let round = 0; round < ROUNDS; round++) {
      const whole = { ...params, ...asked, _meta: { [`${META}protocolVersion`]: STATELESS, [`${META}clientInfo`]: INFO, [`${META}clientCapabilities`]: CAPABILITIES } };
      const { result } = await this.exchange(method, whole, { ...standardHeaders(method, params), ...headers });
      if (result.resultType !== 'input_required') {
        return result;
      }
      asked = answersTo(result);
    }
    throw new Refused(method, 200, { message: `it still asks after ${ROUNDS} rounds` });
  }

  call(tool, args) {
    return this.request('tools/call', { name: tool.name, arguments: args }, paramHeaders(tool.inputSchema, args));
  }
}

function standardHeaders(method, params) {
  const name = method === 'resources/read' ? params.uri : params.name;
  return { 'mcp-protocol-version': STATELESS, 'mcp-method': method, ...(name !== undefined && { 'mcp-name': name }) };
}

function answersTo({ inputRequests = {}, requestState }) {
  const inputResponses = Object.fromEntries(
    Object.entries(inputRequests).map(([key, { method, params }]) => [key, answerTo(method, params)]),
  );
  return { inputResponses, ...(requestState !== undefined && { requestState }) };
}

/** What a response says: one JSON document, or the events of a stream until it ends. */
async function* messages(response) {
  if (!response.headers.get('content-type')?.includes('text/event-stream')) {
    const text = await response.text();
    if (text) {
      yield JSON.parse(text);
    }
    return;
  }
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const events = (rest + chunk).split(/\r?\n\r?\n/);
    rest = events.pop();
    for (const event of events) {
      const data = event.split(/\r?\n/).filter(line => line.startsWith('data:')).map(line => line.slice(5).trimStart()).join('\n');
      if (data) {
        yield JSON.parse(data);
      }
    }
  }
}

/** A connected client that speaks `revision`. */
export async function connected(revision, url, token) {
  const client = new (revision === STATELESS ? StatelessClient : SessionsClient)(url, token);
  await client.connect();
  return client;
}

/** The revision of the other era. */
export const other = revision => (revision === STATELESS ? SESSIONS : STATELESS);
