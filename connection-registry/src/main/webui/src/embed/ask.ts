import { strings } from '@/strings';

export type Tokens = () => Promise<string> | string;

/** The suite's answer, without what the rest of the UI needs for that: the element has to stay small. */
export async function ask<T>(address: string, tokens: Tokens, signal: AbortSignal): Promise<T> {
  const headers = { Accept: 'application/json', Authorization: `Bearer ${await tokens()}` };
  const answer = await fetch(address, { headers, signal });
  const body = (await answer.json()) as T & { detail?: string };
  if (!answer.ok) {
    throw new Refused(answer.status, body.detail ?? `HTTP ${answer.status}`);
  }
  return body;
}

export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const wordsOf = (failure: unknown): string => (failure instanceof Refused ? failure.message : strings.errors.network);
