/** Puts beside dist what a published package has: package.json without what only its development needs, README and licence. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';

const here = new URL('../', import.meta.url);
const target = new URL('target/package/', here);

const { scripts: _scripts, devDependencies: _devDependencies, ...published } = JSON.parse(
  readFileSync(new URL('package.json', here), 'utf8'),
);
writeFileSync(new URL('package.json', target), `${JSON.stringify(published, null, 2)}\n`);
copyFileSync(new URL('README.md', here), new URL('README.md', target));
copyFileSync(new URL('../../LICENSE', here), new URL('LICENSE', target));
