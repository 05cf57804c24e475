/** What the registry tells the page about this installation, from `GET /ui/config.json`. */
export interface UiConfig {
  issuer: string;
  client_id: string;
  scope: string;
  /** The suite's public address, without a slash at the end; null where the operator named none. */
  public_url: string | null;
  /** Origins whose pages may open `/connect` and get its result. */
  embed_origins: string[];
}

export async function loadConfig(): Promise<UiConfig> {
  const answer = await fetch('/ui/config.json', { headers: { Accept: 'application/json' } });
  if (!answer.ok) {
    throw new Error(`HTTP ${answer.status}`);
  }
  return (await answer.json()) as UiConfig;
}
