import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { connection, fakeApi, FakeProblem, quiet } from '@/testing/fakeApi';
import { show } from '@/testing/render';
import { useCatalog } from '@/stores/catalogStore';
import { connectionStore } from '@/stores/connectionStore';
import { AddFlow } from './AddFlow';

const providers = [
  { key: 'openai', name: 'OpenAI', category: 'ai', source: 'bundled', methods: ['api_key'] },
  { key: 'stripe', name: 'Stripe', category: 'finance', source: 'bundled', methods: ['api_key', 'oauth2'] },
  { key: 'slack', name: 'Slack', category: 'communication', source: 'bundled', methods: ['oauth2'] },
  { key: 'mcp-generic', name: 'Any MCP server', category: 'other', source: 'bundled', methods: ['mcp'] },
];
const openai = {
  key: 'openai', name: 'OpenAI', category: 'ai', docs_url: 'https://platform.openai.test',
  methods: { api_key: { fields: [{ name: 'api_key', label: 'API key', hint: 'Platform settings > API keys', secret: true, required: true }] } },
};
const found = {
  server_info: { name: 'everything', version: '2.0', protocol_version: '2025-11-25' }, capabilities: {},
  tools: [{ name: 'echo', description: 'Echoes', parameters: [] }, { name: 'add', description: 'Adds', parameters: [] }],
};
const routes = {
  ...quiet(),
  'GET /api/providers': () => ({ success: true, data: providers }),
  'GET /api/providers/openai': () => ({ success: true, data: openai }),
  'GET /api/oauth/providers': () => ({ success: true, data: [{ key: 'stripe', name: 'Stripe', configured: true }, { key: 'slack', name: 'Slack', configured: false }] }),
};
const tested = (outcome: string, message: string) => () => ({ success: true, test_result: { success: outcome === 'passed', outcome, message, tested_at: '' } });

