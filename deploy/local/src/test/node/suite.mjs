/** The running suite, as one of its users sees it: CONNECTIONS_URL is the front door, CONNECTIONS_TOKEN the user's. */
const BASE = process.env.CONNECTIONS_URL;
const REDIRECTS = 10;
export const TOKEN = process.env.CONNECTIONS_TOKEN;

async function api(method, path, body) {
  const response = await fetch(`${BASE}${path}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  const answer = response.status === 204 ? {} : await response.json();
  if (!response.ok) {
    throw new Error(`${method} ${path} answered ${response.status} ${answer.code}: ${answer.detail ?? answer.title}`);
  }
  return { data: answer.data, cookie: response.headers.getSetCookie().map(line => line.split(';')[0]).join('; ') };
}

/** Stores a connection to an MCP server that asks for no credential, and answers its id. */
export async function connection(server_url) {
  const { data } = await api('POST', '/api/connections', {
    name: `conformance ${process.pid}`, connection_method: 'mcp', provider: 'mcp', data: { server_url, auth_type: 'none' },
  });
  return data.id;
}

/**
 * Has the user log in for an MCP server, as a browser would: from our answer to the authorization server and back to the
 * callback, with our own cookie. `request` names the server, or the connection that is to be renewed.
 */
export async function authorize(request) {
  const { data: flow, cookie } = await api('POST', '/api/oauth/mcp/authorize', request);
  const callback = await fetch(await followed(flow.auth_url), { headers: { cookie } });
  if (!callback.ok) {
    throw new Error(`the callback answered ${callback.status}`);
  }
  return (await api('GET', `/api/oauth/flows/${flow.flow_id}`)).data.connection_id;
}

/** The address of our callback that the authorization server ends up at. */
async function followed(url) {
  for (let redirects = 0; redirects < REDIRECTS; redirects++) {
    const response = await fetch(url, { redirect: 'manual' });
    await response.body?.cancel();
    const location = response.headers.get('location');
    if (!location) {
      throw new Error(`the authorization server answered ${response.status}`);
    }
    url = new URL(location, url).href;
    if (url.startsWith(`${BASE}/api/oauth/mcp/callback?`)) {
      return url;
    }
  }
  throw new Error('the authorization server redirects without end');
}

export const endpoint = id => `${BASE}/mcp/${id}`;

export const forget = id => api('DELETE', `/api/connections/${id}`);
