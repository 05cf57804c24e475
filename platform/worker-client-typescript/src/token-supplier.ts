/** Gives the worker's own bearer token at the suite. */
export interface TokenSupplier {
  /** A token that is good now. */
  token(): Promise<string>;
  /** Told when a service answered 401 to it: the next one should be another, if another can be had. */
  refused?(token: string): void;
}
