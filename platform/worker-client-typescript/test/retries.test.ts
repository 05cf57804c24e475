import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConnectionsError, ProblemError, UnexpectedAnswerError, UnreachableError } from '../src/index.js';
import { CONNECTION, CREDENTIAL, SECOND, Suite, TOOL } from './suite.js';
import { BROKEN, ok, problem, SILENT, STALLED, StubServer } from './stub-server.js';

let suite: Suite;

beforeEach(async () => {
  suite = new Suite(await StubServer.start());
});
afterEach(() => suite.server.stop());

const DONE = ok({ text: 'done', isError: false, content: [] });
const PAGE = { body: '<html>secret page</html>' };

const call = () => suite.alice().executeTool(CONNECTION, 'read/file', { path: '/a' });
const failed = (promise: Promise<unknown>) => promise.then(() => undefined, (error: unknown) => error);

describe('a credential is asked for again', () => {
  it.each([
    ['registry-unavailable', problem(503, 'registry-unavailable')],
    ['too-many-requests', problem(429, 'too-many-requests', '0')],
    ['a page of something in between', { status: 503, ...PAGE }],
    ['a broken connection', BROKEN],
  ])('after %s', async (_what, failure) => {
    suite.server.on(CREDENTIAL, failure, failure, suite.token('at-1'));

    expect(await suite.alice().getAccessToken(CONNECTION)).toBe('at-1');

    expect(suite.asked()).toBe(3);
  });

  it('three times at most', async () => {
    suite.server.on(CREDENTIAL, problem(503, 'vault-unavailable'));

    await expect(suite.alice().getAccessToken(CONNECTION)).rejects.toThrow(
      '503 vault-unavailable: Do this. (trace 4bf9)',
    );

    expect(suite.asked()).toBe(3);
  });

  it('when the service says', async () => {
    suite.server.on(CREDENTIAL, problem(503, 'refresh-unavailable', '1'), suite.token('at-1'));
    const before = performance.now();

    await suite.alice().getAccessToken(CONNECTION);

    expect(performance.now() - before).toBeGreaterThanOrEqual(0.999 * SECOND);
  });

  it('by the caller, when that is long', async () => {
    suite.server.on(CREDENTIAL, problem(503, 'provider-unavailable', '60'));

    expect(await failed(suite.alice().getAccessToken(CONNECTION))).toMatchObject({ retryAfterMs: 60 * SECOND });

    expect(suite.asked()).toBe(1);
  });

  it.each([400, 404, 409, 502])('never after %i', async (status) => {
    suite.server.on(CREDENTIAL, problem(status, 'some-code'));

    expect(await failed(suite.alice().getAccessToken(CONNECTION))).toBeInstanceOf(ProblemError);

    expect(suite.asked()).toBe(1);
  });
});

describe('a tool', () => {
  it.each([
    [429, 'too-many-requests'],
    [429, 'mcp-server-busy'],
    [503, 'mcp-server-resting'],
    [503, 'usage-buffer-full'],
    [503, 'service-unavailable'],
  ])('is called again after %i %s, which say that nothing ran', async (status, code) => {
    suite.server.on(TOOL, problem(status, code, '0'), DONE);

    expect((await call()).text).toBe('done');
  });

  it.each([
    ['mcp-server-unreachable', problem(502, 'mcp-server-unreachable')],
    ['mcp-server-timeout', problem(504, 'mcp-server-timeout')],
    ['a fault', problem(500, 'internal-error')],
    ['a 503 of something in between', { status: 503, ...PAGE }],
    ['a 502 of something in between', { status: 502, ...PAGE }],
    ['a broken connection', BROKEN],
  ])('is never called again after %s: it may have run', async (_what, failure) => {
    suite.server.on(TOOL, failure, DONE);

    expect(await failed(call())).toMatchObject({ nothingRan: false });

    expect(suite.server.to(TOOL)).toHaveLength(1);
  });

  it('is left to the caller when nobody listens', async () => {
    const alice = suite.alice();
    await suite.server.stop();

    const failure = await failed(alice.executeTool(CONNECTION, 'echo'));

    expect(failure).toBeInstanceOf(UnreachableError);
    expect(failure).toMatchObject({ nothingRan: true });
    suite = new Suite(await StubServer.start());
  });

  it('that failed is an answer', async () => {
    suite.server.on(TOOL, ok({ text: 'no such file', isError: true, structuredContent: { a: 1 } }));

    const result = await call();

    expect(result).toMatchObject({ failed: true, text: 'no such file', structured: { a: 1 } });
    expect(JSON.parse(suite.server.to(TOOL)[0]?.body ?? '')).toEqual({ tool: 'read/file', parameters: { path: '/a' } });
  });
});

describe('a time limit', () => {
  it('lets a credential be asked for again after a body that does not end', async () => {
    suite.server.on(CREDENTIAL, STALLED, suite.token('at-1'));

    expect(await suite.alice({ timeoutMs: 500 }).getAccessToken(CONNECTION)).toBe('at-1');

    expect(suite.asked()).toBe(2);
  });

  it('is told in the same words wherever it ends, and repeats no tool call', async () => {
    suite.server.on(TOOL, SILENT, STALLED, DONE);
    const alice = suite.alice({ toolTimeoutMs: 200 });

    const withoutHeaders = await failed(alice.executeTool(CONNECTION, 'echo'));
    const withHeaders = await failed(alice.executeTool(CONNECTION, 'echo'));

    expect(withHeaders).toBeInstanceOf(UnreachableError);
    expect(withHeaders).toMatchObject({ nothingRan: false });
    expect(String(withHeaders)).toBe(String(withoutHeaders));
    expect(String(withHeaders)).toMatch(/\(TimeoutError\)\.$/);
    expect(suite.server.to(TOOL)).toHaveLength(2);
  });
});

describe('an answer', () => {
  it('that is a problem is read whole', async () => {
    suite.server.on(TOOL, problem(400, 'tool-arguments-invalid'));

    expect(await failed(call())).toMatchObject({
      name: 'ProblemError',
      status: 400,
      code: 'tool-arguments-invalid',
      detail: 'Do this.',
      violations: [{ field: 'parameters.path', message: 'is missing' }],
      traceId: '4bf9',
      nothingRan: true,
    });
  });

  it('of somebody else is not repeated in the message', async () => {
    suite.server.on(TOOL, { status: 200, ...PAGE });

    const failure = await failed(call());

    expect(failure).toBeInstanceOf(UnexpectedAnswerError);
    expect(failure).toBeInstanceOf(ConnectionsError);
    expect(String(failure)).toContain('Is the address right');
    expect(String(failure)).not.toContain('secret page');
  });

  it('is awaited at https addresses, and at plain ones where that is allowed', () => {
    const url = 'http://broker.internal:8083';

    expect(() => suite.client({ url })).toThrow('allowPlainHttp');
    expect(() => suite.client({ url, allowPlainHttp: true })).not.toThrow();
  });
});
