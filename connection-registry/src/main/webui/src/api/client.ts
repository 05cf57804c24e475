import createClient from 'openapi-fetch';
import type { paths as McpPaths } from '#types/mcp';
import type { paths as OAuthPaths } from '#types/oauth';
import type { paths as RegistryPaths } from '#types/registry';
import { strings } from '@/strings';
import type { Problem } from './types';

/** Where the suite is, and how calls are signed. */
export interface Access {
  baseUrl: string;
  getToken: () => Promise<string | null>;
  /** Called once after a 401; answers a fresh token, or null when there is none to be had. */
  renewToken?: () => Promise<string | null>;
}

let access: Access = { baseUrl: globalThis.location?.origin ?? '', getToken: () => Promise.resolve(null) };

async function send(request: Request): Promise<Response> {
  const repeat = request.clone();
  const answer = await fetch(signed(request, await access.getToken()));
  if (answer.status !== 401 || !access.renewToken) {
    return answer;
  }
  const token = await access.renewToken();
  return token ? fetch(signed(repeat, token)) : answer;
}

function signed(request: Request, token: string | null): Request {
  if (token) {
    request.headers.set('Authorization', `Bearer ${token}`);
  }
  return request;
}

function clients() {
  const options = {
    baseUrl: access.baseUrl,
    fetch: send,
    credentials: 'same-origin' as const,
    querySerializer: { object: { style: 'form' as const, explode: true } },
  };
  return {
    registry: createClient<RegistryPaths>(options),
    oauth: createClient<OAuthPaths>(options),
    mcp: createClient<McpPaths>(options),
  };
}

let current = clients();

export function configureApi(next: Access): void {
  access = next;
  current = clients();
}

export const api = () => current;

/** For paths that the documents do not have. */
export async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  const request = new Request(access.baseUrl + path, { ...init, headers: { Accept: 'application/json', ...init.headers } });
  const response = await reached(() => send(request));
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw new ApiError(response.status, body as Partial<Problem> | undefined);
  }
  return body as T;
}

export async function text(path: string): Promise<string> {
  const response = await reached(() => send(new Request(access.baseUrl + path, { headers: { Accept: '*/*' } })));
  if (!response.ok) {
    throw new ApiError(response.status, (await response.json().catch(() => undefined)) as Partial<Problem> | undefined);
  }
  return response.text();
}

/** The answer's body, or an {@link ApiError} that says what happened in words for the user. */
export async function answer<T>(promise: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await reached(() => promise);
  if (!response.ok || data === undefined) {
    throw new ApiError(response.status, error as Partial<Problem> | undefined);
  }
  return data;
}

async function reached<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') {
      throw failure;
    }
    throw new ApiError(0, { code: 'network', detail: strings.errors.network });
  }
}

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly violations: readonly { field: string; message: string }[];
  readonly traceId: string | undefined;

  constructor(status: number, problem: Partial<Problem> | undefined) {
    super(problem?.detail ?? problem?.title ?? (status >= 500 ? strings.errors.unavailable : `HTTP ${status}`));
    this.status = status;
    this.code = problem?.code ?? 'unknown';
    this.violations = problem?.violations ?? [];
    this.traceId = problem?.trace_id;
  }
}

/** What to show of any failure. */
export const messageOf = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));

export const isAborted = (failure: unknown): boolean => failure instanceof DOMException && failure.name === 'AbortError';
