import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { connection, fakeApi, FakeProblem, page, quiet } from '@/testing/fakeApi';
import { show } from '@/testing/render';
import { useCatalog } from '@/stores/catalogStore';
import { connectionStore } from '@/stores/connectionStore';
import { useDialogs } from '@/stores/dialogs';
import { ConnectionCard } from './ConnectionCard';
import { ConnectionsPage } from './ConnectionsPage';

const slack = connection({ id: '2', name: 'Team Slack', provider: 'slack', connection_method: 'oauth2', status: 'expired', status_reason: 'The grant ended.' });
const mcp = connection({ id: '3', name: 'Files', provider: 'filesystem', connection_method: 'mcp', mcp_tool_count: 13, mcp_server_url: 'https://mcp.test' });

describe('the connections page', () => {
  beforeEach(() => {
    connectionStore.setState(connectionStore.getInitialState(), true);
    useCatalog.setState(useCatalog.getInitialState(), true);
    useDialogs.setState({ dialog: null });
    history.replaceState(null, '', '/connections');
  });

  it('groups by provider when nothing is filtered', async () => {
    fakeApi(quiet([connection(), slack, mcp]));
    show(<ConnectionsPage />);

    const group = await screen.findByRole('region', { name: /OpenAI/ });

    expect(within(group).getByRole('link', { name: 'My OpenAI' })).toHaveAttribute('href', expect.stringMatching(/^\/connections\//));
    expect(screen.getByRole('region', { name: /Slack/ })).toBeInTheDocument();
  });

  it('is flat when filtered, asks the server, and keeps the filter in the address', async () => {
    const seen = fakeApi({ ...quiet(), 'GET /api/connections': (request) => page(request.url.includes('connection_method=mcp') ? [mcp] : [connection(), mcp]) });
    show(<ConnectionsPage />);
    await screen.findByText('My OpenAI');

    await userEvent.click(screen.getByRole('radio', { name: 'MCP' }));

    await waitFor(() => expect(screen.queryByText('My OpenAI')).not.toBeInTheDocument());
    expect(screen.queryByRole('region', { name: /Filesystem/ })).not.toBeInTheDocument();
    expect(screen.getByText('13 tools')).toBeInTheDocument();
    expect(location.search).toBe('?method=mcp');
    expect(seen.some(({ url }) => url.searchParams.get('connection_method') === 'mcp')).toBe(true);
  });

  it('narrows what is loaded at once while the server still looks', async () => {
    let answers = true;
    fakeApi({ ...quiet(), 'GET /api/connections': () => (answers ? page([connection(), slack]) : new Promise(() => undefined)) });
    show(<ConnectionsPage />);
    await screen.findByText('My OpenAI');
    answers = false;

    await userEvent.type(screen.getByRole('searchbox'), 'team');

    expect(screen.queryByText('My OpenAI')).not.toBeInTheDocument();
    expect(screen.getByText('Team Slack')).toBeInTheDocument();
  });

  it('invites to add the first one', async () => {
    fakeApi(quiet());
    show(<ConnectionsPage />);

    await screen.findByText('No connections yet');
    await userEvent.click(screen.getByRole('button', { name: 'API key' }));

    expect(useDialogs.getState().dialog).toEqual({ kind: 'add', method: 'api_key' });
  });

  it('shows an error that can be dismissed, and tries again', async () => {
    let fails = true;
    fakeApi({ ...quiet(), 'GET /api/connections': () => { if (fails) { throw new FakeProblem(503, 'x', 'The database is away.'); } return page([connection()]); } });
    show(<ConnectionsPage />);
    expect(await screen.findByRole('alert')).toHaveTextContent('The database is away.');

    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(await screen.findByText('My OpenAI')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says what is wrong with a connection, and reconnects with one click', async () => {
    fakeApi(quiet([slack]));
    show(<ConnectionsPage />);
    expect(await screen.findByText('The grant ended.')).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'Reconnect' }));

    expect(useDialogs.getState().dialog).toMatchObject({ kind: 'reconnect', connection: { id: '2' } });
  });

  it('opens the dialog that an address asks for', async () => {
    history.replaceState(null, '', '/connections/new?method=oauth2&provider=slack');
    fakeApi(quiet());
    show(<ConnectionsPage />);

    await waitFor(() => expect(useDialogs.getState().dialog).toEqual({ kind: 'add', method: 'oauth2', provider: 'slack' }));
    expect(location.pathname).toBe('/connections');
  });
});

describe('a card in picker mode', () => {
  it('is chosen and offers no other action', async () => {
    fakeApi(quiet());
    const onSelect = vi.fn();
    show(<ConnectionCard connection={mcp} onSelect={onSelect} />);

    await userEvent.click(screen.getByRole('button', { name: 'Select Files' }));

    expect(onSelect).toHaveBeenCalledWith(mcp);
    expect(screen.getAllByRole('button')).toHaveLength(1);
  });
});
