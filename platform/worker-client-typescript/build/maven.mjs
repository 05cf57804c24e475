/**
 * What Maven calls: `build` makes target/package, `test` runs the tests. Either does nothing while nothing it depends on has
 * changed since it last succeeded.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [task, ...skips] = process.argv.slice(2);
if (skips.includes('true')) {
  console.log(`worker-client-typescript: ${task} is skipped.`);
  process.exit(0);
}

const folder = dirname(dirname(fileURLToPath(import.meta.url)));
const NOT_SOURCES = new Set(['node_modules', 'target']);
const stamp = join(folder, 'target', `${task}.stamp`);
const print = hash(files(folder));
const made = task !== 'build' || existsSync(join(folder, 'target', 'package', 'dist', 'index.js'));
if (made && read(stamp) === print) {
  console.log(`worker-client-typescript: ${task} is up to date.`);
  process.exit(0);
}

install();
rmSync(stamp, { force: true });
if (task === 'build') {
  rmSync(join(folder, 'target', 'package'), { recursive: true, force: true });
}
npm('run', '--silent', task);
mkdirSync(join(folder, 'target'), { recursive: true });
writeFileSync(stamp, print);

function install() {
  const lock = hash([join(folder, 'package-lock.json')]);
  const mark = join(folder, 'node_modules', '.installed');
  if (read(mark) !== lock) {
    npm('ci', '--loglevel=error');
    writeFileSync(mark, lock);
  }
}

function npm(...words) {
  const { status, error } = spawnSync('npm', words, { cwd: folder, stdio: 'inherit' });
  if (error) {
    console.error(`npm cannot be run (${error.message}). Install Node.js 20 or newer; npm comes with it.`);
  }
  if (status !== 0) {
    process.exit(status || 1);
  }
}

function files(parent) {
  return readdirSync(parent, { withFileTypes: true })
    .filter(({ name }) => parent !== folder || !NOT_SOURCES.has(name))
    .flatMap((entry) => (entry.isDirectory() ? files(join(parent, entry.name)) : [join(parent, entry.name)]));
}

function hash(names) {
  const sum = createHash('sha256');
  for (const name of names.sort()) {
    sum.update(`${name.slice(folder.length)}\0`).update(readFileSync(name)).update('\0');
  }
  return sum.digest('hex');
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
