/**
 * Types of the API, made anew at every build from the documents that the services own: a change there that the UI does not
 * follow is a type error here.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { DOCUMENTS, TYPES } from './paths.mjs';

await mkdir(TYPES, { recursive: true });
await Promise.all(Object.entries(DOCUMENTS).map(async ([name, document]) => {
  const text = astToString(await openapiTS(document, { alphabetize: true, emptyObjectsUnknown: true }));
  const file = new URL(`${name}.d.ts`, TYPES);
  if (await readFile(file, 'utf8').catch(() => '') !== text) {
    await writeFile(file, text);
  }
}));
