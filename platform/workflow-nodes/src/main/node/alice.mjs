/** Alice at the suite: she makes the connections that the workflow uses, in the browser too, and removes them again. */

export class Alice {
  #url;
  #token;
  #made = [];

  constructor(url, token) {
    this.#url = url;
    this.#token = token;
  }

  async connect(connection) {
    const { id } = await this.#call('POST', '/api/connections', connection);
    this.#made.push(id);
    return id;
  }

  /** Begins a flow, signs in at the demo provider, allows access, and comes back: what a browser does, with its cookies. */
  async signInAtTheDemoProvider() {
    const browser = new Browser();
    const begun = await browser.open(`${this.#url}/api/oauth/demo/authorize`, { authorization: `Bearer ${this.#token}` });
    const { auth_url: page, flow_id: flow } = JSON.parse(begun.body).data;
    const login = await browser.open(page);
    const consent = await browser.submit(login, { login: 'alice' });
    await browser.submit(consent, { decision: 'allow' });
    const { status, connection_id: id, message } = await this.#call('GET', `/api/oauth/flows/${flow}`);
    if (status !== 'succeeded') {
      throw new Error(`the flow is ${status}: ${message}`);
    }
    this.#made.push(id);
    return id;
  }

  async removeAll() {
    for (const id of this.#made) {
      await this.#call('DELETE', `/api/connections/${id}`);
    }
  }

  async #call(method, path, body) {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path} answered ${response.status}: ${JSON.parse(text).detail}`);
    }
    return text === '' ? {} : JSON.parse(text).data;
  }
}

class Browser {
  #cookies = new Map();

  async open(url, headers = {}) {
    return this.#follow(url, { headers });
  }

  async submit({ url, body }, fields) {
    // Where a form does not say, it goes to the page's own address.
    const action = /<form[^>]*action="([^"]*)"/.exec(body)?.[1] ?? url;
    return this.#follow(new URL(action.replaceAll('&amp;', '&'), url).href, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });
  }

  async #follow(url, init) {
    const { host } = new URL(url);
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie: [...(this.#cookies.get(host) ?? new Map()).values()].join('; ') },
    });
    this.#keep(host, response.headers.getSetCookie());
    const location = response.headers.get('location');
    return location === null
      ? { url, body: await response.text() }
      : this.#follow(new URL(location, url).href, {});
  }

  /** By host and port: on this machine several parts share the name localhost. */
  #keep(host, headers) {
    const jar = this.#cookies.get(host) ?? new Map();
    this.#cookies.set(host, jar);
    for (const header of headers) {
      const [pair] = header.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair);
    }
  }
}
