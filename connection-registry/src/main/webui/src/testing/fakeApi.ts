import { vi } from 'vitest';
import { configureApi } from '@/api/client';
import type { Connection } from '@/api/types';

export type Handler = (request: Request, body: unknown) => unknown;

export interface Seen {
  method: string;
  url: URL;
  body: unknown;
  headers: Headers;
}

/** Plays the suite: `GET /api/connections` and so on to what it answers. A problem is thrown. */
export function fakeApi(routes: Record<string, Handler>): Seen[] {
  const seen: Seen[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url);
    const body: unknown = request.method === 'GET' ? undefined : await request.clone().json().catch(() => undefined);
    seen.push({ method: request.method, url, body, headers: request.headers });
    const handler = routes[`${request.method} ${url.pathname}`];
    try {
      return handler ? json(200, await handler(request, body)) : json(404, problem(404, 'not-found', `no route ${url.pathname}`));
    } catch (failure) {
      if (failure instanceof FakeProblem) {
        return json(failure.status, problem(failure.status, failure.code, failure.message, failure.violations));
      }
      throw failure;
    }
  });
  configureApi({ baseUrl: 'http://suite.test', getToken: () => Promise.resolve('the-token') });
  return seen;
}

export class FakeProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly violations: { field: string; message: string }[];

  constructor(status: number, code: string, detail: string, violations: { field: string; message: string }[] = []) {
    super(detail);
    this.status = status;
    this.code = code;
    this.violations = violations;
  }
}

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

const problem = (status: number, code: string, detail: string, violations: unknown[] = []) => ({ type: 'urn:x', title: code, status, detail, success: false, code, violations });

export const page = (data: Connection[], next: string | null = null) => ({ success: true, data, pagination: { limit: 60, next_cursor: next } });

export const stats = (total = 0) => ({ success: true, data: { total, by_status: { active: total }, by_method: {}, by_provider: {} } });

export const health = (attention: { id: string; status: string }[] = []) => ({ success: true, data: { attention } });

export function connection(part: Partial<Connection> = {}): Connection {
  return {
    id: '01a20632-8723-7084-862d-61f1084acb54', name: 'My OpenAI', connection_method: 'api_key', provider: 'openai', status: 'active', capabilities: {},
    metadata: {}, version: 1, created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z', ...part,
  };
}

/** What the page asks for on its own. */
export const quiet = (all: Connection[] = []): Record<string, Handler> => ({
  'GET /api/connections': () => page(all),
  'GET /api/connections/stats': () => stats(all.length),
  'GET /api/connections/health': () => health(),
  'GET /api/providers': () => ({ success: true, data: [{ key: 'openai', name: 'OpenAI', category: 'ai', source: 'bundled', methods: ['api_key'] }] }),
  'GET /api/oauth/providers': () => ({ success: true, data: [] }),
  'GET /api/connections/mcp/providers': () => ({ success: true, data: [] }),
});
