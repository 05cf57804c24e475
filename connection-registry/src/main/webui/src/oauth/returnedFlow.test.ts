import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { usePlace } from '@/router';
import { connectionStore } from '@/stores/connectionStore';
import { useNotices } from '@/stores/notices';
import { connection, fakeApi, FakeProblem, quiet, type Seen } from '@/testing/fakeApi';
import { useReturnedFlow } from './returnedFlow';

const made = connection({ id: 'made', name: 'Slack', provider: 'slack', connection_method: 'oauth2' });
const flow = (status: string, part: object = {}) => ({ flow_id: 'f', provider: 'slack', status, expires_at: '', ...part });
const succeeded = flow('succeeded', { connection_id: 'made' });
const settle = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
const told = () => useNotices.getState().notices.map(({ title }) => title);
const asked = (seen: Seen[]) => seen.filter(({ url }) => url.pathname === '/api/oauth/flows/f').length;

/** The page that the browser comes back to, where the flow stands as `state` says at each time. */
async function cameBack(state: () => object, path = '/connections', again = false) {
  history.replaceState(null, '', `${path}?oauth_flow=f`);
  const seen = fakeApi({ ...quiet(), 'GET /api/oauth/flows/f': () => ({ success: true, data: state() }), 'GET /api/connections/made': () => ({ success: true, data: made }) });
  renderHook(() => useReturnedFlow(usePlace(), again));
  await settle(10);
  return seen;
}

describe('a sign-in that comes back in this tab', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    connectionStore.setState(connectionStore.getInitialState(), true);
    useNotices.setState({ notices: [] });
  });
  afterEach(() => vi.useRealTimers());

  it('is told of at once when it is done, and leaves the address', async () => {
    await cameBack(() => succeeded);

    expect(told()).toEqual(['Slack was added']);
    expect(connectionStore.getState().connections).toEqual([made]);
    expect(location.pathname + location.search).toBe('/connections');
  });

  it('is told of as a renewal on the page of a connection', async () => {
    await cameBack(() => succeeded, '/connections/made', true);

    expect(told()).toEqual(['Slack is connected again']);
    expect(location.pathname + location.search).toBe('/connections/made');
  });

  it('is said to be kept while it is pending, until the connection is there', async () => {
    let state: object = flow('pending');
    await cameBack(() => state);
    expect(useNotices.getState().notices).toMatchObject([{ tone: 'neutral', title: 'Your sign-in is kept', lasting: true }]);

    state = succeeded;
    await settle(2_100);

    expect(told()).toEqual(['Slack was added']);
    expect(connectionStore.getState().connections).toEqual([made]);
  });

  it('is asked for ever less often, each minute in the end', async () => {
    const seen = await cameBack(() => flow('pending'));

    await settle(62_000);
    expect(asked(seen)).toBe(6);
    await settle(600_000);
    expect(asked(seen)).toBe(16);
    expect(told()).toEqual(['Your sign-in is kept']);
  });

  it('is asked for again where the broker does not answer for a while', async () => {
    let state: () => object = () => flow('pending');
    await cameBack(() => state());
    state = () => { throw new FakeProblem(503, 'unavailable', 'Away.'); };
    await settle(2_100);
    state = () => flow('failed', { message: 'The registry refused it.' });
    await settle(4_100);

    expect(useNotices.getState().notices).toMatchObject([{ tone: 'bad', text: 'The registry refused it.' }]);
  });

  it.each(['expired', 'gone'])('is no longer spoken of when the flow is %s', async (end) => {
    let state = () => flow('pending');
    await cameBack(() => state());
    state = () => {
      if (end === 'gone') {
        throw new FakeProblem(404, 'flow-not-found', 'No such flow.');
      }
      return flow(end);
    };
    await settle(2_100);

    expect(told()).toEqual([]);
  });
});
