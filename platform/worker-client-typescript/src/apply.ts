/**
 * How a credential is put into an HTTP request: headers, query parameters and the base URL of the provider's API, as the provider's
 * catalogue entry and the connection's data say. Both may hold the credential, so printing it shows names only.
 */
export class Apply {
  readonly #headers: Readonly<Record<string, string>>;
  readonly #query: Readonly<Record<string, string>>;
  readonly baseUrl: string | undefined;

  constructor(headers: Record<string, string>, query: Record<string, string>, baseUrl: string | undefined) {
    this.#headers = headers;
    this.#query = query;
    this.baseUrl = baseUrl;
  }

  headers(more: Record<string, string> = {}): Record<string, string> {
    return { ...more, ...this.#headers };
  }

  query(): Record<string, string> {
    return { ...this.#query };
  }

  /**
   * The address of a path of the provider's API, with the query parameters on it.
   *
   * @param path below the base URL, beginning with a slash; or a whole address that the caller vouches for
   */
  url(path: string): string {
    const address = new URL(path.startsWith('/') ? `${this.#base()}${path}` : path);
    for (const [name, value] of Object.entries(this.#query)) {
      address.searchParams.append(name, value);
    }
    return address.href;
  }

  #base(): string {
    if (this.baseUrl === undefined) {
      throw new TypeError("No base URL is known for this connection's provider. Give the whole address.");
    }
    return this.baseUrl.replace(/\/$/, '');
  }

  toJSON(): object {
    return { headers: Object.keys(this.#headers), query: Object.keys(this.#query) };
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Apply { headers: [${Object.keys(this.#headers)}], query: [${Object.keys(this.#query)}] }`;
  }
}
