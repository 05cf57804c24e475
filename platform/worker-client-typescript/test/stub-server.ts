import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Status 0 breaks the connection; `gate` holds the answer back; the body of one that stalls does not end. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly retryAfter?: string;
  readonly gate?: Promise<void>;
  readonly stalls?: boolean;
}

/** A server on loopback that answers as it was told to, path by path; the last answer of a path is given again and again. */
export class StubServer {
  readonly received: Received[] = [];
  readonly #replies = new Map<string, Reply[]>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) {
        body += chunk;
      }
      const path = request.url ?? '';
      this.received.push({ path, headers: request.headers, body });
      const reply = this.#next(path);
      await reply.gate;
      if (reply.status === 0) {
        request.socket.destroy();
        return;
      }
      response.writeHead(reply.status, reply.retryAfter === undefined ? {} : { 'retry-after': reply.retryAfter });
      if (reply.stalls) {
        response.write(reply.body);
      } else {
        response.end(reply.body);
      }
    });
  }

  static async start(): Promise<StubServer> {
    const stub = new StubServer();
    await new Promise<void>((resolve) => stub.#server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  on(path: string, ...inTurn: Reply[]): void {
    this.#replies.set(path, inTurn);
  }

  to(path: string): Received[] {
    return this.received.filter((request) => request.path === path);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #next(path: string): Reply {
    const replies = this.#replies.get(path) ?? [problem(404, 'not-found')];
    return (replies.length > 1 ? replies.shift() : replies[0]) as Reply;
  }
}

export function ok(data: object): Reply {
  return { status: 200, body: JSON.stringify({ success: true, data }) };
}

export function problem(status: number, code: string, retryAfter?: string): Reply {
  const violations = [{ field: 'parameters.path', message: 'is missing' }];
  const body = JSON.stringify({ status, code, detail: 'Do this.', success: false, violations, trace_id: '4bf9' });
  return retryAfter === undefined ? { status, body } : { status, body, retryAfter };
}

export const BROKEN: Reply = { status: 0, body: '' };

/** Headers and half a body, and then nothing. */
export const STALLED: Reply = { status: 200, body: '{"success": true, "data": {', stalls: true };

/** No answer at all. */
export const SILENT: Reply = { status: 200, body: '', gate: new Promise(() => undefined) };
