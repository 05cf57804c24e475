/** What Maven calls: compiles the TypeScript nodes against the package as it is published, with that package's own compiler. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

if (process.argv.includes('true')) {
  console.log('workflow-nodes: TypeScript is skipped.');
  process.exit(0);
}
const file = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const client = file('../../platform/worker-client-typescript');
const target = file('target/typescript');

if (!existsSync(`${client}/target/package/dist/index.js`)) {
  console.error('workflow-nodes: build platform/worker-client-typescript first, or the two together (-am).');
  process.exit(1);
}
rmSync(target, { recursive: true, force: true });
mkdirSync(`${target}/node_modules/@flowmaestro`, { recursive: true });
writeFileSync(`${target}/package.json`, '{"type": "module"}\n');
symlinkSync(`${client}/target/package`, `${target}/node_modules/@flowmaestro/connections-worker`);
const compiled = spawnSync(
  process.execPath,
  [`${client}/node_modules/typescript/bin/tsc`, '--project', file('src/main/typescript')],
  { stdio: 'inherit' },
);
process.exit(compiled.status ?? 1);
