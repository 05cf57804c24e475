import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fileAdapter } from '../file-adapter.mjs';
import { RecordStore } from '../record-store.mjs';

describe('file adapter', () => {
  let folder;
  let now;
  let stores;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'file-adapter-'));
    now = 1_700_000_000_000;
    stores = [];
  });

  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await rm(folder, { recursive: true });
  });

  /** A new adapter factory on the same folder: what a restart, or a kill and a start, gives. */
  async function started() {
    const store = await RecordStore.open(folder, { clock: () => now });
    stores.push(store);
    return fileAdapter(store, { clock: () => now });
  }

  it('keeps models apart that share an id', async () => {
    const adapter = await started();
    await adapter('Session').upsert('1', { what: 'session' }, 60);
    await adapter('Grant').upsert('1', { what: 'grant' }, 60);

    assert.deepEqual(await adapter('Session').find('1'), { what: 'session' });
    assert.deepEqual(await adapter('Grant').find('1'), { what: 'grant' });
  });

  it('finds a session by its uid and a device code by its user code, also after a restart', async () => {
    const before = await started();
    await before('Session').upsert('s', { uid: 'u1' }, 60);
    await before('DeviceCode').upsert('d', { userCode: 'ABCD' }, 60);

    const adapter = await started();

    assert.deepEqual(await adapter('Session').findByUid('u1'), { uid: 'u1' });
    assert.deepEqual(await adapter('DeviceCode').findByUserCode('ABCD'), { userCode: 'ABCD' });
    assert.equal(await adapter('Session').findByUid('u2'), undefined);
  });

  it('no longer finds a session by the uid it had before', async () => {
    const sessions = (await started())('Session');
    await sessions.upsert('s', { uid: 'old' }, 60);
    await sessions.upsert('s', { uid: 'new' }, 60);

    assert.equal(await sessions.findByUid('old'), undefined);
    assert.deepEqual(await sessions.findByUid('new'), { uid: 'new' });
  });

  it('remembers across a restart that a token was consumed, and when', async () => {
    const tokens = (await started())('RefreshToken');
    await tokens.upsert('t', { grantId: 'g' }, 60);
    await tokens.consume('t');

    assert.deepEqual(await (await started())('RefreshToken').find('t'), { grantId: 'g', consumed: 1_700_000_000 });
  });

  it('lets exactly one of many racing requests consume a token', async () => {
    const tokens = (await started())('RefreshToken');
    await tokens.upsert('t', { grantId: 'g' }, 60);

    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => tokens.consume('t')));

    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.ok(outcomes.every(({ reason }) => reason === undefined || reason.error === 'invalid_grant'));
  });

  it('does not lengthen a token\'s life by consuming it', async () => {
    const tokens = (await started())('RefreshToken');
    await tokens.upsert('t', {}, 60);
    now += 59_000;
    await tokens.consume('t');
    now += 17_000;

    assert.equal(await tokens.find('t'), undefined);
  });

  it('revokes all that came from a grant and nothing else, for good', async () => {
    const before = await started();
    await before('RefreshToken').upsert('r', { grantId: 'g' }, 60);
    await before('AccessToken').upsert('a', { grantId: 'g' }, 60);
    await before('RefreshToken').upsert('other', { grantId: 'h' }, 60);
    await before('Session').upsert('s', { grantId: 'g', uid: 'u' }, 60);
    await before('RefreshToken').revokeByGrantId('g');

    const adapter = await started();

    assert.equal(await adapter('RefreshToken').find('r'), undefined);
    assert.equal(await adapter('AccessToken').find('a'), undefined);
    assert.ok(await adapter('RefreshToken').find('other'));
    assert.ok(await adapter('Session').find('s'));
  });

  it('forgets what it is told to destroy, by every name', async () => {
    const adapter = await started();
    await adapter('Session').upsert('s', { uid: 'u' }, 60);
    await adapter('Session').destroy('s');
    await adapter('Session').destroy('never there');

    assert.equal(await adapter('Session').find('s'), undefined);
    assert.equal(await adapter('Session').findByUid('u'), undefined);
  });

  it('forgets what has expired, a little after the provider itself would', async () => {
    const codes = (await started())('AuthorizationCode');
    await codes.upsert('c', { grantId: 'g' }, 60);
    now += 61_000;
    assert.ok(await codes.find('c'));
    now += 15_000;
    assert.equal(await codes.find('c'), undefined);
  });
});
