import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALICE, BOB, CONNECTION, CREDENTIAL, HOUR, REFUSED, SECOND, Suite } from './suite.js';
import { ok, problem, StubServer } from './stub-server.js';

let suite: Suite;

beforeEach(async () => {
  suite = new Suite(await StubServer.start());
});
afterEach(() => suite.server.stop());

const refusal = (outcome: string) => ok({ outcome, credential_version: 5 });

describe('the client', () => {
  it.each([
    ['once a minute', HOUR, 60 * SECOND],
    ['again before a token ends', 40 * SECOND, 10 * SECOND],
  ])('asks %s', async (_when, life, until) => {
    suite.server.on(CREDENTIAL, suite.token('at-1', 1, life));
    const alice = suite.alice();

    await alice.getAccessToken(CONNECTION);
    suite.now += until - 1;
    await alice.getAccessToken(CONNECTION);
    expect(suite.asked()).toBe(1);
    suite.now += 1;
    await alice.getAccessToken(CONNECTION);

    expect(suite.asked()).toBe(2);
  });

  it('does not keep a token that ends within the margin', async () => {
    suite.server.on(CREDENTIAL, suite.token('at-1', 1, 30 * SECOND));
    const alice = suite.alice();

    await alice.getAccessToken(CONNECTION);
    await alice.getAccessToken(CONNECTION);

    expect(suite.asked()).toBe(2);
  });

  it('never gives one user what another was given', async () => {
    suite.server.on(CREDENTIAL, suite.token('of-alice'), problem(404, 'connection-not-found'));
    const client = suite.client();

    expect(await client.actingFor(ALICE).getAccessToken(CONNECTION)).toBe('of-alice');

    await expect(client.actingFor(BOB).getAccessToken(CONNECTION)).rejects.toThrow('connection-not-found');
    expect(await client.actingFor(ALICE).getAccessToken(CONNECTION)).toBe('of-alice');
  });

  it('asks for scopes that the known token does not have', async () => {
    suite.server.on(CREDENTIAL, suite.token('at-1'));
    const alice = suite.alice();

    await alice.getAccessToken(CONNECTION);
    await alice.getAccessToken(CONNECTION, ['read']);
    expect(suite.asked()).toBe(1);
    await alice.getAccessToken(CONNECTION, ['admin']);

    expect(suite.asked()).toBe(2);
  });

  it('keeps no more than it may, and drops what was used longest ago', async () => {
    const ids = [randomUUID(), randomUUID(), randomUUID()] as const;
    ids.forEach((id) => suite.server.on(`/api/credentials/${id}`, suite.token(id)));
    const alice = suite.alice({ remembered: 2 });

    for (const id of [ids[0], ids[1], ids[2], ids[2], ids[1], ids[0]]) {
      await alice.getAccessToken(id);
    }

    expect(ids.map((id) => suite.server.to(`/api/credentials/${id}`).length)).toEqual([2, 1, 1]);
  });

  it('makes one call for all who ask meanwhile', async () => {
    suite.server.on(CREDENTIAL, suite.token('at-1'));
    const alice = suite.alice();

    const tokens = await Promise.all(Array.from({ length: 50 }, () => alice.getAccessToken(CONNECTION)));

    expect(new Set(tokens)).toEqual(new Set(['at-1']));
    expect(suite.asked()).toBe(1);
  });

  it('does not remember a failure', async () => {
    suite.server.on(CREDENTIAL, problem(409, 'connection-not-active'), suite.token('at-1'));
    const alice = suite.alice();

    await expect(alice.getAccessToken(CONNECTION)).rejects.toThrow('connection-not-active');

    expect(await alice.getAccessToken(CONNECTION)).toBe('at-1');
  });
});

describe('a refused credential', () => {
  it('is forgotten, and its version quoted', async () => {
    suite.server.on(CREDENTIAL, suite.token('at-1', 4), suite.token('at-2', 5));
    suite.server.on(REFUSED, refusal('renewed'));
    const alice = suite.alice();

    const token = await alice.getAccessToken(CONNECTION);

    expect(await alice.reportRefused(CONNECTION, token)).toBe('renewed');
    expect(suite.server.to(REFUSED)[0]?.body).toBe('{"credential_version":4}');
    expect(await alice.getAccessToken(CONNECTION)).toBe('at-2');
  });

  it('that has been replaced is not reported', async () => {
    suite.server.on(CREDENTIAL, suite.token('at-2', 5));

    expect(await suite.alice().reportRefused(CONNECTION, 'at-1')).toBe('superseded');

    expect(suite.server.to(REFUSED)).toEqual([]);
  });

  it('that is no longer remembered is reported when the broker still gives it out', async () => {
    suite.server.on(CREDENTIAL, suite.token('at-1', 4));
    suite.server.on(REFUSED, refusal('tested'));

    expect(await suite.alice().reportRefused(CONNECTION, 'at-1')).toBe('tested');
  });

  it('is not kept when it was asked for before the refusal', async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const old = suite.token('at-1', 4);
    suite.server.on(CREDENTIAL, old, { ...old, gate }, suite.token('at-2', 5));
    suite.server.on(REFUSED, refusal('renewed'));
    const alice = suite.alice();
    const credential = await alice.getCredential(CONNECTION);
    suite.now += 120 * SECOND;
    const slow = alice.getAccessToken(CONNECTION);

    await alice.reportRefused(credential);
    open();

    expect(await slow, 'it had asked before').toBe('at-1');
    expect(await alice.getAccessToken(CONNECTION)).toBe('at-2');
  });
});
