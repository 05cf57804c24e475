/** Lays a compressed copy beside each text file, so that serving one costs the registry nothing, and holds the size budgets. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { constants, gzipSync } from 'node:zlib';
import { RESOURCES } from './paths.mjs';

const KIB = 1024;
const BUDGETS = {
  'first load': { limit: 200 * KIB, files: await firstLoad() },
  'embed/connection-picker.js': { limit: 40 * KIB, files: ['embed/connection-picker.js'] },
  'embed/connections-react.js': { limit: 90 * KIB, files: ['embed/connections-react.js'] },
};

const sizes = new Map();
for (const entry of await readdir(RESOURCES, { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && /\.(js|css|svg)$/.test(entry.name)) {
    const file = `${entry.parentPath ?? entry.path}/${entry.name}`;
    const packed = gzipSync(await readFile(file), { level: constants.Z_BEST_COMPRESSION });
    await writeFile(`${file}.gz`, packed);
    sizes.set(file.slice(RESOURCES.pathname.length), packed.length);
  }
}

let over = false;
for (const [name, { limit, files }] of Object.entries(BUDGETS)) {
  const size = files.reduce((sum, file) => sum + sizes.get(file), 0);
  console.log(`${name}: ${(size / KIB).toFixed(1)} KiB of ${limit / KIB} (gzip)`);
  over ||= size > limit;
}
if (over) {
  console.error('A size budget is exceeded. `npx vite build --debug` and the list of chunks above show where it went.');
  process.exit(1);
}

/** The scripts that the page names itself. */
async function firstLoad() {
  const html = await readFile(new URL('index.html', RESOURCES), 'utf8');
  return [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file);
}
