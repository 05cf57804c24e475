import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '@/api/types';
import { connection, fakeApi, FakeProblem, health, page, quiet } from '@/testing/fakeApi';
import { connectionStore } from './connectionStore';

const one = connection();
const { id } = one;
const store = () => connectionStore.getState();

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('the connection store', () => {
  beforeEach(() => connectionStore.setState(connectionStore.getInitialState(), true));

  it('lists what fits the filters, signed with the token', async () => {
    const seen = fakeApi({ 'GET /api/connections': () => page([one]) });

    await store().fetchConnections({ provider: 'openai', connection_method: 'api_key' });

    expect(store()).toMatchObject({ connections: [one], loading: false, error: null });
    expect(seen[0]?.url.search).toBe('?provider=openai&connection_method=api_key');
    expect(seen[0]?.headers.get('Authorization')).toBe('Bearer the-token');
  });

  it('lets a newer list overtake an older one that answers later', async () => {
    const late = deferred();
    fakeApi({
      'GET /api/connections': async (request) => {
        if (request.url.includes('q=a')) {
          await late.promise;
        }
        return page([connection({ name: new URL(request.url).searchParams.get('q') ?? '' })]);
      },
    });

    const first = store().fetchConnections({ q: 'a' });
    await store().fetchConnections({ q: 'b' });
    late.resolve();
    await first;

    expect(store().connections[0]?.name).toBe('b');
  });

  it('appends the next page and shows nothing twice', async () => {
    const other = connection({ id: '01a20632-8723-7084-862d-61f1084acb55' });
    fakeApi({ 'GET /api/connections': (request) => (request.url.includes('cursor=c1') ? page([one, other]) : page([one], 'c1')) });

    await store().fetchConnections();
    await store().fetchMore();

    expect(store().connections).toEqual([one, other]);
    expect(store().nextCursor).toBeNull();
  });

  it('adds a connection in front', async () => {
    fakeApi({ ...quiet(), 'POST /api/connections': () => ({ success: true, data: one }) });

    const added = await store().addConnection({ name: 'My OpenAI', connection_method: 'api_key', provider: 'openai', data: { api_key: 'sk-1' } });

    expect(added).toEqual(one);
    expect(store().connections).toEqual([one]);
  });

  it('updates under the version that was shown', async () => {
    const seen = fakeApi({ ...quiet(), [`PUT /api/connections/${id}`]: () => ({ success: true, data: { ...one, name: 'New', version: 2 } }) });
    connectionStore.setState({ connections: [one] });

    await store().updateConnectionById(id, { name: 'New' });

    expect(seen[0]?.headers.get('If-Match')).toBe('"1"');
    expect(store().connections[0]).toMatchObject({ name: 'New', version: 2 });
  });

  it('sends a whole connection back under the version that it has', async () => {
    const seen = fakeApi({ ...quiet(), [`PUT /api/connections/${id}`]: () => ({ success: true, data: { ...one, name: 'New', version: 4 } }) });
    connectionStore.setState({ connections: [{ ...one, version: 3 }] });
    const edited: Partial<Connection> = { ...one, name: 'New', version: 2 };

    await store().updateConnectionById(id, edited);

    expect(seen[0]?.body).toEqual(edited);
    expect(seen[0]?.headers.get('If-Match')).toBe('"2"');
  });

  it('deletes and restores', async () => {
    fakeApi({
      ...quiet(), [`DELETE /api/connections/${id}`]: () => ({ success: true, data: {} }), [`POST /api/connections/${id}/restore`]: () => ({ success: true, data: one }),
    });
    connectionStore.setState({ connections: [one] });

    await store().deleteConnectionById(id);
    expect(store().connections).toEqual([]);

    await store().restoreConnectionById(id);
    expect(store().connections).toEqual([one]);
  });

  it('answers whether a test passed, and takes over the status that followed', async () => {
    fakeApi({
      ...quiet(),
      [`POST /api/connections/${id}/test`]: () => ({ success: true, test_result: { success: false, outcome: 'failed', message: 'Wrong key', tested_at: '' } }),
      [`GET /api/connections/${id}`]: () => ({ success: true, data: { ...one, status: 'invalid' } }),
    });
    connectionStore.setState({ connections: [one] });

    expect(await store().testConnectionById(id)).toBe(false);

    expect(store().lastTest?.message).toBe('Wrong key');
    expect(store().connections[0]?.status).toBe('invalid');
  });

  it('tests before saving without storing anything', async () => {
    const seen = fakeApi({ 'POST /api/connections/test': () => ({ success: true, test_result: { success: true, outcome: 'passed', message: '', tested_at: '' } }) });

    expect(await store().testConnectionBeforeSaving({ name: '', connection_method: 'api_key', provider: 'openai', data: { api_key: 'sk-1' } })).toBe(true);

    expect(seen).toHaveLength(1);
    expect(seen[0]?.body).toEqual({ connection_method: 'api_key', provider: 'openai', data: { api_key: 'sk-1' } });
    expect(store().connections).toEqual([]);
  });

  it('discovers and refreshes tools', async () => {
    const found = { server_info: { protocol_version: '2025-11-25' }, capabilities: {}, tools: [{ name: 'echo', parameters: [] }] };
    const mcp = connection({ connection_method: 'mcp' });
    fakeApi({
      'POST /api/connections/mcp/discover': () => ({ success: true, data: found }),
      [`POST /api/connections/${id}/refresh-tools`]: () => ({ success: true, data: { ...mcp, mcp_tool_count: 3 } }),
    });
    connectionStore.setState({ connections: [mcp] });

    expect(await store().discoverMCPTools({ server_url: 'https://mcp.example.com', auth_type: 'none', api_key_header: '' })).toEqual(found);
    await store().refreshMCPToolsById(id);

    expect(store().connections[0]?.mcp_tool_count).toBe(3);
  });

  it('finds by provider and by method', () => {
    const slack = connection({ id: '2', provider: 'slack', connection_method: 'oauth2' });
    connectionStore.setState({ connections: [one, slack] });

    expect(store().getByProvider('slack')).toEqual([slack]);
    expect(store().getByMethod('api_key')).toEqual([one]);
  });

  it('both shows and throws what went wrong, in the server’s words, until it is cleared', async () => {
    fakeApi({ [`DELETE /api/connections/${id}`]: () => { throw new FakeProblem(503, 'registry-unavailable', 'Try again shortly.'); } });

    await expect(store().deleteConnectionById(id)).rejects.toThrow('Try again shortly.');
    expect(store().error).toBe('Try again shortly.');

    store().clearError();
    expect(store().error).toBeNull();
  });

  it('says that the server cannot be reached', async () => {
    fakeApi({ 'GET /api/connections': () => { throw new TypeError('Failed to fetch'); } });

    await store().fetchConnections();

    expect(store().error).toMatch(/cannot be reached/);
  });

  it('knows those that end soon and cannot be renewed', async () => {
    fakeApi({ ...quiet(), 'GET /api/connections/health': () => health([{ id, status: 'active' }, { id: '2', status: 'invalid' }]) });

    await store().fetchStats();

    expect([...store().expiring]).toEqual([id]);
  });

  it('goes on knowing what a narrower list leaves out, and keeps what has not changed as it is', async () => {
    const other = connection({ id: '2', name: 'Other' });
    fakeApi({ 'GET /api/connections': (request) => page(request.url.includes('q=') ? [structuredClone(other)] : [one, other]) });
    await store().fetchConnections();
    const before = store().connections[1];

    await store().fetchConnections({ q: 'other' });

    expect(store().connections[0]).toBe(before);
    expect([...store().known.keys()]).toEqual([id, '2']);
  });

  it('forgets what was deleted', async () => {
    fakeApi({ ...quiet([one]), [`DELETE /api/connections/${id}`]: () => ({ success: true, data: {} }) });
    await store().fetchConnections();

    await store().deleteConnectionById(id);

    expect(store().known.size).toBe(0);
  });
});
