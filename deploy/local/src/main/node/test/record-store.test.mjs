import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { RecordStore } from '../record-store.mjs';

describe('record store', () => {
  let folder;
  let now;
  let warnings;
  let opened;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'record-store-'));
    now = 1_000_000;
    warnings = [];
    opened = [];
  });

  afterEach(async () => {
    await Promise.all(opened.map((store) => store.close()));
    await rm(folder, { recursive: true });
  });

  async function open(options) {
    const store = await RecordStore.open(folder, { clock: () => now, warn: (line) => warnings.push(line), ...options });
    opened.push(store);
    return store;
  }

  const log = () => readFile(join(folder, 'records.jsonl'), 'utf8');

  it('finds after a kill what was acknowledged', async () => {
    const store = await open();
    await store.put('a', { n: 1 });
    await store.put('b', { n: 2 }, { indexes: ['even'] });
    await store.put('a', { n: 3 });
    await store.delete(['b']);

    const next = await open();

    assert.deepEqual(next.get('a'), { n: 3 });
    assert.equal(next.get('b'), undefined);
    assert.deepEqual(next.keysIndexedBy('even'), []);
  });

  it('has every change in the log by the time it is acknowledged, also when many are made at once', async () => {
    const store = await open();
    await Promise.all(Array.from({ length: 500 }, (_, n) => store.put(`k${n}`, n, { indexes: ['all'] })));

    assert.equal((await log()).trimEnd().split('\n').length, 500);
    assert.equal((await open()).keysIndexedBy('all').length, 500);
  });

  it('hands out copies', async () => {
    const store = await open();
    const given = { list: [1] };
    await store.put('a', given);
    given.list.push(2);
    store.get('a').list.push(3);

    assert.deepEqual(store.get('a'), { list: [1] });
  });

  it('moves a record from its old indexes to its new ones', async () => {
    const store = await open();
    await store.put('a', 1, { indexes: ['x'] });
    await store.put('a', 1, { indexes: ['y'] });

    assert.deepEqual(store.keysIndexedBy('x'), []);
    assert.deepEqual(store.keysIndexedBy('y'), ['a']);
  });

  it('forgets a record at its expiry, and does not bring it back after a restart', async () => {
    const store = await open();
    await store.put('a', 1, { expiresAt: now + 10, indexes: ['x'] });
    now += 9;
    assert.equal(store.get('a'), 1);
    now += 1;
    assert.equal(store.get('a'), undefined);

    const next = await open();
    assert.equal(next.get('a'), undefined);
    assert.deepEqual(next.keysIndexedBy('x'), []);
    assert.equal(await log(), '');
  });

  it('drops a torn last write and goes on cleanly', async () => {
    await (await open()).put('a', 1);
    await appendFile(join(folder, 'records.jsonl'), '{"put":"b","val');

    const next = await open();
    await next.put('c', 3);

    const after = await open();
    assert.deepEqual([after.get('a'), after.get('b'), after.get('c')], [1, undefined, 3]);
    assert.deepEqual(warnings, []);
  });

  it('sets aside what follows damage in the middle, and says so', async () => {
    const store = await open();
    await store.put('a', 1);
    await store.put('b', 2);
    const [first, second] = (await log()).split('\n');
    await writeFile(join(folder, 'records.jsonl'), `${first}\n\0\0\0\n${second}\n`);

    const next = await open();

    assert.equal(next.get('a'), 1);
    assert.equal(next.get('b'), undefined);
    const aside = (await readdir(folder)).find((name) => name.includes('damaged'));
    assert.match(await readFile(join(folder, aside), 'utf8'), /"put":"b"/);
    assert.match(warnings[0], /damaged from line 2 on/);
  });

  it('ignores what a crash during a rewrite left behind', async () => {
    await (await open()).put('a', 1);
    await writeFile(join(folder, 'records.jsonl.new'), '{"put":"x"');

    assert.equal((await open()).get('a'), 1);
  });

  it('rewrites a log that is mostly history, losing nothing that is alive', async () => {
    const store = await open({ smallLog: 20 });
    await store.put('kept', 'yes', { indexes: ['x'] });
    for (let n = 0; n < 100; n += 1) {
      await store.put('counter', n);
    }

    assert.ok((await log()).split('\n').length < 30);
    const next = await open();
    assert.deepEqual([next.get('kept'), next.get('counter')], ['yes', 99]);
    assert.deepEqual(next.keysIndexedBy('x'), ['kept']);
  });

  it('has lost nothing acknowledged after kills at arbitrary moments, rewrites of the log included', async () => {
    const writer = `
      import { RecordStore } from ${JSON.stringify(new URL('../record-store.mjs', import.meta.url).href)};
      const store = await RecordStore.open(process.argv[1], { smallLog: 50 });
      for (let n = (store.get('counter') ?? 0) + 1; ; n += 1) {
        await Promise.all([store.put('counter', n), store.put('n' + (n % 5), n)]);
        console.log(n);
      }`;
    let acknowledged = 0;
    for (let round = 0; round < 8; round += 1) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', writer, folder]);
      child.stdout.on('data', (lines) => { acknowledged = Number(String(lines).trimEnd().split('\n').at(-1)); });
      await once(child.stdout, 'data');
      setTimeout(() => child.kill('SIGKILL'), 20 + Math.random() * 200);
      await once(child, 'close');

      const store = await open();
      const counter = store.get('counter');
      assert.ok(counter === acknowledged || counter === acknowledged + 1, `${acknowledged} was acknowledged, ${counter} is there`);
      assert.ok(store.get(`n${acknowledged % 5}`) >= acknowledged);
      await store.close();
    }
    assert.ok(acknowledged > 100);
    assert.deepEqual(warnings, []);
  });

  it('keeps its files from other users', async () => {
    await (await open()).put('a', 1);

    assert.equal((await stat(join(folder, 'records.jsonl'))).mode & 0o777, 0o600);
  });
});
