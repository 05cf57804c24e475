/**
 * The signing key and the cookie keys, made once. They must outlive a restart: services cache the key set, so a new key
 * would turn every token away until they restart too, and every browser session would end.
 */
import { createHash, generateKeyPair, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SettingsError } from './settings.mjs';

/** @returns {{jwks: {keys: object[]}, cookieKeys: string[]}} */
export async function loadOrCreateKeys(folder) {
  const path = join(folder, 'keys.json');
  return (await read(path)) ?? (await create(folder, path));
}

async function read(path) {
  let text;
  try {
    text = await readFile(path, 'utf8');
  } catch (failure) {
    if (failure.code === 'ENOENT') {
      return undefined;
    }
    throw failure;
  }
  try {
    const { jwks, cookieKeys } = JSON.parse(text);
    if (jwks.keys.length > 0 && cookieKeys.length > 0) {
      return { jwks, cookieKeys };
    }
  } catch {
    // Falls through to the one message: whatever is wrong with it, the ways out are the same.
  }
  throw new SettingsError(`${path} is damaged. Restore it, or delete it: then everybody signs in again.`);
}

async function create(folder, path) {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const jwk = privateKey.export({ format: 'jwk' });
  const keys = {
    jwks: { keys: [{ ...jwk, kid: thumbprint(jwk), use: 'sig', alg: 'RS256' }] },
    cookieKeys: [randomBytes(32).toString('base64url')],
  };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.appendFile(JSON.stringify(keys));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  return keys;
}

/** RFC 7638: the required members in lexical order. A new key so gets a new kid, and nobody mistakes it for the old one. */
function thumbprint({ e, kty, n }) {
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
}
