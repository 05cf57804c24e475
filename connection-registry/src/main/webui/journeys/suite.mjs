/** The suite's API as a journey prepares and tidies with it, under the very token that the page uses. */
export class Suite {
  constructor(url, authorization) {
    this.url = url;
    this.authorization = authorization;
  }

  async call(method, path, body) {
    const response = await fetch(this.url + path, {
      method, headers: { Authorization: this.authorization, ...(body ? { 'Content-Type': 'application/json' } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = await response.json();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${answer.detail}`);
    }
    return answer.data;
  }

  add(name, provider = 'openai', method = 'api_key', data = { api_key: `sk-${name}` }) {
    return this.call('POST', '/api/connections', { name, provider, connection_method: method, data });
  }

  /** Journeys begin with an empty list. */
  async clear() {
    for (;;) {
      const all = await this.call('GET', '/api/connections?limit=100');
      if (all.length === 0) {
        return;
      }
      for (const { id } of all) {
        await this.call('DELETE', `/api/connections/${id}?purge=true`);
      }
    }
  }
}
