import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { connection, fakeApi, FakeProblem, quiet } from '@/testing/fakeApi';
import { show } from '@/testing/render';
import { useCatalog } from '@/stores/catalogStore';
import { connectionStore } from '@/stores/connectionStore';
import { useDialogs } from '@/stores/dialogs';
import { EditDialog } from './EditDialog';
import { ReconnectDialog } from './ReconnectDialog';

const signedIn = connection({ id: 'm', name: 'Protected', provider: 'mcp-generic', connection_method: 'mcp', mcp_server_url: 'https://mcp.test', metadata: { config: { auth_type: 'oauth2' } } });
const open = { ...signedIn, metadata: { config: { auth_type: 'none' } } };
const machine = connection({ id: 'c', name: 'Machine', provider: 'machine', connection_method: 'oauth2', status: 'expired' });
const routes = {
  ...quiet(),
  'GET /api/providers/machine': () => ({ success: true, data: { key: 'machine', name: 'Machine', category: 'other', methods: { oauth2: { grant: 'client_credentials' } } } }),
};

describe('editing', () => {
  beforeEach(() => {
    connectionStore.setState(connectionStore.getInitialState(), true);
    useCatalog.setState(useCatalog.getInitialState(), true);
    useDialogs.setState({ dialog: null });
  });

  it('offers an MCP connection that was signed in to another sign-in, and no credentials to type', async () => {
    fakeApi(routes);
    show(<EditDialog connection={signedIn} onClose={vi.fn()} />);
    expect(screen.queryByRole('switch')).not.toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'Sign in again' }));

    expect(useDialogs.getState().dialog).toEqual({ kind: 'reconnect', connection: signedIn });
  });

  it('lets an MCP connection that held no grant be signed in to', async () => {
    const seen = fakeApi(routes);
    show(<EditDialog connection={open} onClose={vi.fn()} />);
    await userEvent.click(screen.getByRole('switch', { name: /Replace the credentials/ }));
    await userEvent.click(screen.getByRole('combobox', { name: 'Authentication' }));
    await userEvent.click(await screen.findByRole('option', { name: /OAuth/ }));

    await userEvent.click(screen.getByRole('button', { name: 'Sign in to the server' }));

    expect(useDialogs.getState().dialog).toEqual({ kind: 'reconnect', connection: open, asMcp: true });
    expect(seen.some(({ method }) => method === 'PUT')).toBe(false);
  });
});

describe('an address that hides a key', () => {
  it('has to be typed again', async () => {
    fakeApi(routes);
    const url = 'https://mcp.test/mcp?api_key=***';
    show(<EditDialog connection={{ ...open, mcp_server_url: url, metadata: { config: { auth_type: 'none', server_url: url } } }} onClose={vi.fn()} />);

    await userEvent.click(screen.getByRole('switch', { name: /Replace the credentials/ }));

    expect(screen.getByLabelText(/URL/)).toHaveValue('');
  });

  it('is not left out where it may be: the key would go to the usual place', async () => {
    const seen = fakeApi({
      ...routes,
      'GET /api/providers/openai': () => ({ success: true, data: { key: 'openai', name: 'OpenAI', category: 'ai', methods: { api_key: {} } } }),
      'PUT /api/connections/k': () => { throw new FakeProblem(400, 'validation-failed', 'x', [{ field: 'data.base_url', message: 'give the whole address' }]); },
    });
    const keyed = connection({ id: 'k', metadata: { config: { base_url: 'https://eu.test/***' } } });
    show(<EditDialog connection={keyed} onClose={vi.fn()} />);
    await userEvent.click(screen.getByRole('switch', { name: /Replace the credentials/ }));
    await userEvent.type(await screen.findByLabelText(/^API key/), 'sk-new');

    await userEvent.click(screen.getByRole('button', { name: 'Save' }));

    expect(await screen.findByText('give the whole address')).toBeInTheDocument();
    expect(seen.find(({ method }) => method === 'PUT')?.body).toMatchObject({ data: { api_key: 'sk-new', base_url: 'https://eu.test/***' } });
  });
});

describe('reconnecting', () => {
  it('signs in to the MCP server of a connection that held another credential', async () => {
    const seen = fakeApi(routes);
    vi.spyOn(window, 'open').mockReturnValue({ close: vi.fn(), location: { replace: vi.fn() } } as unknown as Window);
    show(<ReconnectDialog connection={open} asMcp onClose={vi.fn()} />);

    await userEvent.click(await screen.findByRole('button', { name: /^Continue to/ }));

    await waitFor(() => expect(seen.at(-1)?.url.pathname).toBe('/api/oauth/mcp/authorize'));
    expect(seen.at(-1)?.url.searchParams.get('connection_id')).toBe('m');
  });

  it('asks for a new token where nobody signs in, and says why there is none', async () => {
    let refuses = true;
    fakeApi({
      ...routes,
      'POST /api/oauth/machine/refresh/c': () => { if (refuses) { throw new FakeProblem(502, 'x', 'The provider refused the client.'); } return { success: true, data: {} }; },
      'GET /api/connections/c': () => ({ success: true, data: { ...machine, status: 'active' } }),
    });
    const opened = vi.spyOn(window, 'open');
    const onClose = vi.fn();
    show(<ReconnectDialog connection={machine} onClose={onClose} />);

    await userEvent.click(await screen.findByRole('button', { name: 'Reconnect' }));
    expect(await screen.findByText('The provider refused the client.')).toBeInTheDocument();
    refuses = false;
    await userEvent.click(screen.getByRole('button', { name: 'Reconnect' }));

    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(opened).not.toHaveBeenCalled();
    expect(connectionStore.getState().known.get('c')?.status).toBe('active');
  });
});
