/** What a person with a browser does at a provider: a cookie jar, redirects, forms. */
import { createHash, randomBytes } from 'node:crypto';

export class Browser {
  #cookies = new Map();

  async get(url) {
    return this.#follow(await this.#request(url));
  }

  async submit(url, fields) {
    return this.#follow(await this.#request(url, { method: 'POST', body: new URLSearchParams(fields) }), url);
  }

  /** Ends at a page, or at the redirect that leaves the provider: {url, status, headers, body}. */
  async #follow({ response, url }) {
    const location = response.headers.get('location');
    if (location === null) {
      return { url, status: response.status, headers: response.headers, body: await response.text() };
    }
    const target = new URL(location, url);
    if (target.origin !== new URL(url).origin) {
      return { url: target.href, status: response.status, headers: response.headers, body: '' };
    }
    return this.get(target.href);
  }

  async #request(url, options = {}) {
    const cookie = [...this.#cookies]
      .filter(([, { path }]) => new URL(url).pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie }, ...options });
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split('; ');
      const [name, value] = pair.split(/=(.*)/s);
      const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
      if (value === '') {
        this.#cookies.delete(name);
      } else {
        this.#cookies.set(name, { value, path });
      }
    }
    return { response, url };
  }
}

export function pkce() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export function authorizationUrl(issuer, challenge, parameters) {
  const url = new URL('/auth', issuer);
  url.search = new URLSearchParams({
    response_type: 'code', state: 'the-state', code_challenge: challenge, code_challenge_method: 'S256', ...parameters,
  });
  return url.href;
}

/** POSTs to the token endpoint; a secret makes the client a confidential one. */
export async function tokenRequest(issuer, fields, client) {
  const headers = client?.secret
    ? { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` }
    : {};
  const response = await fetch(new URL('/token', issuer), { method: 'POST', headers, body: new URLSearchParams(fields) });
  return { status: response.status, headers: response.headers, ...(await response.json()) };
}

export function claimsOf(jwt) {
  return JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString());
}
