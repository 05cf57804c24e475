/**
 * The module `virtual:provider-icons`: a picture for each icon slug of the bundled providers that the icon set knows, as
 * [colour, path] in a 24 × 24 box. A new provider file gets its picture by itself; without one the UI shows initials.
 */
import { readdir, readFile } from 'node:fs/promises';
import * as set from 'simple-icons';
import { PROVIDERS } from './paths.mjs';

const NAME = 'virtual:provider-icons';

/** Slugs of ours whose picture has another name in the icon set. */
const OTHER_NAMES = {
  'google-gemini': 'googlegemini', google: 'google', postgres: 'postgresql', atlassian: 'atlassian', monday: 'mondaydotcom',
  'mcp-generic': 'modelcontextprotocol', 'github-app-user': 'github', 'cal-com': 'caldotcom', zoho: 'zoho', x: 'x', demo: 'openid',
};

const bySlug = new Map(Object.values(set).map((icon) => [icon.slug, icon]));

async function icons() {
  const files = (await readdir(PROVIDERS)).filter((name) => name.endsWith('.yaml'));
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, PROVIDERS), 'utf8')));
  const slugs = [...new Set(texts.flatMap((text) => /^icon: *([\w-]+)/m.exec(text)?.[1] ?? []))].sort();
  return Object.fromEntries(slugs.flatMap((slug) => {
    const icon = bySlug.get(OTHER_NAMES[slug] ?? slug.replaceAll('-', ''));
    return icon ? [[slug, [`#${icon.hex}`, icon.path]]] : [];
  }));
}

export function providerIcons() {
  return {
    name: 'provider-icons',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: async (id) => (id === `\0${NAME}` ? `export default ${JSON.stringify(await icons())}` : undefined),
  };
}
