import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freePort, run } from './running.mjs';

const META = 'io.modelcontextprotocol/';

class Server {
  constructor(port) {
    this.url = `http://127.0.0.1:${port}/mcp`;
    this.headers = { 'content-type': 'application/json' };
  }

  async post(method, params) {
    const response = await fetch(this.url, {
      method: 'POST', headers: this.headers, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const session = response.headers.get('mcp-session-id');
    if (session) {
      this.headers['mcp-session-id'] = session;
    }
    return { status: response.status, ...await response.json() };
  }
}

const described = (capabilities, params = {}) => ({
  ...params, _meta: { [`${META}protocolVersion`]: '2026-07-28', [`${META}clientCapabilities`]: capabilities },
});

for (const era of ['sessions', 'stateless']) {
  describe(`conformance-server, ${era}`, () => {
    let server;
    let process;

    before(async () => {
      const port = await freePort();
      process = await run('conformance-server.mjs', { PORT: String(port), ERA: era }, /listening on port/);
      server = new Server(port);
    });
    after(() => process?.stop('SIGTERM'));

    it('offers what the scenarios name', async () => {
      if (era === 'sessions') {
        await server.post('initialize', { protocolVersion: '2025-11-25', capabilities: {} });
      }
      const { result } = await server.post('tools/call', described({}, { name: 'test_simple_text' }));

      assert.equal(result.content[0].text, 'This is a simple text response for testing.');
      assert.equal(result.resultType, era === 'stateless' ? 'complete' : undefined);
    });
  });
}

describe('conformance-server', () => {
  let server;
  let process;

  before(async () => {
    const port = await freePort();
    process = await run('conformance-server.mjs', { PORT: String(port), ERA: 'stateless' }, /listening on port/);
    server = new Server(port);
  });
  after(() => process?.stop('SIGTERM'));

  const call = (params = {}) => server.post(
    'tools/call', described({ elicitation: {} }, { name: 'test_input_required_result_tampered_state', ...params }),
  );
  const inputResponses = { confirm: { action: 'accept', content: { ok: true } } };

  it('takes back only the state that it gave', async () => {
    const { result: { resultType, requestState } } = await call();

    assert.equal(resultType, 'input_required');
    assert.equal((await call({ inputResponses, requestState })).result.content[0].text, 'state-ok');
    assert.equal((await call({ inputResponses, requestState: `${requestState}x` })).error.code, -32602);
  });

  it('refuses a client that cannot be asked', async () => {
    const { status, error } = await server.post('tools/call', described({}, { name: 'test_missing_capability' }));

    assert.equal(status, 400);
    assert.deepEqual(error.data, { requiredCapabilities: { sampling: {} } });
  });
});
