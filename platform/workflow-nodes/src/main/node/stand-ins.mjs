/** What stands in for OpenAI and Slack on this machine: each takes only a credential that is really good, and counts. */
import { createServer } from 'node:http';

/** A model that answers with the words it was sent; its key is `key`. */
export function openAi(key) {
  const seen = { completions: 0 };
  return listening(seen, async (request) => {
    if (request.headers.authorization !== `Bearer ${key}`) {
      return [401, { error: { message: 'Incorrect API key provided.' } }];
    }
    if (request.url === '/v1/models') {
      return [200, { object: 'list', data: [{ id: 'gpt-4', object: 'model' }] }];
    }
    if (request.url === '/v1/chat/completions') {
      seen.completions += 1;
      const { messages } = await json(request);
      return [200, { choices: [{ message: { role: 'assistant', content: `In short: ${messages[0].content}` } }] }];
    }
    return [404, {}];
  });
}

/** Slack's API, which asks the provider that issued a token whether it is good. Errors are HTTP 200, as Slack's are. */
export function slack(provider) {
  const seen = { messages: [] };
  return listening(seen, async (request) => {
    if (request.url !== '/api/chat.postMessage') {
      return [404, {}];
    }
    const { authorization = '' } = request.headers;
    const { status } = await fetch(`${provider}/me`, { headers: { authorization } });
    if (status !== 200) {
      return [200, { ok: false, error: 'invalid_auth' }];
    }
    const message = await json(request);
    seen.messages.push(message);
    return [200, { ok: true, channel: message.channel, ts: '1764135900.000100' }];
  });
}

async function listening(seen, answer) {
  const server = createServer(async (request, response) => {
    const [status, body] = await answer(request).catch((failure) => [500, { error: String(failure) }]);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    seen,
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function json(request) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
  }
  return JSON.parse(body);
}
