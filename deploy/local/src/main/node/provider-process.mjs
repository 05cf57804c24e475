/** One provider as a process: state, port, signals. */
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import { fileAdapter } from './file-adapter.mjs';
import { interactionHandler } from './interactions.mjs';
import { loadOrCreateKeys } from './keys.mjs';
import { RecordStore } from './record-store.mjs';
import { origin, positiveInteger, required, SettingsError } from './settings.mjs';

/** oidc-provider calls URL.parse, which the first releases of Node 20 do not have. */
URL.parse ??= (text, base) => (URL.canParse(text, base) ? new URL(text, base) : null);

const SHUTDOWN_LIMIT_MS = 5000;

/**
 * @param name       shown in the log
 * @param configure  gives {configuration, prompts} from what the environment holds, or throws SettingsError
 */
export async function runProvider(name, configure) {
  try {
    await start(name, configure);
  } catch (failure) {
    console.error(`${name}: ${explained(failure)}`);
    process.exit(1);
  }
}

async function start(name, configure) {
  const port = positiveInteger('PORT');
  const issuer = origin('ISSUER');
  const folder = required('STATE_DIR');
  const { configuration, prompts } = configure();

  // The port first: a second process on the same port, and so most likely on the same folder, stops before touching it.
  let serving;
  const ready = new Promise((resolve) => { serving = resolve; });
  const server = createServer(async (request, response) => (await ready)(request, response));
  await listen(server, port);

  const store = await RecordStore.open(folder, { warn: (line) => console.warn(`${name}: ${line}`) });
  const { jwks, cookieKeys } = await loadOrCreateKeys(folder);
  const provider = new Provider(issuer, {
    ...configuration,
    adapter: fileAdapter(store),
    jwks,
    cookies: { ...configuration.cookies, keys: cookieKeys },
  });
  provider.on('server_error', (_ctx, failure) => console.error(`${name}: ${failure.stack}`));

  serving(requestListener(provider, interactionHandler(provider, prompts), port));
  stopOnSignals(name, server, store);
  console.log(`${name} ready: ${issuer} (pid ${process.pid})`);
}

function requestListener(provider, interactions, port) {
  const hosts = new Set(['localhost', '127.0.0.1'].map((host) => `${host}:${port}`));
  const answer = provider.callback();
  return (request, response) => {
    // A name that was rebound to loopback must not reach the sign-in pages.
    if (!hosts.has(request.headers.host)) {
      response.writeHead(421, { 'Content-Type': 'text/plain' }).end('Misdirected request: use localhost.\n');
    } else if (interactions.handles(request)) {
      interactions.handle(request, response);
    } else {
      answer(request, response);
    }
  };
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, resolve);
  });
}

/** Lets requests that are under way finish, writes what is queued, and goes. */
function stopOnSignals(name, server, store) {
  const stop = async (signal) => {
    setTimeout(() => process.exit(1), SHUTDOWN_LIMIT_MS).unref();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeIdleConnections();
    });
    await store.close();
    console.log(`${name} stopped (${signal})`);
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function explained(failure) {
  if (failure instanceof SettingsError) {
    return failure.message;
  }
  return failure.code === 'EADDRINUSE' ? `port ${failure.port} is taken by another process.` : failure.stack;
}
