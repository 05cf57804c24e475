import { expect, it } from 'vitest';
import { Apply, type Credential } from '../src/index.js';
import { CredentialMemory } from '../src/memory.js';
import { SECOND } from './suite.js';

const CREDENTIAL: Credential = {
  type: 'custom',
  connectionId: 'c',
  version: 1,
  expiresAt: undefined,
  apply: new Apply({}, {}, undefined),
  fields: {},
  headers: {},
};

it('holds nothing that may no longer be used', async () => {
  let now = 0;
  const memory = new CredentialMemory({ entries: 10, maximumAgeMs: 60 * SECOND, marginMs: 0 }, () => now);
  await memory.obtain('a', [], async () => CREDENTIAL);
  await memory.obtain('b', [], async () => CREDENTIAL);
  now += 60 * SECOND;

  await memory.obtain('c', [], async () => CREDENTIAL);

  expect(memory.size).toBe(1);
});