describe('adding a connection', () => {
  beforeEach(() => {
    connectionStore.setState(connectionStore.getInitialState(), true);
    useCatalog.setState(useCatalog.getInitialState(), true);
  });

  async function toOpenAi() {
    const onAdded = vi.fn();
    show(<AddFlow onAdded={onAdded} />);
    await userEvent.click(screen.getByRole('button', { name: /API key/ }));
    await userEvent.type(screen.getByRole('searchbox'), 'open');
    await userEvent.click(await screen.findByRole('button', { name: /OpenAI/ }));
    return { onAdded, secret: await screen.findByLabelText(/^API key/) };
  }

  it('leads from the method by the provider to the fields that the catalogue names', async () => {
    fakeApi(routes);

    const { secret } = await toOpenAi();

    expect(screen.getByRole('textbox', { name: 'Name' })).toHaveValue('OpenAI API key');
    expect(screen.getByText('Platform settings > API keys')).toBeInTheDocument();
    expect(secret).toHaveAttribute('type', 'password');
  });

  it('shows and hides what was typed', async () => {
    fakeApi(routes);
    const { secret } = await toOpenAi();

    await userEvent.click(screen.getByRole('button', { name: 'Show API key' }));

    expect(secret).toHaveAttribute('type', 'text');
  });

  it('asks for what is missing before anything is sent', async () => {
    const seen = fakeApi(routes);
    await toOpenAi();

    await userEvent.click(screen.getByRole('button', { name: 'Save connection' }));

    expect(await screen.findByText('Fill this in')).toBeInTheDocument();
    expect(seen.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('tests before it saves, and shows the real reason of a failure', async () => {
    const seen = fakeApi({ ...routes, 'POST /api/connections/test': tested('failed', 'OpenAI answered 401: the key is wrong.') });
    const { secret } = await toOpenAi();
    await userEvent.type(secret, 'sk-wrong');

    await userEvent.click(screen.getByRole('button', { name: 'Test connection' }));

    expect(await screen.findByRole('alert')).toHaveTextContent('OpenAI answered 401: the key is wrong.');
    expect(seen.find(({ method }) => method === 'POST')?.body).toMatchObject({ connection_method: 'api_key', provider: 'openai', data: { api_key: 'sk-wrong' } });
    expect(connectionStore.getState().error).toBeNull();
  });

  it('tests a custom connection that has no name yet', async () => {
    const seen = fakeApi({ ...routes, 'POST /api/connections/test': tested('untestable', 'Nothing says how to test it.') });
    show(<AddFlow method="custom" onAdded={vi.fn()} />);
    await userEvent.type(await screen.findByLabelText('Header'), 'X-Key');
    await userEvent.type(screen.getByLabelText('Value'), 'secret');

    await userEvent.click(screen.getByRole('button', { name: 'Test connection' }));

    expect(await screen.findByText('This cannot be tested from here')).toBeInTheDocument();
    expect(seen.find(({ method }) => method === 'POST')?.body).toEqual({ connection_method: 'custom', provider: 'custom', data: { headers: { 'X-Key': 'secret' } } });
  });

  it('saves what was typed and hands the connection on', async () => {
    const made = connection();
    fakeApi({ ...routes, 'POST /api/connections': () => ({ success: true, data: made }) });
    const { secret, onAdded } = await toOpenAi();
    await userEvent.type(secret, 'sk-right');

    await userEvent.click(screen.getByRole('button', { name: 'Save connection' }));

    await waitFor(() => expect(onAdded).toHaveBeenCalledWith(made));
  });

  it('puts the server’s words beside the field they are about', async () => {
    fakeApi({ ...routes, 'POST /api/connections': () => { throw new FakeProblem(400, 'validation-failed', 'Some values are wrong.', [{ field: 'data.api_key', message: 'must not contain spaces' }]); } });
    const { secret } = await toOpenAi();
    await userEvent.type(secret, 'a b');

    await userEvent.click(screen.getByRole('button', { name: 'Save connection' }));

    expect(await screen.findByText('must not contain spaces')).toBeInTheDocument();
  });

  it('lists the tools of an MCP server before it is saved', async () => {
    const seen = fakeApi({ ...routes, 'POST /api/connections/mcp/discover': () => ({ success: true, data: found }) });
    show(<AddFlow method="mcp" provider="mcp-generic" onAdded={vi.fn()} />);
    await userEvent.type(await screen.findByLabelText(/Server URL/), 'https://mcp.test/mcp');

    await userEvent.click(screen.getByRole('button', { name: 'Find tools' }));

    expect(await screen.findByText('everything 2.0 offers 2 tools')).toBeInTheDocument();
    expect(screen.getByText('echo')).toBeInTheDocument();
    expect(seen.find(({ method }) => method === 'POST')?.body).toEqual({ server_url: 'https://mcp.test/mcp', auth_type: 'none' });
  });

  it('signs in to an MCP server that wants OAuth instead of saving a credential', async () => {
    const popup = { location: { replace: vi.fn() }, focus: vi.fn(), close: vi.fn(), closed: false };
    vi.spyOn(window, 'open').mockReturnValue(popup as unknown as Window);
    const seen = fakeApi({
      ...routes,
      'GET /api/oauth/mcp/authorize': () => ({
        success: true, data: { auth_url: 'https://as.test/authorize', provider: 'mcp', flow_id: 'f', expires_at: new Date().toISOString() },
      }),
    });
    show(<AddFlow method="mcp" provider="mcp-generic" onAdded={vi.fn()} />);
    await userEvent.click(await screen.findByRole('combobox', { name: /Authentication/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'OAuth (sign in)' }));

    await userEvent.click(screen.getByRole('button', { name: 'Sign in to the server' }));
    expect(window.open).not.toHaveBeenCalled();

    await userEvent.type(screen.getByLabelText(/Server URL/), 'https://mcp.test/mcp');
    await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Files');
    await userEvent.click(screen.getByRole('button', { name: 'Sign in to the server' }));

    await waitFor(() => expect(popup.location.replace).toHaveBeenCalledWith('https://as.test/authorize'));
    const asked = seen.find(({ url }) => url.pathname === '/api/oauth/mcp/authorize');
    expect(Object.fromEntries(asked!.url.searchParams)).toEqual({ server_url: 'https://mcp.test/mcp', provider: 'mcp-generic', name: 'Files' });
    expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument();
  });

  it('offers no sign-in at a provider that is not set up', async () => {
    fakeApi(routes);
    show(<AddFlow method="oauth2" onAdded={vi.fn()} />);

    await waitFor(() => expect(screen.getByRole('button', { name: /Stripe/ })).toBeEnabled());

    expect(screen.getByRole('button', { name: /Slack/ })).toBeDisabled();
  });

  it('goes back a step', async () => {
    fakeApi(routes);
    await toOpenAi();

    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    expect(screen.getByRole('searchbox')).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    expect(screen.getByText('How does it authenticate?')).toBeInTheDocument();
  });

  it('connects a provider to which nobody signs in without a window', async () => {
    const made = connection({ id: 'c', name: 'Machine', provider: 'machine', connection_method: 'oauth2' });
    const seen = fakeApi({
      ...routes,
      'GET /api/providers': () => ({ success: true, data: [{ key: 'machine', name: 'Machine', category: 'other', source: 'admin', methods: ['oauth2'] }] }),
      'GET /api/providers/machine': () => ({ success: true, data: { key: 'machine', name: 'Machine', category: 'other', methods: { oauth2: { grant: 'client_credentials' } } } }),
      'POST /api/oauth/machine/connect': () => ({ success: true, data: made }),
    });
    const opened = vi.spyOn(window, 'open');
    const onAdded = vi.fn();
    show(<AddFlow method="oauth2" provider="machine" onAdded={onAdded} />);

    await userEvent.click(await screen.findByText('More options'));
    await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Machine');
    await userEvent.type(screen.getByRole('textbox', { name: 'Additional scopes' }), 'read, write');
    await userEvent.click(screen.getByRole('button', { name: 'Connect Machine' }));

    await waitFor(() => expect(onAdded).toHaveBeenCalledWith(made));
    expect(seen.find(({ method }) => method === 'POST')?.body).toEqual({ name: 'Machine', scopes: ['read', 'write'] });
    expect(opened).not.toHaveBeenCalled();
    expect(connectionStore.getState().connections).toEqual([made]);
  });

  it('calls it no failure when storing takes long', async () => {
    fakeApi({
      ...routes,
      'GET /api/providers': () => ({ success: true, data: [{ key: 'machine', name: 'Machine', category: 'other', source: 'admin', methods: ['oauth2'] }] }),
      'GET /api/providers/machine': () => ({ success: true, data: { key: 'machine', name: 'Machine', category: 'other', methods: { oauth2: { grant: 'client_credentials' } } } }),
      'POST /api/oauth/machine/connect': () => { throw new FakeProblem(504, 'grant-pending', 'What was granted is kept.'); },
    });
    show(<AddFlow method="oauth2" provider="machine" onAdded={vi.fn()} />);

    await userEvent.click(await screen.findByRole('button', { name: 'Connect Machine' }));

    expect(await screen.findByRole('status')).toHaveTextContent('The connection is not stored yetWhat was granted is kept.');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says in the dialog that a sign-in is kept, and offers no other', async () => {
    const popup = { location: { replace: vi.fn() }, focus: vi.fn(), close: vi.fn(), closed: false };
    vi.spyOn(window, 'open').mockReturnValue(popup as unknown as Window);
    fakeApi({
      ...routes,
      'GET /api/providers/stripe': () => ({ success: true, data: { key: 'stripe', name: 'Stripe', category: 'finance', methods: { oauth2: {} } } }),
      'GET /api/oauth/stripe/authorize': () => ({ success: true, data: { auth_url: 'https://as.test/authorize', provider: 'stripe', flow_id: 'f', expires_at: '' } }),
    });
    show(<AddFlow method="oauth2" provider="stripe" onAdded={vi.fn()} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Continue to Stripe' }));
    await waitFor(() => expect(popup.location.replace).toHaveBeenCalled());

    act(() => void window.dispatchEvent(new MessageEvent('message', {
      data: { type: 'oauth_error', code: 'grant-pending', message: 'Kept.' }, origin: location.origin, source: popup as unknown as Window,
    })));

    expect(await screen.findByText('Your sign-in is kept')).toBeInTheDocument();
    expect(screen.queryByText('No access was given')).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Start again' })).not.toBeInTheDocument();
  });
});
